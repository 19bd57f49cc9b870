// Rows below a record: add and remove without sending the form, paste cells from Excel, Enter goes one row down.
"use strict";

function rowsOf(part) {
  return [...part.querySelectorAll("[data-one]")];
}

function cellsOf(row) {
  return [...row.querySelectorAll("[data-cell]")];
}

function renumber(node, number) {
  for (const attribute of ["name", "id", "value", "aria-label"]) {
    const said = node.getAttribute(attribute);
    if (said === null || (attribute === "value" && !node.matches("[data-less]"))) continue;
    node.setAttribute(attribute, said.replace(/-\d+(?=-|$)/, `-${number}`).replace(/第\d+行/, `第${number + 1}行`));
  }
}

function add(part) {
  const rows = rowsOf(part);
  const last = rows.at(-1);
  const number = 1 + Math.max(...rows.map((row) => Number(cellsOf(row)[0].name.match(/-(\d+)-/)[1])));
  const made = last.cloneNode(true);
  for (const node of made.querySelectorAll("[data-cell], [data-less]")) renumber(node, number);
  blank(made);
  last.after(made);
  return made;
}

function blank(row) {
  for (const folded of row.querySelectorAll("details")) folded.open = false;
  for (const cell of cellsOf(row)) {
    cell.value = "";
    cell.removeAttribute("aria-invalid");
  }
  for (const told of row.querySelectorAll(".s-error")) told.remove();
}

function changed(part) {
  part.dispatchEvent(new Event("change", { bubbles: true }));
}

function put(cell, text) {
  if (cell.tagName === "SELECT") {
    const fits = [...cell.options].find((option) => option.text === text.trim());
    cell.value = fits ? fits.value : "";
    return fits || !text.trim();
  }
  cell.value = cell.type === "date" ? text.trim().replace(/^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/, (_, y, m, d) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`) : text.trim();
  return Boolean(cell.value) || !text.trim();
}

const called = (cell) => cell.closest("[data-label]")?.dataset.label;

// Which cells of a row a pasted line goes into, by their names: those that its head calls; else from here on those that are
// seen; where it has more columns than these, those of the row as papers have them, folded ones with them.
function meant(row, from, table) {
  const cells = cellsOf(row);
  const heads = table[0].map((text) => cells.find((cell) => called(cell) && called(cell) === text.trim()));
  if (table.length > 1 && heads.filter(Boolean).length > 1) {
    table.shift();
    return heads.map((cell) => cell?.dataset.cell);
  }
  const seen = cells.filter((cell) => !cell.closest("details"));
  const onward = (some) => some.slice(some.indexOf(from));
  const width = Math.max(...table.map((line) => line.length));
  const whole = [...cells].sort((one, other) => (one.dataset.at ?? 0) - (other.dataset.at ?? 0));
  const fits = seen.includes(from) && width <= onward(seen).length;
  return onward(fits ? seen : whole).map((cell) => cell.dataset.cell);
}

// What no input took is said, and stands in the box for text.
function fill(part, from, table) {
  const start = rowsOf(part).indexOf(from.closest("[data-one]"));
  const names = meant(rowsOf(part)[start], from, table);
  const lost = [];
  table.forEach((line, at) => {
    const row = rowsOf(part)[start + at] || (part.querySelector("[data-more]") ? add(part) : null);
    if (!row) { lost.push(line.join("\t")); return; }
    line.forEach((text, beside) => {
      const cell = names[beside] && cellsOf(row).find((one) => one.dataset.cell === names[beside]);
      if (cell ? !put(cell, text) : text.trim()) lost.push(text);
      if (cell && text.trim() && cell.closest("details")) cell.closest("details").open = true;
    });
  });
  tell(part, lost);
  changed(part);
}

function tell(part, lost) {
  part.querySelector("[data-lost]")?.remove();
  if (!lost.length) return;
  const note = document.createElement("p");
  note.className = "s-warn";
  note.setAttribute("role", "status");
  note.dataset.lost = "";
  note.textContent = `有${lost.length}格没有填进去，请自己填写：${lost.slice(0, 5).join("、")}`;
  part.prepend(note);
}

document.addEventListener("paste", (event) => {
  const part = event.target.matches("[data-cell]") && event.target.closest("[data-rows]");
  if (!part) return;
  const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
  if (!/[\t\n]/.test(text) || (event.target.tagName === "TEXTAREA" && !text.includes("\t"))) return;
  event.preventDefault();
  fill(part, event.target, text.split(/\r?\n/).map((line) => line.split("\t")));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[data-cell]")) return;
  event.preventDefault();
  const part = event.target.closest("[data-rows]");
  const rows = rowsOf(part);
  const at = rows.indexOf(event.target.closest("[data-one]"));
  const column = cellsOf(rows[at]).indexOf(event.target);
  const next = rows[at + (event.shiftKey ? -1 : 1)] || (!event.shiftKey && part.querySelector("[data-more]") ? add(part) : null);
  if (next) cellsOf(next)[column].focus();
});

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  const less = event.target.closest("[data-less]");
  const part = (more || less)?.closest("[data-rows]");
  if (!part) return;
  event.preventDefault();
  if (more) {
    cellsOf(add(part))[0].focus();
    return;
  }
  const row = less.closest("[data-one]");
  const rows = rowsOf(part);
  const beside = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
  if (beside) row.remove();
  else blank(row);
  cellsOf(beside || row)[0].focus();
  changed(part);
});

document.addEventListener("click", (event) => {
  const offered = event.target.closest("[data-put]");
  if (!offered) return;
  const cell = document.getElementById(offered.dataset.put);
  cell.value = offered.dataset.text;
  offered.closest("p").remove();
  cell.focus();
  changed(cell.closest("[data-rows]"));
});

// A draft that is put back may have more rows than the page.
document.addEventListener("draft:names", (event) => {
  for (const part of document.querySelectorAll("[data-rows]")) {
    if (!part.querySelector("[data-more]")) continue;
    const wanted = event.detail.filter((name) => name.startsWith(`${part.dataset.rows}-`) && /-\d+-/.test(name));
    const numbers = wanted.map((name) => Number(name.match(/-(\d+)-/)[1]));
    for (let known = rowsOf(part).length; known <= Math.max(-1, ...numbers) && known < 300; known += 1) add(part);
  }
});
