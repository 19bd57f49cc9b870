// The heat map as one stop of the keyboard: arrows move, Enter opens; a white cell opens its item too.
"use strict";

const grid = document.querySelector("table[data-grid]");

function cells(row) {
  return [...row.querySelectorAll("td")].slice(0, -1);
}

function address(cell) {
  const link = cell.querySelector("a");
  if (link) return link.href;
  const at = cells(cell.parentElement).indexOf(cell);
  const item = grid.querySelectorAll("thead th.up a")[at];
  return `${cell.parentElement.querySelector("th a").href}items/${item.pathname.split("/")[2]}/`;
}

function told(cell) {
  const at = cells(cell.parentElement).indexOf(cell);
  const item = grid.querySelectorAll("thead th.up a")[at];
  const word = cell.querySelector("a")?.title.split(" ").slice(1).join(" ") || (cell.className === "t-na" ? "不适用" : "齐全");
  return `${cell.parentElement.querySelector("th").innerText} ${item.innerText.trim()} ${word}`;
}

function enter(cell) {
  for (const old of grid.querySelectorAll("td[tabindex]")) for (const name of ["tabindex", "role", "aria-label"]) old.removeAttribute(name);
  cell.tabIndex = 0;
  cell.setAttribute("role", "link");
  cell.setAttribute("aria-label", told(cell));
}

if (grid) {
  const rows = [...grid.querySelectorAll("tbody tr:not(.quiet)")];
  for (const link of grid.querySelectorAll("tbody td a, tfoot a")) if (!link.closest(".quiet")) link.tabIndex = -1;
  // The common problems lead where the heads of the columns lead: one stop of the keyboard for each item is enough.
  for (const link of document.querySelectorAll("main table:not([data-grid]) a[href^='/items/']")) link.tabIndex = -1;
  if (rows.length) enter(cells(rows[0])[0]);
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[tabindex]");
    if (!cell) return;
    if (event.key === "Enter") { window.location.assign(address(cell)); return; }
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    const row = rows.indexOf(cell.parentElement);
    const next = rows[row + move[0]] && cells(rows[row + move[0]])[cells(cell.parentElement).indexOf(cell) + move[1]];
    if (next) { enter(next); next.focus(); }
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody tr:not(.quiet) td:not(.num)");
    if (cell && !event.target.closest("a")) window.location.assign(address(cell));
  });
}
