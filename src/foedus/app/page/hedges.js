// What allies are ordered to do: spending, and what the money they can move buys.
import { choice, h } from "./dom.js";
import { emit, store } from "./state.js";
import { altered, asTable, compared, scopeName, tidied, years } from "./scenario.js";
import { drawer, isOpen, rests, section, why } from "./slider.js";

const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const round = (value) => Math.round(value * 10000) / 10000;
let chosen = "pool";

/** The part of the column. */
export function hedges() {
  const [first] = years(store.document);
  const rules = Object.entries(store.document.doctrine ?? {}).flatMap(([scope, rule]) => listOf(rule).map((one) => [scope, one]));
  const { options } = store.catalogue;
  const spending = h("input", { type: "number", id: "hedge-spending", min: "0.1", max: "20", step: "0.1", placeholder: "% of GDP", "aria-label": "Military spending, per cent of GDP" });
  const share = h("input", { type: "number", id: "hedge-share", min: "1", max: "100", value: "20", "aria-label": "Points of the money it can move" });
  const option = choice("What money buys more of", options.map((one) => [one.key, one.label]), chosen, (key) => { chosen = key; if (isOpen("hedge-option")) emit("column"); }, { id: "hedge-option" });
  return section("hedges", "What allies do", rules.length ? `${rules.length} ordered` : "as the model decides",
    h("p", { class: "quiet" }, `Orders for ${store.scope === "all" ? "all allies" : scopeName(store.scope)}, from ${first} on. The side compared with keeps what the model decides.`),
    h("div", { class: "row" }, spending, h("button", { type: "button", onclick: () => spending.value && order({ spending: round(Number(spending.value) / 100) }) }, "Order spending"), why("hedge-spending", "military spending")),
    isOpen("hedge-spending") && ofSpending(),
    h("div", { class: "row" }, option, share, h("button", { type: "button", onclick: () => share.value && order({ rule: `${chosen} + ${round(Number(share.value) / 100)}` }) }, "Order purchase"), why("hedge-option", "this purchase")),
    isOpen("hedge-option") && ofOption(options.find((one) => one.key === chosen)),
    rules.map(([scope, rule], place) => h("div", { class: "check" },
      h("span", {}, `${scopeName(scope)}: ${told(rule)}`),
      h("button", { type: "button", "aria-label": `Remove order ${place + 1}`, onclick: () => altered((document) => drop(document, scope, rule)) }, "Remove"))));
}

const told = (rule) => rule.rule ?? (rule.spending !== undefined ? `spending ${describe(rule.spending)}` : "shares of money");
const describe = (value) => (typeof value === "number" ? `${round(value * 100)} % of GDP` : Object.entries(value).map(([year, x]) => `${round(x * 100)} % in ${year}`).join(", "));

function ofSpending() {
  return drawer("military spending", "what the ally spends on its forces in place of what the model decides", [
    ["Unit", "per cent of GDP"], ["Range", "0.1 to 50 %"],
    ["Grade", "A: an order of yours; whether opinion and debt would carry it is recorded (measure beyond)"],
    ["Record", "R03, R13: debt and opinion bound what a state would spend; an order goes before both, and before an announced plan"]],
  ["spending_all", "risks"]);
}

function ofOption(held) {
  return drawer(held.label, held.meaning, [["Unit", "points of the procurement money that the ally can move"], ["Range", "1 to 100 points"], ...rests(held)], held.moves);
}

function order(rule) {
  altered((document) => {
    document.doctrine = { ...(document.doctrine ?? {}) };
    document.doctrine[store.scope] = [...listOf(document.doctrine[store.scope]), rule];
    compared(document);
    document.against = asTable(document.against);
    document.against.doctrine ??= {};
  });
}

function drop(document, scope, rule) {
  const left = listOf(document.doctrine[scope]).filter((one) => JSON.stringify(one) !== JSON.stringify(rule));
  if (left.length) document.doctrine[scope] = left;
  else delete document.doctrine[scope];
  if (!Object.keys(document.doctrine).length) {
    delete document.doctrine;
    if (typeof document.against === "object") delete document.against.doctrine;
    tidied(document);
  }
}
