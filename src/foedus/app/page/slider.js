// A lever: a range, its number, what the value amounts to, and a drawer that says what it is.
import { h } from "./dom.js";
import { commit, emit, store } from "./state.js";

const open = new Set();

/**
 * A lever. `scale` is what the number entry multiplies the value by (100 for per cent).
 * says(value) is what the value amounts to; set(value, done) changes the document; about() fills the drawer.
 */
export function slider({ key, label, title, value, low, high, step, scale = 1, entry, says, changed, set, about }) {
  const id = `lever-${key}`;
  const shown = (held) => String(scale === 1 ? Number(held.toPrecision(4)) : Math.round(held * scale));
  const real = h("span", { class: "real", id: `${id}-real` }, says(value));
  const ends = { min: shown(low), max: shown(high) };
  const range = h("input", { type: "range", id, ...ends, step: String(step), value: shown(value), "aria-describedby": `${id}-real`, "aria-valuetext": says(value) });
  const number = h("input", { type: "number", ...(scale === 1 ? {} : ends), step: scale === 1 ? "any" : "1", value: shown(value), "aria-label": `${label}, ${entry}` });
  const moved = (given, done, within = true) => {
    const read = (Number(given) || 0) / scale;
    const held = within ? Math.min(high, Math.max(low, read)) : read;
    range.value = number.value = shown(held);
    range.setAttribute("aria-valuetext", says(held));
    real.textContent = says(held);
    set(held, done);
  };
  range.addEventListener("input", () => moved(range.value, false));
  range.addEventListener("change", () => { commit(); emit("document", true); });
  number.addEventListener("change", () => moved(number.value, true, scale !== 1));
  return h("div", { class: `lever${changed ? " changed" : ""}` },
    h("div", { class: "line" }, h("label", { for: id, title }, label), real),
    h("div", { class: "move" }, range, number, why(key, label)),
    about && open.has(key) && about());
}

/** The button that opens a drawer, and whether it is open. */
export function why(key, label) {
  return h("button", { type: "button", class: "why", id: `lever-${key}-why`, "aria-expanded": String(open.has(key)), "aria-label": `About ${label}`,
    onclick: () => { if (!open.delete(key)) open.add(key); emit("column"); } }, "?");
}
export const isOpen = (key) => open.has(key);

/** A drawer: what a lever is, further controls, facts about it as [head, text], and the pictures it moves. */
export function drawer(label, meaning, facts, moves, ...controls) {
  const links = (moves ?? []).map((kind) => h("button", { type: "button", class: "link", onclick: () => emit("picture", kind) },
    store.catalogue.pictures.find((p) => p.kind === kind)?.label ?? kind));
  return h("div", { class: "drawer", role: "group", "aria-label": `About ${label}` },
    h("p", {}, `${meaning[0].toUpperCase()}${meaning.slice(1)}.`), controls,
    h("dl", {}, facts.filter(([, text]) => text).flatMap(([head, text]) => [h("dt", {}, head), h("dd", {}, text)])),
    links.length > 0 && h("p", {}, "Moves most: ", links.flatMap((link, place) => (place ? [", ", link] : [link]))));
}

/** What a lever rests on, as facts of a drawer: parameters with their ranges, grade, sources, mechanisms. */
export function rests(held) {
  const { grades } = store.catalogue;
  const range = (one) => `${one.label.toLowerCase()} ${one.low} to ${one.high}${one.unit ? ` (${one.unit})` : ""}`;
  return [
    ["Assumed", (held.parameters ?? []).map(range).join("; ")],
    ["Grade", held.grades.map((grade) => `${grade}: ${grades[grade]}`).join("; ")],
    ["Source", held.sources.join("; ")],
    ["Record", held.record],
  ];
}

const sections = new Set(["posture"]);

/** A part of the column that opens and shuts, and stays as it was. */
export function section(key, title, said, ...children) {
  return h("details", { class: "plain", id: `section-${key}`, open: sections.has(key), ontoggle: (event) => { if (event.target.open) sections.add(key); else sections.delete(key); } },
    h("summary", {}, title, said && h("span", { class: "quiet" }, ` ${said}`)), ...children);
}
export const opened = (key) => sections.has(key);
