// The text with its names marked. Of a long text only what is near the view has marks.

import { $, appendText, element, flat, tell } from "./dom.js";

const marked = $("marked");
const entityOf = new WeakMap();
let text = "";
let blocks = []; // [start, end] of each child of marked

// showText shows a text and returns when what is seen first is marked.
export async function showText(whole, bounds) {
  watcher.disconnect();
  text = whole;
  blocks = [];
  for (let i = 0; i < bounds.length; i += 2) blocks.push([bounds[i], bounds[i + 1]]);
  marked.classList.toggle("long", blocks.length > 4); // first, so that not all is laid out
  marked.replaceChildren(...blocks.map(([start, end]) => element("div", {}, text.slice(start, end))));
  marked.scrollTop = 0;
  await Promise.all(blocks.slice(0, 4).map((_, i) => mark(marked.children[i], whole)));
  for (const block of [...marked.children].slice(4)) watcher.observe(block);
}

const watcher = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (isIntersecting) mark(target, text);
    else if (target.dataset.marked) {
      delete target.dataset.marked;
      target.textContent = text.slice(...boundsOf(target));
    }
  }
}, { root: marked, rootMargin: "2000px" });

const boundsOf = (block) => blocks[[].indexOf.call(marked.children, block)] || [0, 0];

// mark marks the names in a block, unless another text is shown by then.
async function mark(block, whole) {
  block.dataset.marked = "1";
  const [start, end] = boundsOf(block);
  const entities = await tell("marks", { start, end });
  if (whole !== text || !block.isConnected || !block.dataset.marked) return;
  const filled = document.createDocumentFragment();
  let last = start;
  for (const e of entities) {
    appendText(filled, text.slice(last, e.start));
    const m = element("mark", { class: e.kind, tabindex: "0" });
    entityOf.set(m, e);
    appendText(m, text.slice(e.start, e.end));
    m.append(element("span", { class: "unseen" }, ` (${e.kind})`));
    filled.append(m);
    last = e.end;
  }
  appendText(filled, text.slice(last, end));
  block.replaceChildren(filled);
}

// What the gazetteer knows of a name, and who spoke for it, beside the name.
function tip(target) {
  const box = $("tip");
  const m = target?.closest?.("#marked mark");
  document.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
  box.hidden = !m;
  if (!m) return;
  const e = entityOf.get(m);
  const lines = [`${e.kind}${e.name ? ": " + flat(e.name) : ""}`];
  if (e.description) lines.push(flat(e.description));
  if (e.id) lines.push(e.id);
  const sure = (p) => `${Math.round(100 * p)} % sure`;
  lines.push(`${e.evidence.join(", ") || "found by the model"}; ${sure(e.confidence)}${e.id && e.idConfidence ? `, ${sure(e.idConfidence)} of the ID` : ""}`);
  box.replaceChildren(...lines.map((l) => element("div", {}, l)));
  m.setAttribute("aria-describedby", "tip");
  const r = m.getBoundingClientRect();
  box.style.left = Math.max(4, Math.min(r.left, innerWidth - box.offsetWidth - 4)) + "px";
  box.style.top = (r.bottom + box.offsetHeight + 6 > innerHeight ? Math.max(4, r.top - box.offsetHeight - 4) : r.bottom + 4) + "px";
}
for (const event of ["mouseover", "focusin"]) marked.addEventListener(event, (e) => tip(e.target));
for (const event of ["mouseleave", "focusout", "scroll"]) marked.addEventListener(event, () => tip(null));
document.addEventListener("keydown", (e) => { if (e.key === "Escape") tip(null); });
