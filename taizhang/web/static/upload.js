// Files dropped on a record: sent one by one with progress, tried again when the line breaks, nothing sent twice.
"use strict";

import { freshToken, isNoPart, loginLink, token, warning } from "./session.js";

const TRIES = 3;

function send(form, file, bar, drop) {
  return new Promise((resolve, reject) => {
    const data = new FormData(form);
    data.delete("file");
    data.append("file", file, file.name);
    data.append("drop", drop);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    const present = token();
    if (present) data.set("csrfmiddlewaretoken", present);
    request.upload.addEventListener("progress", (event) => { bar.value = (100 * event.loaded) / event.total; });
    request.addEventListener("load", () => (request.status < 500 ? resolve(request) : reject(new Error(String(request.status)))));
    request.addEventListener("error", () => reject(new Error("network")));
    request.send(data);
  });
}

// The part of the page that came back for one file, and what is to be said.
async function handIn(form, file, bar, drop) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const request = await send(form, file, bar, drop);
      const answer = request.responseText;
      if (isNoPart(request)) return ["", [await refused(answer, file.name)]];
      return [answer, new DOMParser().parseFromString(answer, "text/html").querySelectorAll(".note")];
    } catch {
      if (attempt === TRIES) return ["", [warning(`“${file.name}”没有传上去（网络中断），请再拖一次；其余文件已保存。`)]];
      await new Promise((wait) => { window.setTimeout(wait, 1500 * attempt); });
    }
  }
}

async function sendAll(form, files) {
  if (!files.length) return;
  form.dataset.sending = "yes";
  const bar = form.querySelector("progress");
  bar.hidden = false;
  const drop = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join(""); // one for all files of it
  let part = "";
  const said = [];
  const smaller = form.querySelector("[data-shrink] input");
  const count = form.querySelector("[data-count]");
  for (const [at, file] of [...files].entries()) {
    if (count) count.textContent = `正在传第 ${at + 1} 份，共 ${files.length} 份；传完以前请不要离开本页。`;
    const sent = smaller && smaller.checked ? await window.shrunk(file) : file;
    const [answer, notes] = await handIn(form, sent, bar, drop);
    part = answer || part;
    said.push(...notes);
  }
  delete form.dataset.sending;
  show(document.querySelector(form.dataset.upload), part, said);
}

async function refused(page, name) {
  if (!await freshToken()) return warning(`“${name}”没有传上去：登录已经过期，请`, loginLink(), "，再传一次。");
  const said = new DOMParser().parseFromString(page, "text/html").querySelector("[role=alert]");
  return warning(`“${name}”没有传上去：${said ? said.textContent.trim() : "请刷新本页再试。"}`);
}

function show(target, answer, said) {
  if (answer) {
    const page = new DOMParser().parseFromString(answer, "text/html");
    for (const note of page.querySelectorAll(".note")) note.remove();
    target.replaceChildren(...page.body.childNodes);
  }
  for (const old of target.querySelectorAll(":scope > .note")) old.remove();
  target.prepend(...said);
  for (const bar of target.querySelectorAll("progress")) bar.hidden = true;
  for (const field of target.querySelectorAll("input[type=file]")) field.value = "";
  window.htmx.process(target);
  offerShrinking();
}

// Without this program nothing is made smaller, so nothing is said of it.
function offerShrinking() {
  for (const box of document.querySelectorAll("[data-shrink]")) box.hidden = false;
}

offerShrinking();
document.addEventListener("htmx:afterSwap", offerShrinking);

// Files are sent one by one: who leaves before the last loses the rest.
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-upload][data-sending]")) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sending) return; // the files were sent when they were chosen
  sendAll(form, Array.from(form.querySelectorAll("input[type=file]"), (field) => [...field.files]).flat());
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
