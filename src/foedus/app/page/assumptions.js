// What is assumed: mechanisms on or off, and parameters of the ledger found by a search and set by a lever.
import { h } from "./dom.js";
import { ofRecord } from "./looking.js";
import { emit, store } from "./state.js";
import { altered, compared, onlyHere, setOnlyHere, tidied } from "./scenario.js";
import { drawer, opened, section, slider } from "./slider.js";

const MOST = 8;
let word = "";
let ledger = null;
let of = "";

/** Mechanisms R01 to R36, each on or off. */
export function mechanisms() {
  const off = store.document.without ?? [];
  return section("mechanisms", "Mechanisms", off.length ? `${off.length} off` : "all on",
    h("p", { class: "quiet" }, "Off for both sides, so that one sees what the answer owes to it."),
    alone("without", [], off.length > 0, "On for the side compared with: the change is then what it does"),
    store.catalogue.mechanisms.map((one) => h("label", { class: "check" },
      h("input", { type: "checkbox", id: `mechanism-${one.row}`, checked: !off.includes(one.row), onchange: (event) => turn(one.row, event.target.checked) }),
      h("span", {}, h("strong", {}, `${one.row} `), one.sentence, h("br"), h("small", {}, `Shows in: ${one.shows}.`)))));
}

function turn(row, on) {
  altered((document) => {
    const off = (document.without ?? []).filter((one) => one !== row);
    document.without = on ? off : [...off, row].sort();
    if (document.without.length) { compared(document); return; }
    delete document.without;
    setOnlyHere(document, "without", null);
  });
}

/** A box: whether the side compared with keeps the model's own. */
function alone(part, empty, shown, said) {
  return shown && h("label", { class: "check" },
    h("input", { type: "checkbox", id: `alone-${part}`, checked: onlyHere(store.document, part), onchange: (event) => altered((document) => setOnlyHere(document, part, event.target.checked ? empty : null)) }),
    h("span", {}, said));
}

/** Parameters: those that are set, each with a lever, and a search over the ledger. */
export function parameters() {
  const set = Object.keys(store.document.parameters ?? {});
  const ranges = Object.keys(store.document.uncertain ?? {});
  const count = set.length + ranges.length;
  const ready = ledger && of === ensemble();
  if (!ready && (opened("parameters") || set.length)) load();
  const search = h("input", { type: "search", id: "parameter-word", value: word, placeholder: "search: exposure, R17, precision…", "aria-label": "Search the parameters of the ledger" });
  const list = h("div", { id: "parameter-list" });
  search.addEventListener("input", () => { word = search.value; list.replaceChildren(...found()); });
  if (ready) list.replaceChildren(...found());
  const made = section("parameters", "Parameters", count ? `${count} set` : "as the record and the ledger have them",
    alone("parameters", {}, set.length > 0, "As in the model for the side compared with"),
    ready && set.map(lever),
    ranges.map((name) => h("div", { class: "check" }, h("span", {}, `${name}: ${JSON.stringify(store.document.uncertain[name])}`), h("button", { type: "button", onclick: () => drop("uncertain", name) }, "Remove"))),
    search, ready ? list : h("p", { class: "quiet", role: "status" }, "Reading the ledger…"));
  made.addEventListener("toggle", () => { if (made.open && !ready) load(); });
  return made;
}

const ensemble = () => store.document.ensemble ?? store.catalogue.ensembles.at(-2);

let loading = "";
async function load() {
  const wanted = ensemble();
  if (loading === wanted) return;
  loading = wanted;
  try {
    const held = await ofRecord("evidence", { ensemble: wanted });
    ledger = new Map(held.rows.map((row) => [row.name, row]));
    of = wanted;
    emit("column");
  } finally {
    loading = "";
  }
}

const short = (value) => Number(value.toPrecision(3)).toString();
const spread = (pair) => `${short(pair[0])} ± ${short(pair[1])}`;

function found() {
  if (!ledger) return [];
  const text = word.trim().toLowerCase();
  if (!text) return [h("p", { class: "quiet" }, `${ledger.size} parameters. Type a word of what they are about, or a mechanism's number.`)];
  const rows = [...ledger.values()].filter((one) => one.low < one.high && `${one.name} ${one.label} ${one.meaning} ${one.rows.join(" ")}`.toLowerCase().includes(text));
  return [
    h("p", { class: "quiet", role: "status" }, rows.length > MOST ? `${rows.length} found; the first ${MOST} are shown` : `${rows.length} found`),
    ...rows.slice(0, MOST).map((one) => h("div", { class: "check" },
      h("span", {}, h("strong", {}, one.label), h("br"), h("small", {}, `${one.meaning}; ${short(one.low)} to ${short(one.high)}, grade ${one.grade}${one.posterior ? `; after the record ${spread(one.posterior)}` : ""}`)),
      h("button", { type: "button", "aria-label": `Set ${one.label}`, disabled: one.name in (store.document.parameters ?? {}), onclick: () => put(one.name, one.posterior?.[0] ?? one.default) }, "Set")))];
}

function put(name, value, done = true) {
  altered((document) => {
    document.parameters = { ...(document.parameters ?? {}), [name]: Number(value.toPrecision(4)) };
    if (document.uncertain) {
      delete document.uncertain[name];
      if (!Object.keys(document.uncertain).length) delete document.uncertain;
    }
    compared(document);
  }, done);
}

function drop(part, name) {
  altered((document) => {
    delete document[part][name];
    if (Object.keys(document[part]).length) return;
    delete document[part];
    if (part === "parameters") setOnlyHere(document, part, null);
    tidied(document);
  });
}

function lever(name) {
  const one = ledger.get(name);
  const value = store.document.parameters[name];
  if (!one || typeof value !== "number") return h("p", { class: "quiet" }, `${name}: ${JSON.stringify(value)}`);
  const { grades } = store.catalogue;
  return slider({
    key: `parameter-${name}`, label: one.label, title: one.meaning, value, low: Math.min(one.low, value), high: Math.max(one.high, value), step: "any",
    entry: one.unit || "no unit", changed: true, says: (held) => `${short(held)} ${one.unit}`, set: (held, done) => put(name, held, done),
    about: () => drawer(one.label, one.meaning, [
      ["Unit", one.unit || "none"], ["Range", `${short(one.low)} to ${short(one.high)}`], ["Default", short(one.default)],
      ["Prior", one.prior ? spread(one.prior) : "its range"], ["After the record", one.posterior ? spread(one.posterior) : "not in the record"],
      ["Grade", `${one.grade}: ${grades[one.grade]}`], ["Source", one.sources.join("; ")], ["Mechanisms", one.rows.join(", ")]], [],
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => drop("parameters", name) }, "Take back"))),
  });
}
