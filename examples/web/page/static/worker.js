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

// summary counts mentions of one entity, or of one name without an entry.
function summary() {
  const counted = new Map();
  for (const e of entities) {
    const name = e.text.replace(/\s+/g, " ");
    const key = e.kind + "\t" + (e.id || " " + name);
    const row = counted.get(key);
    if (row) {
      row.times++;
      row.confidence = Math.max(row.confidence, e.confidence);
    } else {
      counted.set(key, { ...e, name: e.name || name, times: 1 });
    }
  }
  return [...counted.values()].sort((a, b) => b.times - a.times || a.start - b.start);
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

  convert: ({ request }) => answer("convert", request),
};

self.onmessage = async ({ data: { id, what, ask } }) => {
  try {
    self.postMessage({ id, result: await tasks[what](ask) });
  } catch (e) {
    self.postMessage({ id, error: e.message });
  }
};
