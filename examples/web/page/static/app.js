"use strict";
// The page. Texts are put into it as text, never as HTML.

const kinds = ["person", "country", "city", "organisation", "place", "demonym"];
const maxBytes = 8 << 20;
const $ = (id) => document.getElementById(id);
const sample = `ASTANA (Reuters) - U.S. Secretary of State Antony Blinken will meet Kazakhstan's
President Kassym-Jomart Tokayev on Tuesday before travelling on to Tashkent, the State
Department said. Blinken is also to attend a C5+1 meeting with the foreign ministers of
Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan. Uzbek Foreign Minister Bakhtiyor
Saidov told Gazeta.uz that water, trade and the Aral Sea were on the agenda.

In Dushanbe, Amonatbank said it would open branches in Khujand and Bokhtar.`;

function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

// Characters that would turn or hide text are shown by their number.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

function appendText(parent, text) {
  let last = 0;
  for (const m of text.matchAll(controls)) {
    if (m[0] === "\r") continue;
    if (m.index > last) parent.append(text.slice(last, m.index));
    parent.append(element("span", { class: "control" }, "U+" + m[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")));
    last = m.index + 1;
  }
  if (last < text.length) parent.append(text.slice(last));
}

// ask sends a request to the server, or to the worker where there is none.
const ask = document.documentElement.hasAttribute("data-worker") ? viaWorker() : viaServer();

function viaServer() {
  return async (what, request) => {
    const answer = what === "map" ? await fetch("v1/map")
      : await fetch("v1/" + what, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) });
    if (what === "convert" && answer.ok) return answer.text();
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.error || answer.statusText);
    return result;
  };
}

function viaWorker() {
  const worker = new Worker("worker.js");
  const waiting = new Map();
  let next = 0;
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) reject(new Error(data.error)); else resolve(data.result);
  };
  worker.onerror = (e) => { $("status").textContent = "The tagger could not be started: " + e.message; };
  return (what, request) => new Promise((resolve, reject) => {
    waiting.set(++next, { resolve, reject });
    worker.postMessage({ id: next, what, request: JSON.stringify(request ?? {}) });
  });
}

let current = { text: "", entities: [] };
let run = 0;

async function find() {
  const mine = ++run;
  const text = $("text").value;
  if (new Blob([text]).size > maxBytes) return say("The text is longer than 8 MB.");
  if (!text.trim()) return say("There is no text.");
  say("Looking …");
  try {
    const chosen = kinds.filter((k) => $("kind-" + k).checked);
    const request = { text, kinds: chosen, minConfidence: $("confidence").value / 100, offsets: "utf16" };
    const response = chosen.length ? await ask("entities", request) : { entities: [] };
    if (mine !== run) return;
    current = { text, request, entities: response.entities };
    await show(mine);
  } catch (e) {
    if (mine === run) say("It failed: " + e.message);
  }
}

function say(message) { $("status").textContent = message; }

async function show(mine) {
  const { text, entities } = current;
  $("results").hidden = false;
  const rows = summary(entities);
  say(`${entities.length} mentions of ${rows.length} names.`);
  showTable(rows);
  showBars(rows);
  await showMap(rows);
  const marked = $("marked");
  marked.replaceChildren();
  marked.classList.toggle("long", text.length > 20000);
  let rest = performance.now() + 50;
  for (const [start, end, some] of blocks(text, entities)) {
    const block = element("div");
    let last = start;
    for (const i of some) {
      const e = entities[i];
      appendText(block, text.slice(last, e.start));
      const mark = element("mark", { class: e.kind, tabindex: "0", "data-i": i });
      appendText(mark, text.slice(e.start, e.end));
      mark.append(element("span", { class: "unseen" }, ` (${e.kind})`));
      block.append(mark);
      last = e.end;
    }
    appendText(block, text.slice(last, end));
    marked.append(block);
    if (performance.now() < rest) continue;
    await new Promise((done) => setTimeout(done));
    if (mine !== run) return;
    rest = performance.now() + 50;
  }
}

// blocks cuts a text after line breaks that are in no entity, and says which
// entities are in each block. Of a long text a browser lays out only those in view.
function* blocks(text, entities) {
  for (let start = 0, i = 0; start < text.length;) {
    let end = text.indexOf("\n", start + 4000) + 1 || text.length;
    const some = [];
    for (; i < entities.length && entities[i].start < end; i++) {
      some.push(i);
      if (entities[i].end > end) end = text.indexOf("\n", entities[i].end) + 1 || text.length;
    }
    yield [start, end, some];
    start = end;
  }
}

// summary counts mentions of one entity, or of one name without an entry.
function summary(entities) {
  const rows = new Map();
  for (const e of entities) {
    const name = e.text.replace(/\s+/g, " ");
    const key = e.kind + "\t" + (e.id || " " + name);
    const row = rows.get(key);
    if (row) {
      row.times++;
      row.confidence = Math.max(row.confidence, e.confidence);
    } else {
      rows.set(key, { ...e, name: e.name || name, times: 1 });
    }
  }
  return [...rows.values()].sort((a, b) => b.times - a.times || a.start - b.start);
}

const flat = (s) => s.replace(controls, "");

function showTable(rows) {
  const body = $("table");
  body.replaceChildren();
  for (const r of rows.slice(0, 2000)) {
    body.append(element("tr", {},
      element("td", {}, element("mark", { class: r.kind }, r.kind)), element("th", { scope: "row" }, flat(r.name)), element("td", {}, String(r.times)),
      element("td", {}, r.country || ""), element("td", {}, flat(r.description || "")), element("td", {}, Math.round(100 * r.confidence) + " %")));
  }
}

function showBars(rows) {
  const list = $("bars");
  list.replaceChildren();
  for (const r of rows.slice(0, 12)) {
    const bar = element("span", { class: "bar " + r.kind }, String(r.times));
    bar.style.width = (100 * r.times) / rows[0].times + "%";
    list.append(element("li", {}, element("span", { class: "name" }, flat(r.name)), bar));
  }
}

// The map: in tenths of a degree from 180° West and the North Pole.
const frames = { region: [2260, 330, 440, 250], world: [0, 50, 3600, 1500] };
let frame = "region";
let dots;

function svg(name, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

async function showMap(rows) {
  dots ??= await ask("map");
  const [x, y, width, height] = frames[frame];
  const map = $("map");
  const unit = width / 100;
  map.setAttribute("viewBox", frames[frame].join(" "));
  map.replaceChildren(svg("path", { d: dots.world, "stroke-width": frame === "world" ? 9 : 3 }));
  if (frame === "region") map.append(svg("path", { d: dots.region, "stroke-width": 3 }));
  const cities = rows.filter((r) => r.location);
  const most = Math.max(1, ...cities.map((r) => r.times));
  const font = unit * (frame === "world" ? 1.6 : 2.2) * Math.max(1, 600 / (map.clientWidth || 600));
  const taken = [];
  const labels = [];
  for (const r of cities) {
    const cx = 10 * (r.location.longitude + 180), cy = 10 * (90 - r.location.latitude);
    if (cx < x || cx > x + width || cy < y || cy > y + height) continue;
    const size = unit * (0.5 + 1.5 * Math.sqrt(r.times / most));
    map.append(svg("circle", { cx, cy, r: size }, svg("title", {}, `${flat(r.name)}: ${r.times}`)));
    // A name goes to the right or to the left, where there is room, or nowhere.
    const long = 0.62 * font * r.name.length;
    for (const [left, anchor] of [[cx + size * 1.2, "start"], [cx - size * 1.2 - long, "end"]]) {
      const box = [left, cy - font / 2, left + long, cy + font / 2];
      if (left < x || box[2] > x + width || taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
      taken.push(box);
      labels.push(svg("text", { x: anchor === "start" ? left : box[2], y: cy + font * 0.35, "font-size": font, "text-anchor": anchor }, flat(r.name)));
      break;
    }
  }
  map.append(...labels);
  map.append(svg("desc", {}, cities.map((r) => `${flat(r.name)}: ${r.times}`).join(", ") || "No city is mentioned."));
}

for (const part of Object.keys(frames)) {
  $("map-" + part).onclick = () => {
    frame = part;
    for (const p of Object.keys(frames)) $("map-" + p).setAttribute("aria-pressed", String(p === part));
    showMap(summary(current.entities));
  };
}

// What the gazetteer knows of a name, and who spoke for it, beside the name.
function tip(target) {
  const box = $("tip");
  const mark = target?.closest?.("#marked mark");
  if (!mark) {
    box.hidden = true;
    document.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
    return;
  }
  const e = current.entities[mark.dataset.i];
  const lines = [`${e.kind}${e.name ? ": " + flat(e.name) : ""}`];
  if (e.description) lines.push(flat(e.description));
  if (e.id) lines.push(e.id);
  lines.push(`${e.evidence.join(", ") || "found by the model"}; ${Math.round(100 * e.confidence)} % sure`);
  box.replaceChildren(...lines.map((l) => element("div", {}, l)));
  box.hidden = false;
  mark.setAttribute("aria-describedby", "tip");
  const r = mark.getBoundingClientRect();
  box.style.left = Math.max(4, Math.min(r.left, innerWidth - box.offsetWidth - 4)) + "px";
  box.style.top = (r.bottom + box.offsetHeight + 6 > innerHeight ? Math.max(4, r.top - box.offsetHeight - 4) : r.bottom + 4) + "px";
}
const marked = $("marked");
for (const event of ["mouseover", "focusin"]) marked.addEventListener(event, (e) => tip(e.target));
for (const event of ["mouseleave", "focusout", "scroll"]) marked.addEventListener(event, () => tip(null));
document.addEventListener("keydown", (e) => { if (e.key === "Escape") tip(null); });

// Files, chosen or dropped.
async function open(file) {
  if (!file) return;
  if (file.size > maxBytes) return say("The file is longer than 8 MB.");
  $("text").value = await file.text();
  find();
}
$("file").onchange = (e) => open(e.target.files[0]);
document.addEventListener("dragover", (e) => { e.preventDefault(); document.body.classList.add("dropping"); });
document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (e) => {
  e.preventDefault();
  document.body.classList.remove("dropping");
  if (e.dataTransfer.files.length) return open(e.dataTransfer.files[0]);
  const text = e.dataTransfer.getData("text/plain");
  if (text) { $("text").value = text; find(); }
});

// Downloads.
const saves = { "JSON Lines": "jsonl", CoNLL: "conll", "brat": "brat", "Web Annotation": "webannotation", displaCy: "displacy", HTML: "html" };
for (const [label, format] of Object.entries(saves)) {
  const button = element("button", { type: "button", "data-format": format }, label);
  button.onclick = async () => {
    try {
      const data = await ask("convert", { ...current.request, format });
      const url = URL.createObjectURL(new Blob([data], { type: "text/plain" }));
      const link = element("a", { href: url, download: "entities." + ({ brat: "ann", webannotation: "jsonld", displacy: "json" }[format] || format) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    } catch (e) {
      say("It failed: " + e.message);
    }
  };
  $("saves").append(button);
}

for (const k of kinds) {
  $("kinds").append(element("label", {}, element("input", { type: "checkbox", id: "kind-" + k, checked: "" }), element("mark", { class: k }, k)));
}
$("kinds").onchange = () => { if (current.text) find(); };
$("confidence").oninput = () => { $("confidence-value").textContent = $("confidence").value; };
$("confidence").onchange = () => { if (current.text) find(); };
$("form").onsubmit = (e) => { e.preventDefault(); find(); };
$("text").onkeydown = (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) find(); };
$("sample").onclick = () => { $("text").value = sample; find(); };
