// Files dropped anywhere on their frame in a form go into its input; photos are made smaller before they are sent.
"use strict";

async function put(input, files) {
  const kept = new DataTransfer();
  for (const file of files) kept.items.add(await window.shrunk(file));
  input.files = kept.files;
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
  });
  frame.addEventListener("change", (event) => {
    if (event.target.type === "file") put(event.target, [...event.target.files]);
  });
}
