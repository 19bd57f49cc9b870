// 现场 as a file: the pack lies sealed in the page itself. It is opened by a passphrase, worked on without any network, and
// leaves as a sealed bundle. The page's own scripts run unchanged: what they ask of the server is answered from the pack.
"use strict";

(() => {
  const ROUNDS_MOST = 6000000;
  const sealed = JSON.parse(document.getElementById("sealed").textContent);
  const sources = JSON.parse(document.getElementById("sources").textContent);
  const text = new TextEncoder();
  const given = { pack: null, records: {}, passphrase: "" };

  const bytes = (coded) => Uint8Array.from(window.atob(coded), (char) => char.charCodeAt(0));
  const coded = (data) => {
    let out = "";
    const parts = new Uint8Array(data);
    for (let at = 0; at < parts.length; at += 32768) out += String.fromCharCode(...parts.subarray(at, at + 32768));
    return window.btoa(out);
  };

  function make(tag, words = "", about = {}) {
    const node = document.createElement(tag);
    node.textContent = words;
    for (const [name, value] of Object.entries(about)) node.setAttribute(name, value);
    return node;
  }

  async function keyOf(passphrase, salt, rounds) {
    const base = await window.crypto.subtle.importKey("raw", text.encode(passphrase), "PBKDF2", false, ["deriveKey"]);
    return window.crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async function unseal(passphrase) {
    if (sealed.rounds > ROUNDS_MOST) throw new Error("rounds");
    const key = await keyOf(passphrase, bytes(sealed.salt), sealed.rounds);
    const about = { name: "AES-GCM", iv: bytes(sealed.nonce), additionalData: text.encode("taizhang-pack") };
    return JSON.parse(new TextDecoder().decode(await window.crypto.subtle.decrypt(about, key, bytes(sealed.data))));
  }

  async function sealBundle(told) {
    const salt = window.crypto.getRandomValues(new Uint8Array(16));
    const nonce = window.crypto.getRandomValues(new Uint8Array(12));
    const key = await keyOf(given.passphrase, salt, sealed.rounds);
    const about = { name: "AES-GCM", iv: nonce, additionalData: text.encode("taizhang-bundle") };
    const data = await window.crypto.subtle.encrypt(about, key, text.encode(JSON.stringify(told)));
    return JSON.stringify({ is: "taizhang-bundle", rounds: sealed.rounds, salt: coded(salt), nonce: coded(nonce), data: coded(data) });
  }

  // `2018-10-25T1030`, by the clock of the device.
  const madeAt = () => new Date().toLocaleString("sv-SE").slice(0, 16).replace(" ", "T").replace(":", "");

  async function bundle() {
    const store = await window.SiteStore.open();
    const entries = (await store.all("outbox")).map((one) => one.entry);
    const photos = [];
    for (const one of await store.all("photos")) photos.push({ key: one.key, visit: one.visit, item: one.item, made_at: one.made_at, data: coded(await one.blob.arrayBuffer()) });
    const file = new Blob([await sealBundle({ user: given.pack.user, entries, photos })], { type: "application/json" });
    const link = make("a", "", { href: URL.createObjectURL(file), download: `现场成果-${given.pack.name}-${madeAt()}.json` });
    document.body.append(link);
    link.click();
    link.remove();
  }

  function show(record) {
    const dialog = make("dialog");
    const list = make("dl", "", { class: "told" });
    for (const [label, words] of record.lines) list.append(make("dt", label), make("dd", words));
    dialog.append(make("h2", record.title), list);
    for (const file of record.files) {
      if (file.data) dialog.append(make("img", "", { src: file.data, alt: file.name, width: "100%" }));
      else dialog.append(make("p", `${file.name}（没有带来，请在系统里查看）`, { class: "muted" }));
    }
    const close = make("button", "关闭", { type: "button" });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(close);
    document.body.append(dialog);
    dialog.showModal();
  }

  // Addresses of the system lead nowhere here: records that came along are shown, the others say so.
  function follow(event) {
    const link = event.target.closest("a[href^='/']");
    if (!link) return;
    event.preventDefault();
    const record = given.records[link.getAttribute("href")];
    show(record || { title: "没有带来", lines: [["说明", "这一处没有随离线包带来，请在系统里查看。"]], files: [] });
  }

  async function answered(address) {
    if (!String(address).startsWith("/site/pack/")) throw new TypeError("offline");
    return new Response(JSON.stringify(given.pack), { headers: { "Content-Type": "application/json" } });
  }

  function begin() {
    window.fetch = answered;
    Object.defineProperty(navigator, "serviceWorker", { value: { register: async () => null }, configurable: true });
    document.addEventListener("click", follow, true);
    const leave = make("button", "导出成果", { type: "button", id: "bundle" });
    leave.addEventListener("click", bundle);
    document.querySelector("header.top").append(make("span", "离线包", { class: "tag s-warn" }), leave);
    for (const source of sources) document.body.append(make("script", source));
  }

  function ask(wrong = "") {
    const form = make("form", "", { class: "card narrow" });
    const field = make("input", "", { type: "password", id: "passphrase", autocomplete: "off", required: "" });
    form.append(make("h1", "打开离线包"), make("label", "口令", { for: "passphrase" }), field, make("p"), make("button", "打开", { type: "submit", class: "primary" }));
    if (wrong) form.prepend(make("p", wrong, { class: "note bad", role: "alert" }));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      form.querySelector("button").disabled = true;
      try {
        const found = await unseal(field.value);
        Object.assign(given, found, { passphrase: field.value });
        begin();
      } catch {
        ask("口令不对，或者文件已损坏。");
      }
    });
    document.getElementById("content").replaceChildren(form);
    field.focus();
  }

  if (window.crypto?.subtle) ask();
  else document.getElementById("content").replaceChildren(make("p", "这个浏览器不能打开加密的离线包，请用新版 Chrome、Edge 或 Firefox。", { class: "note bad" }));
})();
