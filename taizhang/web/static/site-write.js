// What an inspector writes: notes, problems, highlights, and the lists of them. Used by site.js.
"use strict";

function ask(title, fields, phrases, done, isEnough = () => fields[0][1].value.trim()) {
  const inputs = fields.map(([label, node]) => el("div", { class: "field" }, el("label", { for: node.id }, label), node));
  const text = fields[0][1];
  const dialog = el("dialog", { "aria-label": title }, el("h2", {}, title),
    phrases.length ? el("div", { class: "phrases" }, ...phrases.map((phrase) => button(phrase, () => { text.value = text.value ? `${text.value}；${phrase}` : phrase; text.focus(); }))) : null,
    ...inputs, el("p", { class: "bar" }, button("保存", () => { if (isEnough()) { dialog.close(); dialog.remove(); done(); } else text.focus(); }, { class: "primary" }), button("取消", () => { dialog.close(); dialog.remove(); })));
  document.body.append(dialog);
  dialog.showModal();
  text.focus();
}

const area = (id, value = "") => { const node = el("textarea", { id, rows: "3", maxlength: "500" }); node.value = value; return node; };
const select = (id, pairs) => el("select", { id }, ...pairs.map(([code, label]) => el("option", { value: code }, label)));

function writeNote(state, item) {
  const { last } = answerTo(state, item.no);
  const text = area("note", last?.note || "");
  ask(`${item.no}. ${item.title}：备注`, [["备注", text]], app.pack.phrases, () => answer(state, item.no, last?.verdict || "mostly", { note: text.value.trim() }));
}

// What the system only hints at becomes a problem when its inspector says that it is one; the basis is his to give.
function confirmHint(item, reason, done) {
  const [sure, basis] = [el("input", { type: "checkbox", id: "sure" }), area("basis")];
  const close = () => { dialog.close(); dialog.remove(); };
  const save = () => { if (!sure.checked) return sure.focus(); close(); return done(basis.value.trim()); };
  const dialog = el("dialog", { "aria-label": "系统提示记为问题" }, el("h2", {}, `${item.no}. ${item.title}`), el("p", {}, reason.text), forLetter(reason) === reason.text ? null : el("p", {}, `写入反馈：${forLetter(reason)}`), el("p", { class: "note" }, app.pack.confirm),
    el("p", {}, el("label", { for: "sure" }, sure, " 经核实，确属问题")), el("div", { class: "field" }, el("label", { for: "basis" }, "依据（没有的不填）"), basis),
    el("p", { class: "bar" }, button("记为问题", save, { class: "primary" }), button("取消", close)));
  document.body.append(dialog);
  dialog.showModal();
  sure.focus();
}

function writeFinding(state, item) {
  const [text, severity, manner] = [area("facts"), select("severity", SEVERITIES), select("manner", MANNERS)];
  const basis = area("basis", item.requirement ? `台账要求“${item.requirement.slice(0, 480)}”` : "");
  ask(`${item.no}. ${item.title}：问题`, [["具体表现", text], ["严重程度", severity], ["整改类型", manner], ["依据", basis]], app.pack.phrases, () =>
    enter(state.id, "finding", { item: item.no, facts: text.value.trim(), severity: severity.value, manner: manner.value, source: "site", basis: basis.value.trim() }));
}

// Who came for somebody, or why nobody did: one of the two is enough.
function writeAbsence(state, one) {
  const [who, why] = [el("input", { id: "substitute", maxlength: "40" }), el("input", { id: "excuse", maxlength: "200" })];
  [who.value, why.value] = [one.substitute || "", one.excuse || ""];
  ask(`${one.post} ${one.name}没有到场`, [["代会人姓名", who], ["缺席原因", why]], [], () =>
    enter(state.id, "present", { attendee: one.id, present: false, substitute: who.value.trim(), excuse: why.value.trim() }),
  () => who.value.trim() || why.value.trim());
}

function writeHighlight(state, item) {
  const text = area("highlight");
  ask(item ? `${item.no}. ${item.title}：亮点` : "亮点", [["亮点", text]], [], () => enter(state.id, "highlight", { item: item ? item.no : null, text: text.value.trim() }));
}

function findingList(state) {
  const lines = state.findings.map((one) => el("li", {}, el("span", { class: "grow" }, el("span", { class: "tag" }, words(SEVERITIES, one.severity)), ` ${one.no ? `第${one.no}项　` : ""}${one.facts}`, el("span", { class: "sub" }, `　${one.by}`)),
    one.standing === "draft" ? button("撤销", () => enter(state.id, "drop_finding", { finding: one.key })) : el("span", { class: "muted" }, "已确认")));
  return el("div", { class: "item", id: "findings" }, el("h3", {}, `问题草稿（${state.findings.length}）`), lines.length ? el("ul", {}, ...lines) : el("p", { class: "muted" }, "还没有记问题。疑点旁的“记为问题”一按即记。"));
}

function highlightList(state) {
  const lines = state.highlights.map((one) => el("li", {}, el("span", { class: "grow" }, one.text), button("撤销", () => enter(state.id, "drop_highlight", { highlight: one.key }))));
  return el("div", { class: "item" }, el("h3", {}, `特色亮点（${state.highlights.length}）`), el("ul", {}, ...lines), button("添加亮点", () => writeHighlight(state, null)));
}

function endBar(state) {
  const left = app.pack.rounds[state.round].items.filter((item) => !answerTo(state, item.no).last).length;
  return el("p", { class: "bar" }, state.endedAt ? null : button(left ? `查阅完毕（还有 ${left} 项没有选）` : "查阅完毕", () => enter(state.id, "end"), { class: left ? "" : "primary" }),
    el("a", { class: "button", href: `/visits/${state.id}/consultation/` }, "进入会商"), el("a", { class: "button", href: `/visits/${state.id}/checklist.xlsx` }, "下载检查表"), el("a", { class: "button", href: `/visits/${state.id}/ticks/` }, "勾选表：打印、拍照读回"), el("a", { class: "button", href: "#/" }, "下一个单位"));
}
