// What lies on the device: the pack of the session, and the outbox. Entries go out in the order in which they were made
// (the key of the outbox counts up; the entry's own UUID is the server's), and leave only when the server has them.
"use strict";

const BASE = "taizhang-site";
const VERSION = 2;

function opened() {
  return new Promise((resolve, reject) => {
    const request = window.indexedDB.open(BASE, VERSION);
    request.addEventListener("upgradeneeded", (event) => {
      if (event.oldVersion < 1) {
        request.result.createObjectStore("meta");
        for (const name of ["outbox", "photos", "merged"]) request.result.createObjectStore(name, { keyPath: "seq", autoIncrement: true });
      }
      request.result.createObjectStore("evidence", { keyPath: "visit" });
      request.result.createObjectStore("pictures", { keyPath: "id" });
    });
    request.addEventListener("success", () => {
      request.result.addEventListener("versionchange", () => request.result.close());
      resolve(request.result);
    });
    request.addEventListener("error", () => reject(request.error));
  });
}

class Store {
  constructor(database) {
    this.database = database;
  }

  static async open() {
    return new Store(await opened());
  }

  ask(names, mode, work) {
    return new Promise((resolve, reject) => {
      const options = mode === "readwrite" ? { durability: "strict" } : {};
      const transaction = this.database.transaction(names, mode, options);
      let answer;
      transaction.addEventListener("complete", () => resolve(answer));
      transaction.addEventListener("error", () => reject(transaction.error));
      transaction.addEventListener("abort", () => reject(transaction.error));
      work(transaction, (value) => { answer = value; });
    });
  }

  get(name) {
    return this.ask(["meta"], "readonly", (transaction, done) => {
      const request = transaction.objectStore("meta").get(name);
      request.addEventListener("success", () => done(request.result));
    });
  }

  put(name, value) {
    return this.ask(["meta"], "readwrite", (transaction) => { transaction.objectStore("meta").put(value, name); });
  }

  all(name) {
    return this.ask([name], "readonly", (transaction, done) => {
      const request = transaction.objectStore(name).getAll();
      request.addEventListener("success", () => done(request.result));
    });
  }

  add(name, values) {
    return this.ask([name], "readwrite", (transaction) => {
      for (const value of values) transaction.objectStore(name).add(value);
    });
  }

  set(name, value) {
    return this.ask([name], "readwrite", (transaction) => { transaction.objectStore(name).put(value); });
  }

  drop(name, key) {
    return this.ask([name], "readwrite", (transaction) => { transaction.objectStore(name).delete(key); });
  }

  // What the server has goes, and what it said of it stays, in one transaction.
  settle(name, gone, said) {
    return this.ask([name, "merged"], "readwrite", (transaction) => {
      for (const seq of gone) transaction.objectStore(name).delete(seq);
      for (const one of said) transaction.objectStore("merged").add(one);
    });
  }

  forget(name) {
    return this.ask([name], "readwrite", (transaction) => { transaction.objectStore(name).clear(); });
  }
}

window.SiteStore = Store;
