// What is given with the form of a new record. Files dropped anywhere on their frame go into its input; photos are made
// smaller before they are sent. The check before saving is told the sort and the name of what is chosen: nothing is sent for it.
// What is said of a doubt stays with the form while the doubt is not shown, as where the form cannot be read for a while.
"use strict";

function put(input, files) {
  const kept = new DataTransfer();
  for (const file of files) kept.items.add(file);
  input.files = kept.files;
}

// What was chosen meanwhile stays, and is made smaller in its own turn.
async function shrink(input) {
  const chosen = input.files;
  const smaller = [];
  for (const file of chosen) smaller.push(await window.shrunk(file));
  if (input.files === chosen) put(input, smaller);
}

for (const frame of document.querySelectorAll("[data-given]")) {
  const input = frame.querySelector("input[multiple]");
  for (const name of ["dragenter", "dragover"]) {
    frame.addEventListener(name, (event) => { event.preventDefault(); frame.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) frame.addEventListener(name, () => frame.classList.remove("over"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    put(input, [...input.files, ...event.dataTransfer.files]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  frame.addEventListener("change", (event) => {
    if (event.target.type === "file") shrink(event.target);
  });
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "tried") return;
  const inputs = document.querySelectorAll("[data-given] input[type=file]");
  const files = Array.from(inputs, (input) => [...input.files]).flat();
  event.detail.formData.delete("file");
  for (const file of files) event.detail.formData.append("chosen", `${file.type} ${file.name}`);
});

function explanations() {
  return document.querySelectorAll("#tried [name^=say-]");
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "tried" || !event.detail.shouldSwap) return;
  const said = Array.from(explanations(), ({ name, value }) => ({ name, value })).filter(({ value }) => value.trim());
  event.target.addEventListener("htmx:afterSwap", () => {
    const shown = new Set(Array.from(explanations(), ({ name }) => name));
    for (const one of said) {
      if (!shown.has(one.name)) event.target.append(Object.assign(document.createElement("input"), { type: "hidden", ...one }));
    }
  }, { once: true });
});
