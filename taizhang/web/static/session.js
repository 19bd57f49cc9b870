// What scripts must know of the session that a page was made in, which may be over, or a newer one by now.
"use strict";

// The token of the present session: somebody may have logged in again in another window since the page was made.
export function token() {
  return document.cookie.split("; ").find((part) => part.startsWith("csrftoken="))?.slice("csrftoken=".length);
}

// The token that a form needs now, asked of the server; empty where nobody is logged in any more.
export async function freshToken() {
  return (await (await fetch("/alive/", { cache: "no-store" })).json()).token;
}

// Whether what came back for a part of a page is none: nobody is logged in, or the whole page is refused.
export function isNoPart(request) {
  return request.status === 204 || /^\s*<!doctype/i.test(request.responseText);
}

export function loginLink() {
  const link = document.createElement("a");
  return Object.assign(link, { href: "/login/", target: "_blank", rel: "noopener", textContent: "在新窗口登录" });
}

// A line that must be seen and heard.
export function warning(...parts) {
  const node = document.createElement("div");
  node.className = "note bad";
  node.setAttribute("role", "alert");
  node.append(...parts);
  return node;
}
