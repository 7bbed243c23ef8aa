// The table of who and where, a page at a time, and the bars of the most mentioned.

import { $, element, flat, tell } from "./dom.js";

const perPage = 50;
const columns = [["kind", "Kind"], ["name", "Name"], ["times", "Times"], ["countryName", "Country"], ["description", "What"], ["confidence", "Sure"], ["idConfidence", "ID sure"]];
const view = { by: "times", descending: true, filter: "", from: 0, count: perPage };

export function showTable() {
  Object.assign(view, { filter: "", from: 0 });
  $("filter").value = "";
  return turn();
}

let asked = 0;

// turn shows the rows that the view is of.
async function turn() {
  const mine = ++asked;
  const { total, rows } = await tell("rows", view);
  if (mine !== asked) return;
  $("table").replaceChildren(...rows.map(line));
  const last = Math.min(view.from + perPage, total);
  $("range").textContent = total === 0 ? "No such name" : `${view.from + 1} to ${last} of ${total}`;
  $("previous").disabled = view.from === 0;
  $("next").disabled = last === total;
  document.querySelector("#s-table nav").hidden = total <= perPage && total > 0;
  for (const [by] of columns) {
    $("by-" + by).setAttribute("aria-sort", by !== view.by ? "none" : view.descending ? "descending" : "ascending");
  }
}

function line(r) {
  const name = element("th", { role: "rowheader", scope: "row", class: "name" }, flat(r.name));
  name.append(...linked(r));
  const cell = (of, ...content) => element("td", { role: "cell", class: of }, ...content);
  return element("tr", { role: "row" },
    cell("kind", element("mark", { class: r.kind }, r.kind)), name, cell("times", String(r.times)),
    cell("country", r.countryName), cell("what", flat(r.description || ""), ...(r.doubtful ? [meanings(r)] : [])),
    cell("sure", percent(r.confidence)), r.id && r.idConfidence ? cell("id", percent(r.idConfidence)) : cell("id none", r.id ? "" : "no ID"));
}

const percent = (p) => Math.round(100 * p) + " %";

// meanings returns what tells, when it is opened, whom a row could mean instead.
function meanings(r) {
  const list = element("ul", {});
  const title = "Other meanings";
  const details = element("details", { "aria-label": `${title} of ${flat(r.name)}` }, element("summary", {}, title), list);
  let told = false;
  details.ontoggle = async () => {
    if (!details.open || told) return;
    const wait = setTimeout(() => list.replaceChildren(element("li", {}, "Looking …")), 200);
    let found;
    try {
      found = (await tell("meanings", { key: r.key })).map((m) => meaning(m, r.times > 1 ? "up to " : ""));
      if (found.length === 0) found.push(element("li", {}, "None is likely."));
      told = true;
    } catch (e) {
      found = [element("li", {}, "It failed: " + e.message)];
    }
    clearTimeout(wait);
    list.replaceChildren(...found);
  };
  return details;
}

function meaning(m, upTo) {
  const item = element("li", {}, upTo + percent(m.p) + " ");
  item.append(m.id ? flat(m.name || m.id) : "none on the list", ...linked(m));
  if (m.description) item.append(", " + flat(m.description));
  return item;
}

// linked returns links to where more is known of an entity.
function linked(r) {
  return links(r).flatMap(([label, url]) =>
    [" ", element("a", { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": `${flat(r.name)} in ${label}` }, label)]);
}

// links returns where more is known of an entity.
function links(r) {
  const all = [];
  if (/^Q[0-9]+$/.test(r.wikidata || "")) all.push(["Wikidata", "https://www.wikidata.org/wiki/" + r.wikidata]);
  const place = /^geonames:([0-9]+)$/.exec(r.id || "");
  if (place) all.push(["GeoNames", "https://www.geonames.org/" + place[1]]);
  return all;
}

for (const [by, title] of columns) {
  const button = element("button", { type: "button" }, title);
  button.onclick = () => {
    // What is a number is first sorted from the largest.
    view.descending = view.by === by ? !view.descending : ["times", "confidence", "idConfidence"].includes(by);
    view.by = by;
    view.from = 0;
    turn();
  };
  $("heads").append(element("th", { role: "columnheader", scope: "col", id: "by-" + by, "aria-sort": "none" }, button));
}
$("filter").oninput = () => { view.filter = $("filter").value; view.from = 0; turn(); };
$("previous").onclick = () => { view.from = Math.max(0, view.from - perPage); turn(); };
$("next").onclick = () => { view.from += perPage; turn(); };

export function showBars(rows) {
  $("bars").replaceChildren(...rows.map((r) => {
    const bar = element("span", { class: "bar " + r.kind }, String(r.times));
    bar.style.width = (100 * r.times) / rows[0].times + "%";
    return element("li", {}, element("span", { class: "name" }, flat(r.name)), bar);
  }));
}
