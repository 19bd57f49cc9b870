// Keeps the page of the inspectors for when there is no network. It holds no data: these lie in the device's database.
// SET (where the files of one version lie) and PARTS (which of them the page names) are put before this by the server.
"use strict";

const KEPT = `taizhang-site ${SET}`;
const PAGE = "/site/";

// The page is kept only with the files that it names: during an upgrade either all is of before, or all is new.
async function isOurs(answer) {
  return answer.ok && !answer.redirected && (await answer.clone().text()).includes(SET);
}

async function keepAll() {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE);
  if (!(await isOurs(page))) throw new Error("the page is of another version");
  await cache.addAll(PARTS);
  await cache.put(PAGE, page);
  await self.skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

async function fresh(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (await isOurs(answer)) await cache.put(PAGE, answer.clone());
    return answer;
  } catch (failed) {
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw failed;
  }
}

const part = async (request) => (await (await caches.open(KEPT)).match(request)) || fetch(request);

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const path = new URL(event.request.url).pathname;
  if (path === PAGE) event.respondWith(fresh(event.request));
  else if (PARTS.includes(path)) event.respondWith(part(event.request));
});
