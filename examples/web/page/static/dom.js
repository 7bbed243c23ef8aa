// What the parts of the page have in common. Texts are put into it as text, never as HTML.

export const $ = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

// Characters that would turn or hide text are shown by their number.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

export function appendText(parent, text) {
  let last = 0;
  for (const m of text.matchAll(controls)) {
    if (m[0] === "\r") continue;
    if (m.index > last) parent.append(text.slice(last, m.index));
    parent.append(element("span", { class: "control" }, "U+" + m[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")));
    last = m.index + 1;
  }
  if (last < text.length) parent.append(text.slice(last));
}

// flat returns a text without such characters.
export const flat = (s) => s.replace(controls, "");

// The worker: tell("rows", {…}) promises its answer.
const exported = document.documentElement.hasAttribute("data-exported");
const worker = new Worker(exported ? "worker.js?exported" : "worker.js");
const waiting = new Map();
let next = 0;
worker.onmessage = ({ data }) => {
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  if (data.error) reject(new Error(data.error)); else resolve(data.result);
};
worker.onerror = (e) => {
  for (const { reject } of waiting.values()) reject(new Error(e.message || "the page's worker does not start"));
  waiting.clear();
};
export const tell = (what, ask) => new Promise((resolve, reject) => {
  waiting.set(++next, { resolve, reject });
  worker.postMessage({ id: next, what, ask });
});

$("privacy").textContent = exported
  ? "Nothing leaves this computer: the names are found on this page."
  : `The text goes to the program that serves this page, at ${location.host}, and nowhere else.`;
