// The little that pages do by themselves: tick all, show what a kind of meeting asks, warn before leaving a form.
"use strict";

import { token } from "./session.js";

const KIND_FIELD = "kind";

function onlyFor(form) {
  const select = form.elements.namedItem(KIND_FIELD);
  if (!select) return;
  for (const field of form.querySelectorAll("[data-only]")) {
    field.hidden = field.dataset.only !== select.value;
  }
}

function warnBeforeLeaving(event) {
  const form = document.querySelector("form[data-guard]");
  if (form && form.dataset.changed === "1") event.preventDefault();
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (!form) return;
  form.dataset.changed = "1";
  onlyFor(form);
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  delete event.target.dataset.changed;
  for (const button of event.target.querySelectorAll("button[type=submit]")) {
    if (!event.target.hasAttribute("hx-post")) window.setTimeout(() => { button.disabled = true; }, 0);
  }
});

document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-tick]");
  if (all) {
    for (const box of document.querySelectorAll("#roster .roster input[type=checkbox], input[data-ticked]")) {
      box.checked = all.dataset.tick === "all";
    }
  }
  const gone = event.target.closest("[data-remove]");
  if (gone) {
    const row = gone.closest("[data-row]");
    row.hidden = true;
    row.querySelector("[data-gone]").value = "1";
  }
});

// A proposal is taken by a click: into an empty field, or after what stands there.
document.addEventListener("click", (event) => {
  const offered = event.target.closest("[data-fill]");
  if (!offered) return;
  const field = document.getElementById(offered.dataset.fill);
  field.value = [field.value.trim(), offered.dataset.text].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// What is said of a choice needs the choice: the browser asks for it before the form is sent.
document.addEventListener("input", (event) => {
  const choice = document.getElementById(event.target.dataset.needs || "");
  if (choice) choice.required = event.target.value.trim() !== "";
});

// A new row from a template: its number is one that no row has yet.
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add]");
  if (!add) return;
  const blank = document.getElementById(add.dataset.add);
  const into = document.getElementById(add.dataset.into);
  const number = String(1000 + into.children.length);
  const made = blank.content.cloneNode(true);
  for (const node of made.querySelectorAll("*")) {
    for (const attribute of node.attributes) attribute.value = attribute.value.replaceAll("__n__", number);
    if (!node.children.length) node.textContent = node.textContent.replaceAll("__n__", "新");
  }
  into.append(made);
  into.lastElementChild.querySelector("input:not([type=hidden]), textarea").focus();
});

document.addEventListener("htmx:configRequest", (event) => {
  const present = token();
  if (!present) return;
  event.detail.headers["X-CSRFToken"] = present;
  if ("csrfmiddlewaretoken" in event.detail.parameters) event.detail.parameters.csrfmiddlewaretoken = present;
});

// On a phone the heads of a list are not shown: every cell says its own, and the list stays a table for who hears it read.
// A wide screen shows the heads, and waits for none of this.
const narrow = window.matchMedia("screen and (max-width: 760px)");

// The first words of a head: what follows is a hint. Asked of the text itself, for what is drawn would have to be laid out first.
function firstWords(head) {
  const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT, (text) => (text.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP));
  return walker.nextNode()?.data.trim() || "";
}

// What has nothing to say needs no name.
function says(cell) {
  return Boolean(cell.textContent.trim() || cell.querySelector("input, select, textarea, img, svg, progress"));
}

function labelIfNarrow() {
  if (narrow.matches) labelCells();
}

function labelCells() {
  for (const table of document.querySelectorAll("table.phone-list")) {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")].map(firstWords);
    table.setAttribute("role", "table");
    for (const row of table.querySelectorAll("tbody tr")) {
      row.setAttribute("role", "row");
      const cells = [...row.children];
      cells.forEach((cell, at) => {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        if (!says(cell)) delete cell.dataset.label;
        else if (at && cells.length === heads.length && heads[at]) cell.dataset.label = heads[at];
      });
    }
  }
}

window.addEventListener("beforeunload", warnBeforeLeaving);
for (const form of document.querySelectorAll("form[data-guard]")) onlyFor(form);
labelIfNarrow();
narrow.addEventListener("change", labelIfNarrow);
// A sheet of paper shows what is folded, unless it is there to be filled in, and by what a list was chosen.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  for (const input of document.querySelectorAll(".filters input:not([type=checkbox])")) input.setAttribute("value", input.value);
  unfolded = [...document.querySelectorAll("main details:not([open], .drop-down)")].filter((part) => !part.closest("form") && !part.querySelector("form"));
  for (const part of unfolded) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
});
document.addEventListener("htmx:afterSettle", labelIfNarrow);
// A hint inside a folded part of the form must be seen.
document.addEventListener("htmx:afterSettle", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    if (folded.querySelector(".wrong p")) folded.open = true;
  }
});

// On a phone the tabs are wider than the window: the one that is open is brought into sight.
document.querySelector("nav.tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
