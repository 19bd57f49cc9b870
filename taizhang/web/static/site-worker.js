// Keeps the page of the inspectors for when there is no network. It holds no data: these lie in the device's database.
"use strict";

const KEPT = "taizhang-site-5";
const PAGE = "/site/";
const PARTS = [PAGE, "/static/app.css", "/static/site.css", "/static/site-store.js", "/static/site-write.js", "/static/site-keys.js", "/static/site-bench.js", "/static/shrink.js", "/static/site.js", "/static/icon.svg"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

async function fresh(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (failed) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw failed;
  }
}

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method === "GET" && PARTS.includes(path)) event.respondWith(fresh(event.request));
});
