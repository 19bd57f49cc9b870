// Ctrl+K: a few characters or their pinyin lead to a page, a ledger, a unit or a record; arrows choose, Enter goes.
"use strict";

const WAIT = 200;
const { go: address, leads: told } = document.querySelector("[data-go]")?.dataset ?? {};
let dialog = null;
let waiting = 0;
let asked = 0;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "go-dialog";
  dialog.setAttribute("aria-label", "去哪里");
  const input = document.createElement("input");
  input.type = "search";
  input.setAttribute("aria-label", told);
  input.placeholder = `${told}，可用拼音首字母`;
  const list = document.createElement("div");
  list.setAttribute("aria-live", "polite");
  dialog.append(input, list);
  document.body.append(dialog);
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, WAIT);
  });
  dialog.addEventListener("keydown", move);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

async function look() {
  const mine = asked += 1;
  const answer = await fetch(`${address}?q=${encodeURIComponent(dialog.querySelector("input").value)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.querySelector("div").replaceChildren(...page.body.childNodes);
}

function move(event) {
  const links = [...dialog.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0 && links.length) {
    event.preventDefault();
    links[0].click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  (links[at + step] || dialog.querySelector("input")).focus();
}

document.addEventListener("keydown", (event) => {
  if (!address || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (!dialog) build();
  if (dialog.open) return;
  dialog.querySelector("input").value = "";
  dialog.showModal();
  look();
});
