// Ticks of a list: all of a page at once, how many are ticked, and what is asked before an act that cannot be taken back.
"use strict";

const boxes = () => [...document.querySelectorAll("td.tick input[type=checkbox]")];

function count() {
  const n = boxes().filter((box) => box.checked).length;
  const told = document.querySelector("[data-ticked-count]");
  if (told) told.textContent = n ? `勾选了 ${n} 条：` : "勾选的：";
  for (const all of document.querySelectorAll("[data-tick-all]")) all.checked = n > 0 && n === boxes().length;
}

function tickAll() {
  const all = document.createElement("input");
  all.type = "checkbox";
  all.dataset.tickAll = "1";
  all.setAttribute("aria-label", "勾选本页全部");
  return all;
}

// The box that ticks a whole page works by script alone, so the script makes it; on a phone the head is not shown, and it
// stands in the row of acts.
function begin() {
  const head = document.querySelector("th.tick");
  if (!head || head.querySelector("input")) return;
  head.append(tickAll());
  const folded = document.createElement("label");
  folded.className = "phone-only";
  folded.append(tickAll(), " 本页全选");
  document.querySelector("form[data-batch]")?.prepend(folded);
  count();
}

document.addEventListener("change", (event) => {
  const all = event.target.matches("[data-tick-all]");
  if (all) for (const box of boxes()) box.checked = event.target.checked;
  if (all || event.target.closest(".tick")) count();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-batch]")) return;
  const question = event.submitter?.dataset.sure;
  if (question && boxes().some((box) => box.checked) && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // A file comes back and the page stays: its buttons must be there for the next act.
  window.setTimeout(() => { for (const one of event.target.querySelectorAll("button")) one.disabled = false; }, 500);
}, true);

document.addEventListener("htmx:afterSettle", begin);
begin();

// A column moves among those that are chosen without sending the form: 保存 keeps it.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-column] button");
  // Enter in a tick box counts as a press of the first button: that is sent.
  if (!pressed || (event.detail === 0 && document.activeElement !== pressed)) return;
  event.preventDefault();
  const one = pressed.closest("[data-column]");
  const beside = pressed.name === "left" ? one.previousElementSibling : one.nextElementSibling;
  if (!beside?.matches("[data-column]") || !beside.querySelector("button")) return;
  if (pressed.name === "left") beside.before(one); else beside.after(one);
  pressed.focus();
  const at = [...one.parentNode.querySelectorAll("[data-column]")].indexOf(one) + 1;
  one.closest("form").querySelector("[data-moved]").textContent = `${one.textContent.replace(/[←→\s]+/g, "")}现在是第${at}列，保存后生效`;
});
