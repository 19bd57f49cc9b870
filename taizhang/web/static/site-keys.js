// 现场: the keyboard, from item to item, and the clock of a unit. What it steps through stands in site.js.
"use strict";

const cards = () => [...main.querySelectorAll(WIDE.matches ? ".pick" : ".item[data-no]")].filter((card) => card.offsetParent !== null);

function mark() {
  const all = cards();
  all.forEach((card) => card.classList.toggle("current", Number(card.dataset.no) === app.current));
}

function step(by) {
  const all = cards();
  const at = all.findIndex((card) => Number(card.dataset.no) === app.current);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  if (!next) return;
  app.current = Number(next.dataset.no);
  if (WIDE.matches) turnTo(app.current);
  else mark();
  main.querySelector(`${WIDE.matches ? ".pick" : ".item"}[data-no="${app.current}"]`)?.scrollIntoView({ block: WIDE.matches ? "nearest" : "center" });
}

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  const visit = shownVisit();
  if (!visit) return;
  const state = stateOf(visit);
  const item = app.pack.rounds[visit.round].items.find((one) => one.no === app.current);
  const verdict = VERDICTS.find((one) => one[2] === event.key);
  if (event.key === "j" || event.key === "J") step(1);
  else if (event.key === "k" || event.key === "K") step(-1);
  else if (event.key === "!") main.querySelector("#accept")?.click();
  else if (item && verdict) answer(state, item.no, verdict[0]).then(() => step(1));
  else if (item && (event.key === "n" || event.key === "N")) { event.preventDefault(); writeNote(state, item); }
  else if (item && (event.key === "f" || event.key === "F")) { event.preventDefault(); writeFinding(state, item); }
  else if (event.key === "l" || event.key === "L") { event.preventDefault(); writeHighlight(state, item || null); }
  else if (item && (event.key === "p" || event.key === "P")) main.querySelector(`.item[data-no="${item.no}"] input[type=file]`)?.click();
});

function tick() {
  const clock = main.querySelector(".clock");
  if (!clock || !clock.dataset.from) return;
  const until = clock.dataset.until ? new Date(clock.dataset.until) : new Date();
  const left = Math.round(app.pack.minutes * 60 - (until - new Date(clock.dataset.from)) / 1000);
  const shown = Math.abs(left);
  clock.textContent = `${left < 0 ? "超 " : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  clock.classList.toggle("late", left < 0);
}
