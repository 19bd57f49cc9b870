// Units are moved between areas by dragging or, without a mouse, by the list beside each.
"use strict";

let held = null;

function rename(unit) {
  const area = unit.closest(".area");
  const number = /^area-(\w+)-/.exec(area.querySelector("[data-gone]").name)[1];
  unit.querySelector("input[type=hidden]").name = `area-${number}-unit`;
  unit.closest("form").dataset.changed = "1";
}

// The list beside a unit works by script alone, so the script makes it: forty times the same words weigh nothing on the way.
for (const unit of document.querySelectorAll("[data-units] li")) {
  const list = document.getElementById("moves").content.firstElementChild.cloneNode(true);
  list.setAttribute("aria-label", `把${unit.querySelector("span").textContent}移到`);
  unit.append(list);
}

document.addEventListener("dragstart", (event) => {
  held = event.target.closest("[data-units] li");
  if (held) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  if (held && event.target.closest(".area")) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const area = held && event.target.closest(".area");
  if (!area) return;
  event.preventDefault();
  const before = event.target.closest("[data-units] li");
  const list = area.querySelector("[data-units]");
  if (before && before !== held) before.before(held);
  else if (!before) list.append(held);
  rename(held);
  held = null;
});

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-move]");
  if (!choice || !choice.value) return;
  const unit = choice.closest("li");
  if (choice.value === "up") unit.previousElementSibling?.before(unit);
  else if (choice.value === "down") unit.nextElementSibling?.after(unit);
  else if (choice.value === "out") { unit.closest("form").dataset.changed = "1"; unit.remove(); return; }
  else document.querySelectorAll("[data-units]")[Number(choice.value)].append(unit);
  choice.value = "";
  rename(unit);
  choice.focus();
});
