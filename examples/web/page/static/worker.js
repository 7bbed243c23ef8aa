"use strict";
// Finds names away from the page: asks the server, or, in a page without one, runs the
// tagger itself. It keeps what was found and hands out what the page shows of it.

const exported = self.location.search === "?exported";
const encoder = new TextEncoder();

// answer returns the answer to a request, as JSON or, for convert, as the document.
const answer = exported ? viaProgram() : viaServer();

function viaServer() {
  return async (what, request) => {
    const body = encoder.encode(JSON.stringify(request));
    for (let attempt = 0; ; attempt++) {
      const got = await fetch("v1/" + what, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (got.ok) return what === "convert" ? got.blob() : got.json();
      if (got.status === 503 && attempt < 5) {
        await new Promise((done) => setTimeout(done, 1000 * (Number(got.headers.get("Retry-After")) || 1)));
        continue;
      }
      throw new Error((await got.json().catch(() => ({}))).error || got.statusText || "status " + got.status);
    }
  };
}

function viaProgram() {
  importScripts("wasm_exec.js");
  const program = new Promise((resolve, reject) => {
    self.steppeReady = resolve;
    const go = new Go();
    fetch("steppe.wasm")
      .then((r) => (r.ok ? r.arrayBuffer() : Promise.reject(new Error("steppe.wasm: " + r.status))))
      .then((bytes) => WebAssembly.instantiate(bytes, go.importObject))
      .then(({ instance }) => { go.run(instance); })
      .catch(reject);
  });
  return async (what, request) => {
    await program;
    const got = (what === "convert" ? self.steppeConvert : self.steppeEntities)(JSON.stringify(request));
    if (got.error) throw new Error(got.error);
    return what === "convert" ? new Blob([got.answer]) : JSON.parse(got.answer);
  };
}

let text = "", entities = [], rows = [], starts = [];
let others = null; // asks once for what entities could mean instead

// blocksOf cuts a text after line breaks that are in no entity.
function blocksOf() {
  const all = [];
  for (let start = 0, i = 0; start < text.length;) {
    let end = text.indexOf("\n", start + 4000) + 1 || text.length;
    for (; i < entities.length && entities[i].start < end; i++) {
      if (entities[i].end > end) end = text.indexOf("\n", entities[i].end) + 1 || text.length;
    }
    all.push(start, end);
    start = end;
  }
  return all;
}

const flat = (name) => name.replace(/\s+/g, " ");

// keyOf is what mentions of one entity, or of one name without an entry, have in common.
const keyOf = (e) => e.kind + "\t" + (e.id || " " + flat(e.text));

// summary counts such mentions. A row has the highest confidence of them, and may be
// doubtful for any.
function summary() {
  const counted = new Map();
  for (const e of entities) {
    const key = keyOf(e);
    const doubtful = e.kind !== "demonym" && (e.idConfidence || 0) < 1;
    const row = counted.get(key);
    if (row) {
      row.times++;
      row.confidence = Math.max(row.confidence, e.confidence);
      row.idConfidence = Math.max(row.idConfidence, e.idConfidence || 0);
      row.doubtful ||= doubtful;
    } else {
      counted.set(key, { ...e, key, name: e.name || flat(e.text), times: 1, idConfidence: e.idConfidence || 0, doubtful });
    }
  }
  return [...counted.values()].sort((a, b) => b.times - a.times || a.start - b.start);
}

const maxOthers = 5; // meanings of a name that are shown

// once returns a function that does something when it is first called, and again only
// when that failed.
function once(ask) {
  let promise = null;
  return () => (promise ??= ask().catch((e) => { promise = null; throw e; }));
}

const order = new Intl.Collator("en");
const region = new Intl.DisplayNames(["en"], { type: "region" });

function countryName(code) {
  try { return code ? region.of(code) : ""; } catch { return code; }
}

const tasks = {
  async find({ request, nothing }) {
    const got = nothing ? { entities: [] } : await answer("entities", request);
    text = request.text;
    entities = got.entities;
    starts = entities.map((e) => e.start);
    others = once(() => answer("entities", { ...request, alternatives: maxOthers }));
    rows = summary();
    for (const r of rows) r.countryName = countryName(r.country);
    return { mentions: entities.length, names: rows.length, blocks: blocksOf(), most: rows.slice(0, 12), cities: rows.filter((r) => r.kind === "city") };
  },

  // A page of the table.
  rows({ by, descending, filter, from, count }) {
    const wanted = filter.trim().toLowerCase();
    const some = wanted ? rows.filter((r) => (r.name + "\t" + r.text + "\t" + (r.description || "") + "\t" + r.countryName).toLowerCase().includes(wanted)) : rows.slice();
    const sign = descending ? -1 : 1;
    some.sort((a, b) => sign * (typeof a[by] === "number" ? a[by] - b[by] : order.compare(a[by] || "", b[by] || "")) || b.times - a.times || a.start - b.start);
    return { total: some.length, rows: some.slice(from, from + count) };
  },

  // The entities of a part of the text.
  marks({ start, end }) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < start) low = middle + 1; else high = middle;
    }
    const some = [];
    for (let i = low; i < entities.length && starts[i] < end; i++) some.push(entities[i]);
    return some;
  },

  // Whom a row could mean instead, each with the highest probability that any mention gives it.
  async meanings({ key }) {
    const found = new Map();
    for (const e of (await others()).entities) {
      if (keyOf(e) !== key) continue;
      for (const a of e.alternatives || []) {
        if (!(found.get(a.id)?.p >= a.p)) found.set(a.id, a);
      }
    }
    return [...found.values()].sort((a, b) => b.p - a.p).slice(0, maxOthers);
  },

  convert: ({ request }) => answer("convert", request),
};

self.onmessage = async ({ data: { id, what, ask } }) => {
  try {
    self.postMessage({ id, result: await tasks[what](ask) });
  } catch (e) {
    self.postMessage({ id, error: e.message });
  }
};
