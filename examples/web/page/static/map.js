// The map of the cities that are mentioned.

import { $, element, flat } from "./dom.js";

const radians = Math.PI / 180;

// equidistant is the conic projection that keeps distances along meridians and along
// two parallels, of Central Asia, in degrees.
function equidistant() {
  const south = 38 * radians, north = 52 * radians, middle = 67 * radians;
  const n = (Math.cos(south) - Math.cos(north)) / (north - south);
  const g = Math.cos(south) / n + south;
  return (longitude, latitude) => {
    const rho = g - latitude * radians, theta = n * (longitude * radians - middle);
    return [rho * Math.sin(theta) / radians, (rho * Math.cos(theta) - g) / radians];
  };
}

// equalEarth is the projection of that name, by Šavrič, Patterson and Jenny.
function equalEarth(longitude, latitude) {
  const a = 1.340264, b = -0.081106, c = 0.000893, d = 0.003796, m = Math.sqrt(3) / 2;
  const t = Math.asin(m * Math.sin(latitude * radians)), t2 = t * t, t6 = t2 * t2 * t2;
  return [longitude * Math.cos(t) / (m * (a + 3 * b * t2 + t6 * (7 * c + 9 * d * t2))), -t * (a + b * t2 + t6 * (c + d * t2)) / radians];
}

// What is shown: x, y, width and height in projected degrees.
const frames = {
  region: { project: equidistant(), view: [-17.5, -56, 35, 22] },
  world: { project: equalEarth, view: [-156, -76, 312, 135] },
};
let frame = "region";
let sheets; // what is drawn of each frame
let cities = [];

function svg(name, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

// path draws lines that are a point and then steps.
function path(lines, perDegree, project, end) {
  const parts = [];
  for (const steps of lines) {
    let x = 0, y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      const [px, py] = project(x / perDegree, y / perDegree);
      parts.push((i ? "L" : "M") + px.toFixed(2) + " " + py.toFixed(2));
    }
    parts.push(end);
  }
  return parts.join("");
}

async function load() {
  const got = await (await fetch("map.json")).json();
  sheets = {};
  for (const [name, { project }] of Object.entries(frames)) {
    const { land, borders, perDegree, labels = [] } = got[name];
    sheets[name] = { land: path(land, perDegree, project, "Z"), borders: path(borders, perDegree, project, ""), labels };
  }
}

// showMap shows cities, each a row of the table.
export async function showMap(rows) {
  cities = rows;
  if (!sheets) await load();
  draw();
}

// overlap reports whether two boxes do: left, top, right and bottom.
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function draw() {
  const { project, view } = frames[frame];
  const [x, y, width, height] = view;
  const map = $("map");
  const { land, borders, labels } = sheets[frame];
  const pixel = width / (map.clientWidth || 600);
  const font = 13 * pixel;
  map.setAttribute("viewBox", view.join(" "));
  map.replaceChildren(svg("path", { class: "land", d: land }), svg("path", { class: "borders", d: borders }));
  const most = Math.max(1, ...cities.map((r) => r.times));
  const names = [], taken = [], covered = [], outside = [], nowhere = [], shown = [];
  for (const r of cities) {
    if (!r.location) { nowhere.push(r); continue; }
    const [cx, cy] = project(r.location.longitude, r.location.latitude);
    if (cx < x || cx > x + width || cy < y || cy > y + height) { outside.push(r); continue; }
    shown.push(r);
    const size = pixel * (4 + 8 * Math.sqrt(r.times / most));
    covered.push([cx - size, cy - size, cx + size, cy + size]);
    map.append(svg("circle", { cx, cy, r: size }, svg("title", {}, `${flat(r.name)}: ${r.times}`)));
    // A name goes to the right or to the left, where there is room, or nowhere.
    const long = 0.6 * font * r.name.length;
    for (const left of [cx + size + 2 * pixel, cx - size - 2 * pixel - long]) {
      const box = [left, cy - font / 2, left + long, cy + font / 2];
      if (left < x || box[2] > x + width || taken.some((t) => overlap(t, box))) continue;
      taken.push(box);
      const end = left < cx;
      names.push(svg("text", { x: end ? left + long : left, y: cy + font * 0.35, "font-size": font, "text-anchor": end ? "end" : "start" }, flat(r.name)));
      break;
    }
  }
  // A country has its name where no city is.
  for (const l of pixel < 0.09 ? labels : []) {
    const [lx, ly] = project(l.longitude, l.latitude);
    const half = 0.3 * font * l.name.length, box = [lx - half, ly - font * 0.6, lx + half, ly + font * 0.2];
    if (box[0] < x || box[2] > x + width || [...taken, ...covered].some((t) => overlap(t, box))) continue;
    map.append(svg("text", { class: "country", x: lx, y: ly, "font-size": font * 0.85, "text-anchor": "middle" }, l.name));
  }
  map.append(...names, svg("desc", {}, shown.map((r) => `${flat(r.name)}: ${r.times}`).join(", ") || "No city is shown."));
  const notes = [];
  if (cities.length === 0) notes.push("No city is mentioned.");
  if (outside.length > 0) notes.push(`Outside what is shown: ${list(outside)}.`);
  if (nowhere.length > 0) notes.push(`Of unknown position: ${list(nowhere)}.`);
  $("outside").replaceChildren(...notes.map((n) => element("span", {}, n + " ")));
}

// list names some cities, and says how many more there are.
function list(rows) {
  const names = rows.slice(0, 12).map((r) => flat(r.name)).join(", ");
  return rows.length > 12 ? `${names} and ${rows.length - 12} more` : names;
}

for (const part of Object.keys(frames)) {
  $("map-" + part).onclick = () => {
    frame = part;
    for (const p of Object.keys(frames)) $("map-" + p).setAttribute("aria-pressed", String(p === part));
    draw();
  };
}
let width = 0;
new ResizeObserver(([{ contentRect }]) => { // letters keep their size
  if (sheets && contentRect.width > 0 && Math.abs(contentRect.width - width) > 1) {
    width = contentRect.width;
    draw();
  }
}).observe($("map"));
