// Pins: answers kept as A, B and C beside the present one, and put back with one click.
import { byId, dialog, h, table } from "./dom.js";
import { change, copy, emit, on, store } from "./state.js";

const LETTERS = ["A", "B", "C"];
const MOST = 14;

export function start() {
  byId("pin").addEventListener("click", pin);
  on("answer", count);
}

export function pin() {
  const answer = store.answer;
  if (!answer) return;
  const letter = LETTERS.find((one) => !store.pins.some((held) => held.letter === one)) ?? store.pins[0].letter;
  store.pins = [...store.pins.filter((held) => held.letter !== letter), { letter, document: copy(store.document), answer: copy(answer), title: store.document.title ?? store.document.name ?? "" }]
    .sort((a, b) => a.letter.localeCompare(b.letter));
  count();
  show();
}

const count = () => { byId("pin").textContent = store.pins.length ? `Pin (${store.pins.length})` : "Pin"; };

/** What the pins say, beside the present answer. */
export function show() {
  const pinned = store.pins.some(same);
  const now = { letter: "Now", answer: store.answer, title: store.document.title ?? "" };
  const sides = pinned && store.pins.length > 1 ? store.pins : [...store.pins, now];
  const own = store.scope === "all" ? [] : store.answer.allies.filter((row) => store.inScope(row.ally));
  const places = [...own, ...store.answer.allies.filter((row) => store.shown.includes(row.ally) && !own.includes(row))].slice(0, MOST);
  const apart = new Set(sides.map((side) => side.answer.futures)).size > 1;
  const of = (side, iso) => side.answer.allies.find((row) => row.ally === iso);
  const figure = (side, iso, key, times, digits) => { const row = of(side, iso); return row ? String(Number((times * row[key][1]).toPrecision(digits))) : "–"; };
  dialog("Compare",
    h("div", { class: "grid" }, sides.map((side) => h("div", { class: "card" },
      h("h3", {}, `${side.letter}: ${side.title}`),
      h("ul", {}, side.answer.changes.slice(0, 6).map((line) => h("li", {}, line))),
      h("p", { class: "quiet" }, `${side.answer.futures.toLocaleString("en")} futures, seed ${side.answer.seed}`),
      side.letter !== "Now" && h("div", { class: "row" },
        h("button", { type: "button", onclick: () => { restore(side); byId("dialog").close(); } }, `Go back to ${side.letter}`),
        h("button", { type: "button", onclick: () => { store.pins = store.pins.filter((held) => held !== side); count(); store.pins.length ? show() : byId("dialog").close(); } }, "Unpin"))))),
    pinned && store.pins.length === 1 && h("p", { role: "status" }, "This is what is on screen now. Close this, move a lever, then pin again to set both side by side."),
    apart && h("p", { role: "status" }, "These answers have different numbers of futures, so part of what differs is chance. Wait until they have settled, and pin them then."),
    h("h3", {}, `Chance of at least one war by ${store.answer.years[1]}, %`),
    table(["Ally", ...sides.map((side) => side.letter)], places.map((row) => [row.name, ...sides.map((side) => figure(side, row.ally, "war", 100, 2))]), "Chance of war"),
    h("h3", {}, "Expected loss, % of GDP a year"),
    table(["Ally", ...sides.map((side) => side.letter)], places.map((row) => [row.name, ...sides.map((side) => figure(side, row.ally, "loss", 1, 2))]), "Expected loss"));
}

const same = (side) => JSON.stringify(side.document) === JSON.stringify(store.document);

function restore(side) {
  change((held) => { for (const key of Object.keys(held)) delete held[key]; Object.assign(held, copy(side.document)); });
}

export { emit };
