// The page: what is put in, what state it is in, what is saved. data-state of the body is
// empty, busy, done, nothing (no names) or failed.

import { $, element, tell } from "./dom.js";
import { showText } from "./text.js";
import { showBars, showTable } from "./table.js";
import { showMap } from "./map.js";

const kinds = ["person", "country", "city", "organisation", "place", "demonym"];
const maxBytes = 8 << 20;
const maxShown = 200000; // characters that the field shows; more would stop the page
const maxLive = 20000; // characters that are looked at anew while somebody types
const sample = [
  "ASTANA (Reuters) - U.S. Secretary of State Antony Blinken will meet Kazakhstan's President Kassym-Jomart Tokayev on Tuesday before " +
  "travelling on to Tashkent, the State Department said. Blinken is also to attend a C5+1 meeting with the foreign ministers of Kyrgyzstan, " +
  "Tajikistan, Turkmenistan and Uzbekistan. Uzbek Foreign Minister Bakhtiyor Saidov told Gazeta.uz that water, trade and the Aral Sea were on the agenda.",
  "In Dushanbe, Amonatbank said it would open branches in Khujand and Bokhtar, and later in Istanbul.",
].join("\n\n");

let held = null; // a text that is too long for the field
let request = null; // of the results that are shown
let run = 0;

// state sets what is shown, and says something.
function state(name, message) {
  document.body.dataset.state = name;
  $("results").hidden = name !== "done" && name !== "nothing";
  $("status").textContent = message;
}

// clear takes away what is shown, and what is on its way.
function clear() {
  run++;
  request = null;
  state("empty", "");
}

function fail(message) {
  run++;
  request = null;
  state("failed", message);
}

async function find() {
  const text = held ?? $("text").value;
  if (!text.trim()) return held === null ? clear() : fail("There is no text in it.");
  if (new Blob([text]).size > maxBytes) return fail("The text is longer than 8 MB. Cut it in pieces, or use the command.");
  const mine = ++run;
  const chosen = kinds.filter((k) => $("kind-" + k).checked);
  const wanted = { text, kinds: chosen, minConfidence: $("confidence").value / 100 };
  if (document.body.dataset.state !== "done") state("busy", "Looking …");
  else $("status").textContent = "Looking …";
  try {
    const found = await tell("find", { request: { ...wanted, offsets: "utf16" }, nothing: chosen.length === 0 });
    if (mine !== run) return;
    request = wanted;
    $("results").hidden = false; // what is drawn must have a size
    document.body.dataset.state = "busy";
    await Promise.all([showText(text, found.blocks), showTable(), showMap(found.cities)]);
    showBars(found.most);
    if (mine !== run) return;
    if (found.mentions > 0) state("done", `${count(found.mentions, "mention")} of ${count(found.names, "name")}.`);
    else state("nothing", chosen.length === 0 ? "No kind of name is chosen." : "No names were found. The tagger reads English, written with capitals.");
  } catch (e) {
    if (mine === run) fail("It failed: " + e.message);
  }
}

const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

// hold takes a text, into the field if that can show it.
function hold(text, name) {
  held = text.length > maxShown ? text : null;
  $("text").value = held === null ? text : "";
  $("text").hidden = held !== null;
  $("held").hidden = held === null;
  if (held !== null) $("held-name").textContent = `${name}, ${count(text.length, "character")}`;
}

// Files, chosen or dropped.
async function open(file) {
  if (!file) return;
  if (file.size > maxBytes) return fail("The file is longer than 8 MB. Use the command for it.");
  try {
    hold(await file.text(), file.name);
  } catch (e) {
    return fail("The file cannot be read: " + e.message);
  }
  find();
}

let typing;
$("text").oninput = (e) => {
  clearTimeout(typing);
  if (!$("text").value.trim()) return clear();
  if (e.inputType === "insertFromPaste") return find();
  if ($("text").value.length <= maxLive) typing = setTimeout(find, 700);
  else if (request) $("status").textContent = "The text has changed. Ctrl+Enter finds its names.";
};
$("text").onpaste = (e) => {
  const text = e.clipboardData?.getData("text/plain") || "";
  if (text.length <= maxShown) return; // the field takes it
  e.preventDefault();
  hold(text, "Pasted text");
  find();
};
$("held-remove").onclick = () => { hold("", ""); clear(); $("text").focus(); };
$("form").onsubmit = (e) => { e.preventDefault(); clearTimeout(typing); find(); };
document.addEventListener("keydown", (e) => {
  if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); clearTimeout(typing); find(); }
});
$("sample").onclick = () => { hold(sample, ""); find(); };
$("file").onchange = (e) => { open(e.target.files[0]); e.target.value = ""; };

document.addEventListener("dragover", (e) => { e.preventDefault(); document.body.classList.add("dropping"); });
document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (e) => {
  e.preventDefault();
  document.body.classList.remove("dropping");
  if (e.dataTransfer.files.length) return open(e.dataTransfer.files[0]);
  const text = e.dataTransfer.getData("text/plain");
  if (text) { hold(text, "Dropped text"); find(); }
});

for (const k of kinds) {
  $("kinds").append(element("label", {}, element("input", { type: "checkbox", id: "kind-" + k, checked: "" }), element("mark", { class: k }, k)));
}
$("kinds").onchange = () => { if (request) find(); };
$("confidence").oninput = () => { $("confidence-value").textContent = $("confidence").value; };
$("confidence").onchange = () => { if (request) find(); };

// Downloads, of what is shown.
const saves = [["JSON Lines", "jsonl", "jsonl"], ["CoNLL", "conll", "conll"], ["brat", "brat", "ann"], ["Web Annotation", "webannotation", "jsonld"], ["displaCy", "displacy", "json"], ["CSV", "csv", "csv"], ["HTML", "html", "html"]];
for (const [label, format, ending] of saves) {
  const button = element("button", { type: "button", "data-format": format }, label);
  button.onclick = async () => {
    try {
      const url = URL.createObjectURL(await tell("convert", { request: { ...request, format } }));
      element("a", { href: url, download: "entities." + ending }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    } catch (e) {
      $("status").textContent = "It was not saved: " + e.message;
    }
  };
  $("saves").append(button);
}
