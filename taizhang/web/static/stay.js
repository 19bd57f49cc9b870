// Forms marked data-stay are sent without leaving the page: a refusal is told above the form and nothing typed is lost,
// also when the session ran out meanwhile. Without scripts they are sent as any form.
"use strict";

import { freshToken, isNoPart, loginLink, warning } from "./session.js";

function hush(form) {
  form.parentElement.querySelector(":scope > .stay")?.remove();
}

function put(form, node) {
  hush(form);
  node.classList.add("stay");
  node.tabIndex = -1;
  form.before(node);
}

// Says why the page was not left.
function tell(form, node) {
  put(form, node);
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  return false;
}

function toLogin() {
  return warning("登录已经过期，您填写的内容还在本页。请", loginLink());
}

// Whether somebody is still logged in. After a login in another window the form's token is an old one: it gets a fresh one.
async function isAlive(form) {
  const present = await freshToken();
  if (present) form.elements.namedItem("csrfmiddlewaretoken").value = present;
  return Boolean(present);
}

// Where the pressed button sends the form, and how: what the button says goes before what the form says.
function route(form, button) {
  return {
    address: button?.getAttribute("formaction") || form.getAttribute("action") || window.location.href,
    method: (button?.getAttribute("formmethod") || form.getAttribute("method") || "get").toUpperCase(),
  };
}

// What was filled in and which button was pressed: the button may be disabled by now, and is told all the same.
function filledIn(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  return body;
}

async function send(form, button) {
  const { address, method } = route(form, button);
  return fetch(address, { method, body: filledIn(form, button), headers: { "X-Stay": "1" } });
}

// The browser's own sending knows no button when a script asks for it: the form is told where to go, and the name of the button.
function sendAway(form, button) {
  const { address, method } = route(form, button);
  form.setAttribute("action", address);
  form.setAttribute("method", method);
  if (button?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
    form.append(pressed);
  }
  HTMLFormElement.prototype.submit.call(form);
}

// Whether the page is being left.
async function submit(form, button) {
  if (form.dataset.expired && await isAlive(form)) delete form.dataset.expired;
  let answer = await send(form, button);
  if (answer.status === 403 && !answer.headers.has("X-Refused") && await isAlive(form)) answer = await send(form, button);
  const to = answer.headers.get("X-To");
  if (to && new URL(to, window.location.href).pathname === "/login/") {
    form.dataset.expired = "1";
    return tell(form, toLogin());
  }
  if (to) {
    delete form.dataset.changed;
    if (new URL(to, window.location.href).href === window.location.href) window.location.reload();
    else window.location.assign(to);
    return true;
  }
  if (answer.headers.has("X-Refused")) {
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[role=alert]");
    return tell(form, document.importNode(told, true));
  }
  return tell(form, warning("没有办成，您填写的内容还在本页，请稍后再试。"));
}

// Whether the form is on its way already: a second click sends nothing.
function isUnderWay(form) {
  if (form.dataset.sent) return true;
  form.dataset.sent = "1";
  return false;
}

function enable(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

// A form that leaves its page is sent only when somebody is logged in and the network answers.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-guard]:not([data-stay])")) return;
  event.preventDefault();
  if (isUnderWay(form)) return;
  const alive = await isAlive(form).catch(() => null);
  if (alive) {
    sendAway(form, event.submitter);
    return;
  }
  form.dataset.changed = "1";
  if (alive === false) form.dataset.expired = "1";
  enable(form);
  tell(form, alive === null ? warning("网络不通，您填写的内容还在本页，请稍后再提交。") : toLogin());
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-stay]")) return;
  event.preventDefault();
  if (isUnderWay(form)) return;
  form.dataset.changed = "1";
  const left = await submit(form, event.submitter)
    .catch(() => tell(form, warning("网络不通，您填写的内容还在本页，请稍后再提交。")));
  if (!left) enable(form);
});

// While a form is on its way, or nobody is logged in, no part of the page is asked for: its token may be an old one.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.querySelector("form[data-sent], form[data-expired]")) event.preventDefault();
});

// A part of a page is never a whole page: a refusal or the log-in does not belong into a form. Whether the session is over
// is told above the form, without taking the cursor from who types.
document.addEventListener("htmx:beforeSwap", async (event) => {
  if (!isNoPart(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  const form = document.querySelector("form[data-guard], form[data-stay]");
  if (!form || form.dataset.expired || await isAlive(form).catch(() => true)) return;
  form.dataset.expired = "1";
  put(form, toLogin());
});

// Who has logged in again in another window and comes back goes on where he was.
window.addEventListener("focus", async () => {
  const form = document.querySelector("form[data-expired]");
  if (!form || !await isAlive(form).catch(() => false)) return;
  delete form.dataset.expired;
  hush(form);
});

// Who comes back to a page by the browser's button finds its forms ready again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(enable));
