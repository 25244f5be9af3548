// What guarantors beside the principal one give (R35): all of it by a factor, a lever each, for all whom it helps.
import { h } from "./dom.js";
import { store } from "./state.js";
import { BY, altered, compared, finalLevel, finalYear, firstYear, lastYear, postureTable } from "./scenario.js";
import { drawer, rests, section, slider } from "./slider.js";

const said = (key) => (typeof store.document.posture === "object" ? store.document.posture.beside?.[key]?.all : undefined);
const level = (key) => finalLevel(said(key) ?? 1);

/** Whether a state is in the world that is run: a scenario may name states and groups. */
function runs(key) {
  const { states } = store.document;
  return !states || states.some((name) => name === key || store.catalogue.scopes.groups[name]?.includes(key));
}

/** The part of the column. */
export function others() {
  const all = store.catalogue.others.filter((one) => runs(one.key));
  const moved = all.filter((one) => said(one.key) !== undefined).length;
  return section("others", "Other guarantors", moved ? `${moved} set` : "as today",
    h("p", { class: "quiet" }, "Each for all allies that it helps beside their principal guarantor. Single channels and allies: in a scenario file."),
    all.map(lever));
}

function lever(one) {
  const value = level(one.key);
  return slider({
    key: `others-${one.key}`, label: one.label, title: one.meaning, value, low: one.low, high: one.high, step: 5, scale: 100,
    entry: "per cent of today", changed: value !== 1, says: (held) => (held === 1 ? "as today" : `${Math.round(held * 100)} % of today`),
    set: (held, done) => altered((document) => { put(document, one.key, held, finalYear(said(one.key) ?? 1)); compared(document); }, done),
    about: () => drawer(one.label, one.meaning, [
      ["Unit", "per cent of what it gives today, each future's own draw from the range of the facts"],
      ["Range", "0 to 200 % of today, a straight line from today; no channel beyond full"], ...rests(one)], one.moves,
    h("div", { class: "row" }, said(one.key) !== undefined && h("button", { type: "button", onclick: () => altered((document) => clear(document, one.key)) }, "Take back"))),
  });
}

function put(document, key, held, by) {
  const table = postureTable(document);
  const [first, until] = [firstYear(document), Math.min(by ?? BY, lastYear(document))];
  const all = until > first ? { [first]: 1.0, [until]: held } : { [first]: held };
  table.beside = { ...(table.beside ?? {}), [key]: { ...(table.beside?.[key] ?? {}), all } };
}

function clear(document, key) {
  const { beside } = document.posture;
  delete beside[key].all;
  if (!Object.keys(beside[key]).length) delete beside[key];
  if (!Object.keys(beside).length) delete document.posture.beside;
}
