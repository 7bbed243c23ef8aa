// The table of who and where, a page at a time, and the bars of the most mentioned.

import { $, element, flat, tell } from "./dom.js";

const perPage = 50;
const columns = [["kind", "Kind"], ["name", "Name"], ["times", "Times"], ["countryName", "Country"], ["description", "What"], ["confidence", "Sure"]];
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
  for (const [label, url] of links(r)) {
    name.append(" ", element("a", { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": `${flat(r.name)} in ${label}` }, label));
  }
  const cell = (of, ...content) => element("td", { role: "cell", class: of }, ...content);
  return element("tr", { role: "row" },
    cell("kind", element("mark", { class: r.kind }, r.kind)), name, cell("times", String(r.times)),
    cell("country", r.countryName), cell("what", flat(r.description || "")), cell("sure", Math.round(100 * r.confidence) + " %"));
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
    view.descending = view.by === by ? !view.descending : by === "times" || by === "confidence";
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
