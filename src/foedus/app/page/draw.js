// Drawing the package's own charts: a specification once, then only its rows, so that a picture moves and never blinks.
import { get } from "./api.js";
import { NIGHT } from "./night.js";

let loaded = null;
let outlines = null;
const slots = new WeakMap();

/** Vega's scripts, fetched once from this server. */
export function ready() {
  loaded ??= import("/static/vega.js");
  return loaded;
}

export const dark = () => {
  const look = document.documentElement.dataset.look;
  return look ? look === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

const coloured = (value) => (dark() && typeof value === "string" && NIGHT[value.toLowerCase()]) || value;

function recoloured(part) {
  if (Array.isArray(part)) return part.map(recoloured);
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, recoloured(value)]));
  }
  return coloured(part);
}

/** A specification that fits a width in pixels. */
function fitted(spec, width) {
  const made = recoloured(spec);
  if (made.hconcat) {
    const names = width < 480 ? 96 : 128;
    const each = Math.max(90, Math.floor((width - names - 14 * made.hconcat.length - 22) / made.hconcat.length));
    made.hconcat.forEach((panel) => { panel.width = each; if (panel.title) panel.title = { text: panel.title, fontSize: width < 560 ? 10 : 12, limit: each + 10 }; });
  } else if (made.spec) {
    made.spec.width = Math.max(160, width - 78);
    made.spec.height = made.usermeta?.low ? 96 : Math.max(200, Math.min(270, Math.round(width * 0.46)));
  } else if (made.projection) {
    made.width = width - 8;
    made.height = Math.round(width * 0.54);
    made.projection = { ...made.projection, scale: (122 * (width - 8)) / 520 };
  } else if (typeof made.width === "number") {
    made.width = made.height < 60 ? Math.max(80, width - 12) : Math.max(140, width - 190);
  }
  return made;
}

async function whole(rows) {
  if (!rows.some((layer) => layer.some((row) => "id" in row || "fill" in row))) return rows;
  outlines ??= await get("/static/outlines.json");
  return rows.map((layer) => layer.map((row) => ({ ...(outlines[row.id] ?? {}), ...row, ...(row.fill && { fill: coloured(row.fill) }) })));
}

/** Draw a picture, {key, spec, rows}, into an element; while one is drawn only the newest waits. */
export async function draw(slot, picture, label = "") {
  const held = slots.get(slot) ?? {};
  slots.set(slot, held);
  held.next = { picture, label };
  if (held.busy) return held.busy;
  held.busy = (async () => {
    try {
      while (held.next) {
        const { picture: now, label: said } = held.next;
        held.next = null;
        await drawn(slot, held, now, said);
      }
    } finally {
      held.busy = null;
    }
  })();
  return held.busy;
}

async function drawn(slot, held, picture, label) {
  await ready();
  const width = Math.max(120, Math.floor(slot.clientWidth));
  const look = `${picture.key} ${width} ${dark()}`;
  const rows = await whole(picture.rows);
  if (held.look === look && held.view) {
    rows.forEach((layer, place) => held.view.data(`rows${place}`, layer));
    await held.view.runAsync();
    return;
  }
  const datasets = Object.fromEntries(rows.map((layer, place) => [`rows${place}`, layer]));
  const inside = document.createElement("div");
  const made = await globalThis.vegaEmbed(inside, { ...fitted(picture.spec, width), datasets }, {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: false, mode: "vega-lite",
  });
  held.view?.finalize();
  held.view = made.view;
  held.look = look;
  slot.classList.remove("empty");
  slot.replaceChildren(inside);
  inside.querySelector("svg")?.setAttribute("aria-label", label);
}

/** Lines of a text, each of so many letters at most. */
function lines(text, most) {
  const found = [""];
  for (const word of text.split(" ")) {
    if (found.at(-1) && found.at(-1).length + word.length >= most) found.push("");
    found.push(`${found.pop()} ${word}`.trim());
  }
  return found;
}

/** A view of a picture as a file shows it: as wide as the slot, with its title, caption, and of which futures it is. */
export async function captioned(slot, picture) {
  await ready();
  const width = Math.max(320, Math.floor(slot.clientWidth));
  const rows = await whole(picture.rows);
  const title = { text: picture.title, subtitle: lines(`${picture.caption} ${picture.known}`, Math.floor(width / 6)), anchor: "start", subtitleColor: coloured("#5f6b78") };
  const datasets = Object.fromEntries(rows.map((layer, place) => [`rows${place}`, layer]));
  const made = await globalThis.vegaEmbed(document.createElement("div"), { ...fitted(picture.spec, width), title, datasets }, {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: false, mode: "vega-lite",
  });
  return made.view;
}
