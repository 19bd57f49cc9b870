// A grid of units as one stop of the keyboard: arrows move, Enter opens; a white cell opens too: its item, or the records of its months.
"use strict";

const grid = document.querySelector("table[data-grid]");
const windows = grid?.dataset.windows?.trim().split(" ");

function cells(row) {
  return [...row.querySelectorAll("td")].slice(0, -1);
}

function address(cell) {
  const link = cell.querySelector("a");
  if (link) return link.href;
  const at = cells(cell.parentElement).indexOf(cell);
  const own = cell.parentElement.querySelector("th a").pathname;
  const lacks = cell.innerText.trim().startsWith("缺") ? "?new=1" : "";
  if (grid.dataset.windows) return grid.dataset.rule && `${own}at/${grid.dataset.rule}/${windows[at]}/${lacks}`;
  const item = grid.querySelectorAll("thead th.up a")[at];
  return `${own}items/${item.pathname.split("/")[2]}/`;
}

function go(cell) {
  const to = address(cell);
  if (to) window.location.assign(to);
}

function told(cell) {
  const at = cells(cell.parentElement).indexOf(cell);
  if (grid.dataset.windows) return `${cell.parentElement.querySelector("th").innerText} ${cell.querySelector("a")?.title || `${windows[at]} ${{ "": "开了", "·": "没有到期或不应开" }[cell.innerText.trim()] ?? cell.innerText.trim()}`}`;
  if (cell.colSpan > 1) return `${cell.parentElement.querySelector("th").innerText} ${cell.innerText.trim()}`;
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
  const first = rows.length && cells(rows[0]).find((cell) => cell.offsetParent);
  if (first) enter(first);
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[tabindex]");
    if (!cell) return;
    if (event.key === "Enter") { go(cell); return; }
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    const row = rows.indexOf(cell.parentElement);
    const beside = rows[row + move[0]] ? cells(rows[row + move[0]]) : [];
    const next = beside[Math.min(cells(cell.parentElement).indexOf(cell) + move[1], move[0] ? beside.length - 1 : Infinity)];
    if (next?.offsetParent) { enter(next); next.focus(); }
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody tr:not(.quiet) td:not(.num)");
    if (cell && cell.nextElementSibling && !event.target.closest("a")) go(cell);
  });
}
