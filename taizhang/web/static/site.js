// 现场: one page for one inspector. Everything he does is an entry in the outbox first, then on the screen, then on the
// server; the screen is always what the server knew last with the entries that it does not have yet on top.
"use strict";

const VERDICTS = [["complete", "齐全", "1"], ["mostly", "基本齐全", "2"], ["missing", "缺失", "3"], ["not_applicable", "不适用", "0"]];
const LOOKS = [["mended", "已整改"], ["partly", "部分整改"], ["not_mended", "未整改"]];
const SEVERITIES = [["minor", "一般"], ["serious", "较严重"], ["grave", "严重"]];
const MANNERS = [["by_deadline", "限期整改"], ["at_once", "立行立改"], ["long_term", "长期坚持"]];
const EVERY = 15000;
const BATCH = 200;
const SETTLED = new Set(["stored", "known", "older", "conflict", "refused"]);
const main = document.getElementById("content");
const badge = document.getElementById("badge");
const me = Number(document.body.dataset.user);
const app = { store: null, pack: null, outbox: [], photos: 0, online: true, failed: 0, current: 0, onlyMine: false, busy: false, again: false };

const words = (pairs, code) => (pairs.find((pair) => pair[0] === code) || ["", code])[1];
const cookie = (name) => (document.cookie.split("; ").find((part) => part.startsWith(`${name}=`)) || "").slice(name.length + 1);

// ---- building the page --------------------------------------------------------------------------------------------

function el(tag, about = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name === "on") for (const [type, act] of Object.entries(value)) node.addEventListener(type, act);
    else if (name === "class") node.className = value;
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const button = (label, act, about = {}) => el("button", { type: "button", on: { click: act }, ...about }, label);

// ---- what is known: the pack with the outbox on top -----------------------------------------------------------------

function stateOf(visit) {
  const state = structuredClone(visit);
  for (const { entry } of app.outbox) if (entry.visit === visit.id) apply(state, entry);
  return state;
}

function apply(state, entry) {
  if (entry.kind === "start") { state.startedAt ||= entry.made_at; state.standing = "reading"; state.standingText = "查阅中"; }
  if (entry.kind === "end") { state.endedAt = entry.made_at; state.standing = "to_consult"; state.standingText = "待会商"; }
  if (entry.kind === "present") for (const one of state.attendees) if (one.id === entry.attendee) { one.present = entry.present; one.substitute = entry.substitute || ""; one.excuse = entry.excuse || ""; }
  if (entry.kind === "answer") {
    state.answers = state.answers.filter((one) => one.no !== entry.item || !(one.mine || entry.seen.includes(one.key)));
    state.answers.push({ key: entry.key, no: entry.item, verdict: entry.verdict, how: entry.how, note: entry.note, by: document.body.dataset.name, mine: true, madeAt: entry.made_at, onTheSpot: entry.on_the_spot });
    state.startedAt ||= entry.made_at;
  }
  if (entry.kind === "accept_rest") {
    const answered = new Set(state.answers.map((one) => one.no));
    for (const no of entry.items) if (!answered.has(no)) state.answers.push({ key: `${entry.key}:${no}`, no, verdict: state.items[String(no)]?.outcome === "not_applicable" ? "not_applicable" : "complete", how: "system", note: "", by: document.body.dataset.name, mine: true, madeAt: entry.made_at, onTheSpot: false });
  }
  if (entry.kind === "finding") state.findings.push({ key: entry.key, no: entry.item ?? null, facts: entry.facts, severity: entry.severity, manner: entry.manner, rule: entry.rule || "", by: document.body.dataset.name, mine: true, standing: "draft", repeatOf: entry.repeat_of ?? null });
  if (entry.kind === "drop_finding") state.findings = state.findings.filter((one) => one.key !== entry.finding);
  if (entry.kind === "highlight") state.highlights.push({ key: entry.key, no: entry.item ?? null, text: entry.text });
  if (entry.kind === "drop_highlight") state.highlights = state.highlights.filter((one) => one.key !== entry.highlight);
  if (entry.kind === "look_back") {
    state.looked = state.looked.filter((one) => one.earlier !== entry.earlier);
    state.looked.push({ earlier: entry.earlier, verdict: entry.verdict, note: entry.note });
  }
}

// Two answers that hold and differ are a conflict that somebody settles by choosing again.
function answerTo(state, no) {
  const held = state.answers.filter((one) => one.no === no);
  const last = held.at(-1);
  return { held, last, conflict: new Set(held.map((one) => one.verdict)).size > 1 };
}

async function enter(visit, kind, more = {}) {
  const entry = { kind, key: window.crypto.randomUUID ? window.crypto.randomUUID() : uuid(), visit, made_at: new Date().toISOString(), ...more };
  await app.store.add("outbox", [{ user: me, entry }]);
  await readOutbox();
  render();
  upload();
}

function uuid() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

async function readOutbox() {
  app.outbox = await app.store.all("outbox");
  app.photos = (await app.store.all("photos")).length;
  showBadge();
}

function showBadge(text = "") {
  const left = app.outbox.length + app.photos;
  const line = app.online ? "" : "没有网络 · ";
  const kept = app.failed ? `${app.failed} 条没有存下，仍在本机 · ` : "";
  badge.textContent = text || (left ? `${line}${kept}未上传 ${left}` : `${line || ""}已全部上传`);
  badge.className = `tag ${left || !app.online ? "s-warn" : "o-ok"}`;
}

// ---- the server ----------------------------------------------------------------------------------------------------

async function send(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" }, ...options });
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  if (answer.redirected || !isJson) {
    if (answer.redirected && answer.url.includes("/login/")) throw new Error("login");
    throw new Error(answer.status < 500 ? "refused" : "server");
  }
  return answer.json();
}

async function upload() {
  app.again = app.busy; // what was added meanwhile goes in another turn
  if (app.busy) return;
  app.busy = true;
  let changed = false;
  const sent = app.outbox.length + app.photos > 0;
  try {
    await uploadEntries();
    await uploadPhotos();
    const fresh = await send("/site/pack/");
    changed = sent || !app.pack || told(fresh) !== told(app.pack);
    app.pack = fresh;
    await app.store.put("pack", fresh);
    app.online = true;
    gatherEvidence();
  } catch (failed) {
    if (failed.message === "login") showLogin();
    else app.online = failed.message === "refused" || failed.message === "server" ? app.online : false;
  } finally {
    app.busy = false;
  }
  await readOutbox();
  if (changed) render();
  if (app.again && app.online) upload();
}

const told = (pack) => JSON.stringify({ ...pack, at: "" });

async function uploadEntries() {
  for (;;) {
    const batch = (await app.store.all("outbox")).slice(0, BATCH);
    if (!batch.length) return;
    const body = JSON.stringify({ entries: batch.map((one) => one.entry) });
    const { results } = await send("/site/sync/", { method: "POST", body });
    // What the server could not store stays here, and is told; only what it acknowledged by its key leaves the device.
    const answered = new Map(results.map((one) => [one.key, one]));
    const settled = batch.filter(({ entry }) => SETTLED.has(answered.get(entry.key)?.state));
    app.failed = answered.size && settled.length < batch.length ? batch.length - settled.length : 0;
    const said = settled.flatMap(({ entry }) => {
      const { state, message } = answered.get(entry.key);
      return message ? [{ at: Date.now(), state, message, entry }] : [];
    });
    await app.store.settle("outbox", settled.map((one) => one.seq), said);
    if (!settled.length) return;
  }
}

async function uploadPhotos() {
  for (const photo of await app.store.all("photos")) {
    const body = new FormData();
    for (const name of ["key", "visit", "item", "made_at"]) body.append(name, photo[name] ?? "");
    body.append("file", photo.blob, "photo.jpg");
    try {
      await send("/site/photos/", { method: "POST", body });
      await app.store.settle("photos", [photo.seq], []);
    } catch (failed) {
      if (failed.message !== "refused") throw failed;
      await app.store.settle("photos", [photo.seq], [{ at: Date.now(), state: "refused", message: "这张照片没有收下（格式不对或已会商确认）。", entry: { visit: photo.visit, kind: "photo" } }]);
    }
  }
}

function showLogin() {
  badge.replaceChildren(el("a", { href: "/login/?next=/site/" }, `请重新登录（未上传 ${app.outbox.length + app.photos}）`));
}

// ---- the list of today ----------------------------------------------------------------------------------------------

function renderList() {
  const sessions = new Map();
  for (const visit of app.pack.visits) {
    const name = `${visit.date || "日期未定"}　${visit.areaName}　${visit.venue}`;
    sessions.set(name, [...(sessions.get(name) || []), visit]);
  }
  const parts = [el("h1", {}, "我的场次")];
  if (!sessions.size) parts.push(el("p", { class: "note" }, "现在没有由您检查的单位。轮次开始督查之后，您所在组的场次会出现在这里。"));
  for (const [name, visits] of sessions) {
    const slip = slipOf(visits);
    parts.push(el("h2", {}, name, slip ? el("span", { class: "s-warn" }, `　本场已晚 ${slip} 分钟`) : null));
    parts.push(el("ul", { class: "units" }, ...visits.map((visit) => {
      const state = stateOf(visit);
      const done = new Set(state.answers.map((one) => one.no)).size;
      const total = app.pack.rounds[visit.round].items.length;
      return el("li", {}, el("a", { href: `#/v/${visit.id}` }, el("span", { class: "muted" }, visit.planned || "—"),
        el("span", {}, el("b", {}, visit.unit), el("span", { class: "sub" }, `　${done}/${total} 项　问题 ${state.findings.length}`)), el("span", { class: "tag" }, state.standingText)));
    })));
  }
  main.replaceChildren(...parts, mergedBox());
}

// How far behind the plan a session is: by the unit that is being read, or the next that has not begun.
function slipOf(visits) {
  const today = new Date().toLocaleDateString("sv-SE");
  const next = visits.map(stateOf).find((state) => !state.endedAt);
  if (!next || !next.planned || next.date !== today) return 0;
  const [hours, minutes] = next.planned.split(":").map(Number);
  const planned = new Date();
  planned.setHours(hours, minutes, 0, 0);
  const began = next.startedAt ? new Date(next.startedAt) : new Date();
  const late = Math.round((began - planned) / 60000);
  return late > 0 && late < 600 ? late : 0;
}

function mergedBox() {
  const box = el("div");
  app.store.all("merged").then((said) => {
    if (!said.length) return;
    const names = new Map(app.pack.visits.map((visit) => [visit.id, visit.unit]));
    const list = said.map((one) => el("li", {}, `${names.get(one.entry.visit) || ""}${one.entry.item ? ` 第${one.entry.item}项` : ""}：${one.message}`));
    box.append(el("h2", {}, "合并报告"), el("ul", { class: "reasons" }, ...list), button("知道了", async () => { await app.store.forget("merged"); render(); }));
  });
  return box;
}

// ---- one unit -------------------------------------------------------------------------------------------------------

function mineOf(state) {
  const share = (app.pack.shares[state.area] || []).find((one) => one.user === me);
  return share && share.items.length ? new Set(share.items) : null;
}

function readerOf(state, no) {
  return (app.pack.shares[state.area] || []).filter((one) => one.items.includes(no)).map((one) => one.name).join("、");
}

function partsOf(state) {
  const items = app.pack.rounds[state.round].items;
  const mine = mineOf(state);
  const shown = app.onlyMine && mine ? items.filter((item) => mine.has(item.no)) : items;
  const known = (item) => state.items[String(item.no)] || { outcome: "to_judge", why: "", reasons: [], more: 0, records: 0, url: "" };
  const sampled = new Map(state.sample.map((one) => [one.no, one]));
  const rank = { missing: 0, defective: 1, to_judge: 2, unchecked: 3, not_due: 4 };
  const bad = shown.filter((item) => known(item).outcome in rank)
    .sort((a, b) => rank[known(a).outcome] - rank[known(b).outcome] || known(b).reasons.length - known(a).reasons.length || a.no - b.no);
  const warned = shown.filter((item) => !bad.includes(item) && warnings(known(item)));
  const fine = shown.filter((item) => !bad.includes(item) && !warned.includes(item));
  return { bad, warned, drawn: fine.filter((item) => sampled.has(item.no)), rest: fine.filter((item) => !sampled.has(item.no)), known, sampled };
}

// A pack of before says by its reasons how many warnings there are.
const warnings = (known) => known.warns ?? known.reasons.filter((reason) => reason.severity === "warn").length;
const OUTCOMES = { missing: "缺失", defective: "不规范", to_judge: "待人工判断", unchecked: "未核对", not_due: "未到期", not_applicable: "不适用" };
const outcomeWord = (known) => OUTCOMES[known.outcome] || (warnings(known) ? `齐全（有提醒${warnings(known)}）` : "齐全");

function renderUnit(visit) {
  const state = stateOf(visit);
  const parts = partsOf(state);
  document.body.classList.toggle("wide", WIDE.matches);
  show(WIDE.matches ? benchOf(state, parts) : oneColumn(state, parts));
}

function oneColumn(state, { bad, warned, drawn, rest, known, sampled }) {
  const open = rest.filter((item) => !answerTo(state, item.no).last);
  const nodes = [unitBar(state), attendees(state), aboutPack(state), el("p", { class: "asked" }, aboutEvidence(state))];
  if (state.earlier.length) nodes.push(el("h2", {}, `上轮问题（${state.earlier.length}）`), ...state.earlier.map((one) => earlierCard(state, one)));
  nodes.push(el("h2", {}, `疑点和缺失（${bad.length}）`), ...bad.map((item) => itemCard(state, item, known(item))));
  if (!bad.length) nodes.push(el("p", { class: "muted" }, warned.length ? "系统没有发现错误，提醒见下。" : "系统没有发现疑点。"));
  if (warned.length) nodes.push(el("h2", {}, `齐全，但有提醒（${warned.length}）`), ...warned.map((item) => itemCard(state, item, known(item))));
  if (drawn.length) nodes.push(el("h2", {}, "随机抽查"), el("p", { class: "muted" }, state.sampling?.method ? `${state.sampling.method}种子：${state.sampling.seed}` : ""), ...drawn.map((item) => itemCard(state, item, known(item), sampled.get(item.no))));
  nodes.push(el("h2", {}, `其余 ${rest.length} 项：系统核验通过`));
  if (open.length) nodes.push(button(`其余 ${open.length} 项一并认可（系统核验通过，未抽查）`, () => acceptRest(state, open), { class: "primary", id: "accept" }));
  nodes.push(el("details", { id: "rest" }, el("summary", {}, "逐项查看"), ...rest.map((item) => itemCard(state, item, known(item)))));
  nodes.push(findingList(state), highlightList(state), endBar(state), mergedBox());
  return nodes;
}

// The page is built anew; what was open, and how far one had read, stays.
function show(nodes) {
  const wasOpen = main.querySelector("#rest")?.open;
  const kept = window.scrollY;
  const within = [...main.querySelectorAll(".bench > *")].map((column) => column.scrollTop);
  const focus = focused();
  main.replaceChildren(...nodes);
  main.querySelectorAll(".bench > *").forEach((column, at) => { column.scrollTop = within[at] || 0; });
  if (wasOpen) main.querySelector("#rest").open = true;
  window.scrollTo(0, kept);
  mark();
  tick();
  refocus(focus);
}

// The page is built anew after every entry; whoever works by keyboard stays where he was.
function focused() {
  const node = document.activeElement;
  if (!node || !main.contains(node)) return null;
  const card = node.closest("[data-no]");
  return { no: card ? card.dataset.no : "", label: node.textContent };
}

function refocus(was) {
  if (!was) return;
  const within = was.no ? main.querySelector(`[data-no="${was.no}"]`) : main;
  const same = [...(within || main).querySelectorAll("button, a, summary")].find((node) => node.textContent === was.label);
  (same || within?.querySelector("button"))?.focus({ preventScroll: true });
}

function unitBar(state) {
  const done = new Set(state.answers.map((one) => one.no)).size;
  const total = app.pack.rounds[state.round].items.length;
  const clock = el("span", { class: "clock", "data-from": state.startedAt || "", "data-until": state.endedAt || "", "aria-label": "剩余时间" }, "15:00");
  return el("div", { class: "unit-bar" }, el("h1", {}, state.unit, el("span", { class: "sub" }, `　${done}/${total}`)),
    mineOf(state) ? el("label", {}, el("input", { type: "checkbox", checked: app.onlyMine, on: { change: (event) => { app.onlyMine = event.target.checked; render(); } } }), " 只看我的分工") : null,
    state.startedAt ? clock : button("开始查阅", () => enter(state.id, "start"), { class: "primary" }));
}

function aboutPack(state) {
  const at = state.packedAt ? new Date(state.packedAt).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" }) : "";
  const book = state.book ? el("a", { href: state.book, target: "_blank", rel: "noopener" }, "台账册 PDF") : null;
  return el("p", { class: "asked" }, at ? `系统核对截至 ${at}。` : "", book, book ? "　" : null, el("span", { class: "keys" }, "键盘：J、K 上下，1 齐全、2 基本齐全、3 缺失、0 不适用，N 备注，F 写问题，P 拍照，L 亮点，! 其余认可"));
}

function attendees(state) {
  if (!state.attendees.length) return el("p", { class: "muted" }, "没有登记应到人员。");
  return el("p", { class: "more" }, ...state.attendees.flatMap((one) => [
    button(`${one.present ? "✓ " : ""}${one.post} ${one.name}${one.substitute ? `（${one.substitute}代会）` : ""}${one.excuse ? `（${one.excuse}）` : ""}`, () => enter(state.id, "present", { attendee: one.id, present: !one.present }), { "aria-pressed": String(one.present) }),
    one.present ? null : button("代会、缺席", () => writeAbsence(state, one), { "aria-label": `${one.post} ${one.name}的代会人或缺席原因` }),
  ]));
}

function earlierCard(state, one) {
  const seen = state.looked.find((look) => look.earlier === one.id);
  const repeat = async (verdict) => {
    await enter(state.id, "look_back", { earlier: one.id, verdict, note: "" });
    if (verdict === "not_mended" && !state.findings.some((finding) => finding.repeatOf === one.id)) {
      const item = app.pack.rounds[state.round].items.find((each) => each.title === one.item);
      await enter(state.id, "finding", { item: item ? item.no : null, facts: `上轮反馈问题未整改到位：${one.facts}`, severity: "serious", manner: "by_deadline", source: "site", rule: one.rule, window: one.window || "", repeat_of: one.id, basis: "" });
    }
  };
  return el("div", { class: `item ${seen ? "t-done" : "t-missing"}` }, el("h3", {}, one.facts), el("p", { class: "asked" }, `${one.number}　上轮状态：${one.standing}${one.result ? `　整改结果：${one.result}` : ""}`),
    el("div", { class: "verdicts three", role: "group", "aria-label": "上轮问题整改情况" }, ...LOOKS.map(([code, label]) => button(label, () => repeat(code), { "aria-pressed": String(seen?.verdict === code) }))));
}

function itemCard(state, item, known, drawn = null) {
  const { held, last, conflict } = answerTo(state, item.no);
  const card = itemFacts(state, item, known, drawn);
  card.append(...[foldedRecords(state, item.no), conflict ? conflictNote(held) : null].filter(Boolean));
  card.append(verdictBar(state, item, held, conflict ? null : last), moreBar(state, item, last));
  return card;
}

function conflictNote(held) {
  return el("p", { class: "note bad" }, `登记不一致：${held.map((one) => `${one.by}“${words(VERDICTS, one.verdict)}”`).join("，")}。请商定后再选一次。`);
}

// What is asked and what the system says of it, without the verdict.
function itemFacts(state, item, known, drawn) {
  const { last, conflict } = answerTo(state, item.no);
  const reader = readerOf(state, item.no);
  const tone = last && !conflict ? "t-done" : `t-${known.outcome}`;
  const card = el("div", { class: `item ${tone}`, "data-no": item.no, tabindex: "-1" },
    el("h3", {}, `${item.no}. ${item.title}`),
    item.requirement ? el("p", { class: "asked" }, `台账要求：${item.requirement}`) : null,
    el("p", { class: "asked" }, el("span", { class: `tag o-${warnings(known) && known.outcome === "ok" ? "warned" : known.outcome}` }, outcomeWord(known)), ` ${known.why || ""}`, known.records ? `　记录 ${known.records} 条` : "", reader ? `　负责：${reader}` : "",
      known.url ? "　" : "", known.url ? el("a", { href: known.url, target: "_blank", rel: "noopener" }, "看台账") : null));
  if (drawn) card.append(el("p", { class: "asked" }, "抽中：", el("a", { href: drawn.url, target: "_blank", rel: "noopener" }, `${drawn.kind} ${drawn.what || `第${drawn.record}号`}`), `（本项督查期内${drawn.of}条中随机）`));
  const later = state.later[String(item.no)] || [];
  if (later.length) card.append(el("p", { class: "asked s-warn" }, "核对之后有改动：", ...later.flatMap((one, n) => [n ? "，" : "", el("a", { href: one.url, target: "_blank", rel: "noopener" }, one.text)])));
  if (known.reasons.length) card.append(reasonList(state, item, known));
  if (item.ask?.length) card.append(el("details", { class: "asked" }, el("summary", {}, `还要看、要问（${item.ask.length}）`), ...item.ask.map((one) => el("p", {}, one))));
  return card;
}

const MARKS = { error: "● ", unsure: "？" };

function reasonList(state, item, known) {
  const lines = known.reasons.map((reason) => {
    const taken = state.findings.some((one) => one.no === item.no && [reason.text, forLetter(reason)].includes(one.facts));
    const members = reason.members?.length ? el("details", {}, el("summary", {}, `逐处查看（${reason.n}）`), ...reason.members.map((text) => el("p", {}, text)), reason.n > reason.members.length ? el("p", { class: "muted" }, `另有 ${reason.n - reason.members.length} 处，见台账`) : null) : null;
    return el("li", {}, el("span", { class: "grow" }, el("span", { class: `s-${reason.severity}` }, MARKS[reason.severity] || "○ "), reason.text, el("span", { class: "sub" }, `　${reason.hint ? reason.basis : `依据：${reason.basis}`}`), ...(reason.explained || []).map((text) => el("span", { class: "explained" }, `支部说明：${text}`)), members),
      reason.url ? el("a", { href: reason.url, target: "_blank", rel: "noopener" }, "记录") : null,
      reason.severity === "unsure" ? null : taken ? el("span", { class: "muted" }, "已记") : button("记为问题", () => takeOver(state, item, reason)));
  });
  if (known.more) lines.push(el("li", {}, el("span", { class: "grow muted" }, `另有 ${known.more} 条较轻的，见台账`)));
  return el("ul", {}, ...lines);
}

// What goes into a letter; a pack of before has only the sentence of the screen.
const forLetter = (reason) => reason.official || reason.text;

function takeOver(state, item, reason) {
  const severity = reason.severity === "error" ? "serious" : "minor";
  const taken = { item: item.no, facts: forLetter(reason), severity, manner: reason.manner || "by_deadline", source: "machine", rule: reason.rule, window: reason.window };
  if (!reason.hint) return enter(state.id, "finding", taken);
  return confirmHint(item, reason, (basis) => enter(state.id, "finding", { ...taken, basis, confirmed: true }));
}

function verdictBar(state, item, held, last) {
  return el("div", { class: "verdicts", role: "group", "aria-label": `第${item.no}项检查情况` }, ...VERDICTS.map(([code, label, key]) =>
    button(label, () => answer(state, item.no, code), { "aria-pressed": String(last?.verdict === code), "aria-keyshortcuts": key })));
}

function answer(state, no, verdict, more = {}) {
  const { held, last } = answerTo(state, no);
  return enter(state.id, "answer", { item: no, verdict, how: "seen", note: last?.note || "", on_the_spot: last?.onTheSpot || false, seen: held.map((one) => one.key).filter((key) => !key.includes(":")), ...more });
}

function moreBar(state, item, last) {
  const picker = el("input", { type: "file", accept: "image/*", capture: "environment", "aria-label": `第${item.no}项拍照`, on: { change: (event) => takePhotos(state.id, item.no, event.target.files) } });
  return el("div", { class: "more" },
    button(last?.note ? `备注：${last.note.slice(0, 12)}` : "备注", () => writeNote(state, item)), button("写问题", () => writeFinding(state, item)),
    el("label", { class: "button" }, "拍照", picker), button("亮点", () => writeHighlight(state, item)),
    button(last?.onTheSpot ? "✓ 现场询问" : "现场询问", () => answer(state, item.no, last?.verdict || "complete", { on_the_spot: !last?.onTheSpot }), { "aria-pressed": String(Boolean(last?.onTheSpot)) }));
}

const acceptRest = (state, open) => enter(state.id, "accept_rest", { items: open.map((item) => item.no) });

async function takePhotos(visit, item, files) {
  const at = new Date().toISOString();
  const shots = [];
  for (const file of files) shots.push({ user: me, key: uuid(), visit, item, made_at: at, blob: await window.shrunk(file) });
  await app.store.add("photos", shots);
  await readOutbox();
  upload();
}

// ---- going ----------------------------------------------------------------------------------------------------------

function shownVisit() {
  const found = /^#\/v\/(\d+)$/.exec(window.location.hash);
  return found && app.pack ? app.pack.visits.find((visit) => visit.id === Number(found[1])) : null;
}

function render() {
  if (!app.pack || document.querySelector("dialog[open]")) return;
  const visit = shownVisit();
  if (visit) renderUnit(visit);
  else { document.body.classList.remove("wide"); renderList(); }
}

async function start() {
  app.store = await window.SiteStore.open();
  const owner = await app.store.get("user");
  await readOutbox();
  if (owner !== undefined && owner !== me) {
    if (app.outbox.length + app.photos) {
      main.replaceChildren(el("p", { class: "note bad" }, `这台设备上还有另一位督查员未上传的 ${app.outbox.length + app.photos} 条记录。请先由他登录并上传，再换人使用，以免丢失。`));
      showBadge("请换人登录");
      return;
    }
    for (const name of ["meta", "merged", "evidence", "pictures"]) await app.store.forget(name);
  }
  await app.store.put("user", me);
  app.pack = (await app.store.get("pack")) || null;
  await readEvidence();
  render();
  await upload();
  if (!app.pack) main.replaceChildren(el("p", { class: "note bad" }, "没有网络，本机也还没有保存场次内容。请在有网络时打开一次本页。"));
  window.addEventListener("hashchange", () => { app.current = 0; window.scrollTo(0, 0); render(); });
  window.addEventListener("online", upload);
  window.addEventListener("offline", () => { app.online = false; showBadge(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) upload(); });
  window.setInterval(() => { if (!document.hidden) upload(); }, EVERY);
  window.setInterval(tick, 1000);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/site/worker.js", { scope: "/site/" });
}

start();
