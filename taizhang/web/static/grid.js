// A grid of lines: a column pasted from Excel fills downwards, the sum of ticked lines is shown, Enter goes one line down.
"use strict";

function column(input) {
  return [...document.querySelectorAll(`[data-column="${input.dataset.column}"]`)];
}

function sumTicked() {
  const out = document.getElementById("grid-sum");
  if (!out) return;
  let fen = 0;
  let people = 0;
  for (const box of document.querySelectorAll(".grid input[type=checkbox]:checked")) {
    const amount = box.closest("tr").querySelector("[data-column=amount]");
    fen += Math.round(Number(amount.value || "0") * 100) || 0;
    people += 1;
  }
  out.textContent = `勾选 ${people} 人，合计 ${(fen / 100).toFixed(2)} 元`;
}

document.addEventListener("paste", (event) => {
  if (!event.target.matches("[data-column]")) return;
  const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
  const rows = text.split(/\r?\n/);
  if (rows.length < 2) return;
  event.preventDefault();
  const inputs = column(event.target);
  const start = inputs.indexOf(event.target);
  rows.forEach((row, at) => {
    const input = inputs[start + at];
    if (input) input.value = row.split("\t")[0].trim();
  });
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-column]")) return;
  event.preventDefault();
  const inputs = column(event.target);
  const next = inputs[inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
  if (next) { next.focus(); next.select(); }
});

document.addEventListener("click", (event) => {
  if (!event.target.matches("[data-tick-column]")) return;
  for (const box of document.querySelectorAll(".grid input[type=checkbox]")) box.checked = true;
  sumTicked();
});
document.addEventListener("change", sumTicked);
sumTicked();
