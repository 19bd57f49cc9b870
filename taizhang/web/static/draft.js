// What is typed into a form lies in this browser until it is saved: a lost connection or a closed page loses nothing.
// A draft belongs to one user and one address; what is sensitive is never kept; leaving by 退出 forgets all drafts.
"use strict";

const DRAFT = "draft:";
const SITE = "taizhang-site";
const WAIT = 400;
const OLDEST = 14 * 24 * 3600 * 1000;

function draftKey(form) {
  return `${DRAFT}${document.body.dataset.user}:${form.dataset.draft}`;
}

function isKept(field) {
  return field.name && !["csrfmiddlewaretoken", "version"].includes(field.name)
    && !["file", "hidden", "submit", "button", "password"].includes(field.type) && !field.hasAttribute("data-sensitive");
}

function written(form) {
  const found = {};
  for (const field of form.elements) {
    if (isKept(field)) found[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  return found;
}

function putBack(form, values) {
  document.dispatchEvent(new CustomEvent("draft:names", { detail: Object.keys(values) }));
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name];
    else field.value = values[field.name];
  }
}

function keep(form) {
  window.localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), values: written(form) }));
}

function read(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key));
  } catch {
    return null;
  }
}

function drafts() {
  return Object.keys(window.localStorage).filter((key) => key.startsWith(DRAFT));
}

function offer(form, draft) {
  const note = document.createElement("div");
  note.className = "note bar";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.className = "grow";
  text.textContent = `这里有 ${new Date(draft.at).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" })} 填写但没有保存的内容。`;
  const restore = document.createElement("button");
  restore.type = "button";
  restore.textContent = "恢复";
  const forget = document.createElement("button");
  forget.type = "button";
  forget.textContent = "不要了";
  note.append(text, restore, forget);
  form.before(note);
  restore.addEventListener("click", () => {
    putBack(form, draft.values);
    const again = (event) => {
      if (!form.contains(event.target)) return;
      putBack(form, draft.values);
      document.removeEventListener("htmx:afterSettle", again);
    };
    document.addEventListener("htmx:afterSettle", again); // the roster of that day comes later
    for (const name of ["kind", "held_on", "group"]) {
      form.elements.namedItem(name)?.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
    note.remove();
  });
  forget.addEventListener("click", () => {
    window.localStorage.removeItem(draftKey(form));
    note.remove();
  });
}

let waiting = 0;
function typed(event) {
  const form = event.target.closest("form[data-draft]");
  if (!form || !event.isTrusted) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => keep(form), WAIT);
}

for (const saved of document.querySelectorAll("[data-saved]")) {
  const user = document.body.dataset.user;
  for (const key of drafts()) {
    if (key.startsWith(`${DRAFT}${user}:${saved.dataset.saved}`)) window.localStorage.removeItem(key);
  }
}
for (const key of drafts()) {
  const draft = read(key);
  if (!draft || Date.now() - draft.at > OLDEST) window.localStorage.removeItem(key);
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  const draft = read(draftKey(form));
  if (draft && !form.hasAttribute("data-refused") && JSON.stringify(draft.values) !== JSON.stringify(written(form))) offer(form, draft);
}
document.addEventListener("input", typed);
document.addEventListener("change", typed);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-draft]")) {
    window.clearTimeout(waiting);
    keep(form);
  } else if (form.hasAttribute("data-forget-drafts") && !form.dataset.forgotten) {
    event.preventDefault();
    leave(form);
  }
});

// After 退出 nothing of what was kept for the user stays on the device: drafts, the inspectors' pack, the kept page.
async function leave(form) {
  const left = await unsent();
  if (left && !window.confirm(`现场页面还有 ${left} 条记录没有上传，退出后会丢失。确定退出吗？`)) return;
  for (const key of drafts()) window.localStorage.removeItem(key);
  await Promise.allSettled([forgetDatabase(), forgetPages()]);
  form.dataset.forgotten = "1";
  form.requestSubmit();
}

async function databases() {
  return window.indexedDB.databases ? (await window.indexedDB.databases()).map((one) => one.name) : [SITE];
}

async function unsent() {
  if (!(await databases()).includes(SITE)) return 0;
  return new Promise((resolve) => {
    const request = window.indexedDB.open(SITE);
    request.addEventListener("error", () => resolve(0));
    request.addEventListener("success", () => {
      const base = request.result;
      const names = ["outbox", "photos"].filter((name) => base.objectStoreNames.contains(name));
      if (!names.length) { base.close(); resolve(0); return; }
      const transaction = base.transaction(names, "readonly");
      const counts = names.map((name) => transaction.objectStore(name).count());
      transaction.addEventListener("complete", () => { base.close(); resolve(counts.reduce((sum, one) => sum + one.result, 0)); });
    });
  });
}

function forgetDatabase() {
  return new Promise((resolve) => {
    const request = window.indexedDB.deleteDatabase(SITE);
    for (const type of ["success", "error", "blocked"]) request.addEventListener(type, resolve);
  });
}

async function forgetPages() {
  if ("caches" in window) for (const name of await window.caches.keys()) await window.caches.delete(name);
  if ("serviceWorker" in navigator) for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}
