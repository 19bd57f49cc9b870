// 现场 on a wide window: the items at the left, what is suspected and the records behind it in the middle, the verdict at the
// right. The records lie on the device, so that they are there without a network; what there was no room for is told.
"use strict";

const WIDE = window.matchMedia("(min-width: 1100px)");
const ROOM = 48 * 1024 * 1024;
const EARLIER = 0;

// ---- the records on the device --------------------------------------------------------------------------------------

const signature = (visit) => JSON.stringify([visit.packedAt, visit.later]);
const evidence = { byVisit: new Map(), pictures: new Map(), bytes: 0, shut: 0, busy: false };

async function readEvidence() {
  for (const kept of await app.store.all("evidence")) evidence.byVisit.set(kept.visit, kept);
  evidence.bytes = 0;
  for (const one of await app.store.all("pictures")) {
    evidence.pictures.set(one.id, one.blob);
    evidence.bytes += one.blob.size;
  }
}

// What belongs to no unit of the pack any more leaves the device; what is new or changed is fetched, unit by unit.
async function gatherEvidence() {
  if (evidence.busy || !app.pack || !app.online) return;
  evidence.busy = true;
  try {
    const known = new Set(app.pack.visits.map((visit) => visit.id));
    for (const id of [...evidence.byVisit.keys()]) if (!known.has(id)) await dropEvidence(id);
    for (const visit of app.pack.visits) {
      if (visit.endedAt || evidence.byVisit.get(visit.id)?.of === signature(visit)) continue;
      const told = await send(`/site/evidence/${visit.id}/`);
      const kept = { ...told, of: signature(visit) };
      await app.store.set("evidence", kept);
      evidence.byVisit.set(visit.id, kept);
      await fetchPictures(kept);
      if (shownVisit()?.id === visit.id) render();
    }
  } catch (failed) {
    if (failed.message === "login") showLogin();
  } finally {
    evidence.busy = false;
  }
}

const picturesOf = (kept) => Object.values(kept.items).flat().flatMap((record) => record.pictures);

async function fetchPictures(kept) {
  evidence.shut = 0;
  for (const { id } of picturesOf(kept)) {
    if (evidence.pictures.has(id)) continue;
    if (evidence.bytes >= ROOM) { evidence.shut += 1; continue; }
    const answer = await fetch(`/evidence/${id}/large/`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) continue;
    const blob = await answer.blob();
    await app.store.set("pictures", { id, blob });
    evidence.pictures.set(id, blob);
    evidence.bytes += blob.size;
  }
}

async function dropEvidence(id) {
  const gone = evidence.byVisit.get(id);
  evidence.byVisit.delete(id);
  await app.store.drop("evidence", id);
  const still = new Set([...evidence.byVisit.values()].flatMap(picturesOf).map((one) => one.id));
  for (const one of picturesOf(gone)) {
    if (still.has(one.id) || !evidence.pictures.has(one.id)) continue;
    evidence.bytes -= evidence.pictures.get(one.id).size;
    evidence.pictures.delete(one.id);
    await app.store.drop("pictures", one.id);
  }
}

function aboutEvidence(state) {
  const kept = evidence.byVisit.get(state.id);
  if (!kept) return "记录还没有带到本机，有网络时打开一次本页。";
  const left = kept.left.records ? `，另有 ${kept.left.records} 条记录没有带上` : "";
  const shut = kept.left.pictures + picturesOf(kept).filter((one) => !evidence.pictures.has(one.id)).length;
  const at = new Date(kept.at).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
  const none = left || shut ? `${left}${shut ? `，另有 ${shut} 张图片没有带上` : ""}，看台账` : "";
  return `抽中的和有疑点的记录已带到本机（${at}）${none}。`;
}

// ---- the records of an item -----------------------------------------------------------------------------------------

function pictureOf({ id, name }) {
  const blob = evidence.pictures.get(id);
  if (!blob) return el("a", { href: `/evidence/${id}/large/`, target: "_blank", rel: "noopener" }, `图片：${name}（没有带到本机）`);
  const source = URL.createObjectURL(blob);
  const image = el("img", { src: source, alt: name, on: { load: () => URL.revokeObjectURL(source) } });
  return el("a", { href: `/evidence/${id}/large/`, target: "_blank", rel: "noopener" }, image);
}

function recordOf(record) {
  return el("article", { class: "record" },
    el("h4", {}, el("a", { href: record.url, target: "_blank", rel: "noopener" }, `${record.kind}　${record.title}`), record.drawn ? el("span", { class: "tag" }, "抽中") : null, record.withdrawn ? el("span", { class: "tag s-warn" }, "已撤回") : null),
    el("dl", { class: "told" }, ...record.told.flatMap(([label, text]) => [el("dt", {}, label), el("dd", {}, text)])),
    record.pictures.length ? el("div", { class: "shots" }, ...record.pictures.map(pictureOf)) : null,
    ...record.papers.map((one) => el("p", { class: "asked" }, el("a", { href: `/evidence/${one.id}/`, target: "_blank", rel: "noopener" }, `附件：${one.name}`))));
}

function recordsOf(state, no) {
  return (evidence.byVisit.get(state.id)?.items[String(no)] || []).map(recordOf);
}

// On a narrow window the records of an item are folded below what is suspected; their pictures are made when it is opened.
function foldedRecords(state, no) {
  const n = (evidence.byVisit.get(state.id)?.items[String(no)] || []).length;
  if (!n) return null;
  const folded = el("details", { class: "asked", on: { toggle: () => { if (folded.open && folded.children.length === 1) folded.append(...recordsOf(state, no)); } } }, el("summary", {}, `看记录（${n}）`));
  return folded;
}

// ---- the bench ------------------------------------------------------------------------------------------------------

function pick(state, item, known) {
  const { last, conflict } = answerTo(state, item.no);
  const told = conflict ? "登记不一致" : last ? `✓ ${words(VERDICTS, last.verdict)}` : outcomeWord(known);
  return el("button", { type: "button", class: `pick ${last && !conflict ? "t-done" : `t-${known.outcome}`}`, "data-no": item.no, "aria-current": app.current === item.no ? "true" : undefined, on: { click: () => turnTo(item.no) } },
    el("span", {}, `${item.no}. ${item.title}`), el("span", { class: "sub" }, told));
}

function turnTo(no) {
  app.current = no;
  render();
  document.querySelector(".bench-middle")?.scrollTo(0, 0);
}

function group(title, picks) {
  return picks.length ? [el("h2", {}, `${title}（${picks.length}）`), ...picks] : [];
}

function itemsColumn(state, { bad, warned, drawn, rest, known }) {
  const open = rest.filter((item) => !answerTo(state, item.no).last);
  const picks = (items) => items.map((item) => pick(state, item, known(item)));
  const before = state.earlier.length ? [el("button", { type: "button", class: "pick", "data-no": EARLIER, "aria-current": app.current === EARLIER ? "true" : undefined, on: { click: () => turnTo(EARLIER) } }, el("span", {}, `上轮问题（${state.earlier.length}）`), el("span", { class: "sub" }, `已看 ${state.looked.length}`))] : [];
  return el("nav", { class: "bench-items", "aria-label": "检查项目" }, ...before, ...group("疑点和缺失", picks(bad)), ...group("齐全，但有提醒", picks(warned)), ...group("随机抽查", picks(drawn)),
    el("details", { id: "rest", open: rest.some((item) => item.no === app.current) }, el("summary", {}, `其余 ${rest.length} 项：系统核验通过`), ...picks(rest)),
    open.length ? button(`其余 ${open.length} 项一并认可（系统核验通过，未抽查）`, () => acceptRest(state, open), { class: "primary", id: "accept" }) : null);
}

function middleColumn(state, { known, sampled }, item) {
  if (!item) return el("section", { class: "bench-middle", "aria-label": "上轮问题", tabindex: "0" }, el("h2", {}, `上轮问题（${state.earlier.length}）`), ...state.earlier.map((one) => earlierCard(state, one)));
  const records = recordsOf(state, item.no);
  return el("section", { class: "bench-middle", "aria-label": "疑点和记录", tabindex: "0" }, itemFacts(state, item, known(item), sampled.get(item.no)),
    el("h3", {}, records.length ? `记录（${records.length}）` : "记录"), ...records, records.length ? null : el("p", { class: "muted" }, evidence.byVisit.has(state.id) ? "这一项没有抽中或有疑点的记录。" : aboutEvidence(state)));
}

function verdictColumn(state, item) {
  const { held, last, conflict } = item ? answerTo(state, item.no) : {};
  const panel = item ? el("div", { class: "item panel", "data-no": item.no }, el("h2", {}, `第${item.no}项检查情况`), conflict ? conflictNote(held) : null, verdictBar(state, item, held, conflict ? null : last), moreBar(state, item, last), last?.note ? el("p", { class: "asked" }, `备注：${last.note}`) : null) : null;
  return el("aside", { class: "bench-verdict", "aria-label": "检查情况" }, panel, findingList(state), highlightList(state), el("h2", {}, "到场人员"), attendees(state), endBar(state), mergedBox());
}

function benchOf(state, parts) {
  const listed = [...parts.bad, ...parts.warned, ...parts.drawn, ...parts.rest];
  if (!listed.some((item) => item.no === app.current) && (app.current !== EARLIER || !state.earlier.length)) app.current = state.earlier.length ? EARLIER : listed[0]?.no ?? EARLIER;
  const item = listed.find((one) => one.no === app.current);
  return [unitBar(state), aboutPack(state), el("p", { class: "asked" }, aboutEvidence(state)), el("div", { class: "bench" }, itemsColumn(state, parts), middleColumn(state, parts, item), verdictColumn(state, item))];
}

WIDE.addEventListener("change", () => render());
