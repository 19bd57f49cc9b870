// Files dropped on a record: sent one by one with progress, tried again when the line breaks, nothing sent twice.
"use strict";

const TRIES = 3;

function send(form, file, bar) {
  return new Promise((resolve, reject) => {
    const data = new FormData(form);
    data.delete("file");
    data.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => { bar.value = (100 * event.loaded) / event.total; });
    request.addEventListener("load", () => (request.status < 500 ? resolve(request.responseText) : reject(new Error(String(request.status)))));
    request.addEventListener("error", () => reject(new Error("network")));
    request.send(data);
  });
}

async function sendAll(form, files) {
  const target = document.querySelector(form.dataset.upload);
  const bar = form.querySelector("progress");
  bar.hidden = false;
  let answer = "";
  const said = [];
  for (const file of files) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        answer = await send(form, file, bar);
        const page = new DOMParser().parseFromString(answer, "text/html");
        for (const note of page.querySelectorAll(".note")) said.push(note);
        break;
      } catch {
        if (attempt === TRIES) said.push(failed(file.name));
        else await new Promise((wait) => { window.setTimeout(wait, 1500 * attempt); });
      }
    }
  }
  show(target, answer, said);
}

function failed(name) {
  const note = document.createElement("p");
  note.className = "note bad";
  note.textContent = `“${name}”没有传上去（网络中断），请再拖一次；其余文件已保存。`;
  return note;
}

function show(target, answer, said) {
  if (answer) {
    const page = new DOMParser().parseFromString(answer, "text/html");
    for (const note of page.querySelectorAll(".note")) note.remove();
    target.replaceChildren(...page.body.childNodes);
  }
  target.prepend(...said);
  window.htmx.process(target);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  sendAll(form, form.elements.file.files);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (form && event.target.name === "file" && event.target.files.length) sendAll(form, event.target.files);
});

for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const form = event.target.closest && event.target.closest("form[data-upload]");
    if (!form) return;
    event.preventDefault();
    form.classList.toggle("over", type === "dragover");
    if (type === "drop" && event.dataTransfer.files.length) sendAll(form, event.dataTransfer.files);
  });
}
