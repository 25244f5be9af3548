// What it rests on: the ledger of parameters before and after the record, and the facts about a state.
import { choice, h, table } from "./dom.js";
import { filled, ofRecord } from "./looking.js";
import { on, emit, store } from "./state.js";

export const id = "evidence";
export const title = "Evidence";

let tab = "ledger";
let state = "EST";
const SHOWN = 60;

on("facts", (iso) => { tab = "facts"; state = iso; emit("open", "evidence"); });

export function show(place) {
  if (store.grep) tab = "ledger";
  const head = h("div", { class: "head" }, h("h1", {}, tab === "ledger" ? "Parameters" : "Facts"),
    h("div", { class: "pick" },
      choice("What to show", [["ledger", "Parameters of the model"], ["facts", "Facts about a state"]], tab, (chosen) => { tab = chosen; show(place); }, { id: "evidence-tab" }),
      tab === "facts" && choice("State", Object.entries(store.catalogue.states).sort((a, b) => a[1].localeCompare(b[1])), state, (chosen) => { state = chosen; show(place); }, { id: "evidence-state" })));
  return tab === "ledger" ? ledger(place, head) : facts(place, head);
}

const short = (value) => Number(value.toPrecision(3)).toString();

function ledger(place, head) {
  return filled(place, head, ofRecord("evidence", { ensemble: store.document.ensemble ?? store.catalogue.ensembles.at(-2) }), (found) => {
    const list = h("div", {});
    const search = h("input", { type: "search", id: "grep", value: store.grep ?? "", placeholder: "search: reputation, R02, precision…", "aria-label": "Search parameters", oninput: () => fill() });
    store.grep = null;
    const fill = () => {
      const word = search.value.toLowerCase();
      const rows = found.rows.filter((one) => `${one.name} ${one.label} ${one.meaning} ${one.rows.join(" ")} ${one.grade}`.toLowerCase().includes(word));
      list.replaceChildren(
        h("p", { class: "quiet" }, `${rows.length} of ${found.rows.length} parameters${rows.length > SHOWN ? `; the first ${SHOWN} are shown` : ""}. Record: ${found.record}.`),
        table(["Parameter", "default", "range", "prior", "after the record", "grade", "mechanisms"], rows.slice(0, SHOWN).map((one) => [
          h("details", { open: rows.length === 1 }, h("summary", {}, one.label), h("p", {}, `${one.meaning} (${one.unit || "no unit"})`), h("p", { class: "quiet" }, one.sources.join("; "))),
          short(one.default), `${short(one.low)} to ${short(one.high)}`,
          one.prior ? `${short(one.prior[0])} ± ${short(one.prior[1])}` : "its range", one.posterior ? `${short(one.posterior[0])} ± ${short(one.posterior[1])}` : "not in the record",
          one.grade, one.rows.join(" ")]), "Parameters"));
    };
    fill();
    return [h("section", { class: "card" }, search, list, h("p", { class: "quiet" }, Object.entries(store.catalogue.grades).map(([grade, words]) => `${grade}: ${words}`).join("; ")))];
  });
}

function facts(place, head) {
  return filled(place, head, ofRecord("facts", { state }), (found) => [
    h("p", { class: "quiet" }, found.groups.length ? `In: ${found.groups.join(", ")}.` : "In no group."),
    h("section", { class: "card" }, table(["Fact", "about", "value", "range", "unit", "year", "grade", "source"], found.rows.map((one) => [
      h("span", { title: one.note }, one.variable), one.about, one.value, one.range, one.unit, String(one.year), one.grade, one.source]), `Facts about ${found.state}`))]);
}
