// Conditions of support and remedies: equipment switched off, spending asked for, politics, homeland defence, R30.
import { h } from "./dom.js";
import { store } from "./state.js";
import { altered, compared, finalLevel, finalYear, firstYear, plainOf, scopeName, setLevel, setPlain, switchedOff, unset, unsetPlain } from "./scenario.js";
import { drawer, rests, section, slider } from "./slider.js";

/** The part of the column. */
export function conditions() {
  const { conditions: all } = store.catalogue;
  const moved = all.filter((one) => valueOf(one) !== one.plain).length;
  return section("conditions", "Conditions and remedies", moved ? `${moved} set` : "none",
    h("p", { class: "quiet" }, "Switching off is for the allies chosen above; the rest holds for all."),
    all.filter((one) => !one.table).map(lever),
    h("h3", {}, "Remedies"), all.filter((one) => one.table).map(lever));
}

const valueOf = (one) => (one.dated ? finalLevel(switchedOff(store.document, store.scope)) : plainOf(store.document, one));

function lever(one) {
  const value = valueOf(one);
  const per = one.unit === "share";
  const set = (held, done) => altered((document) => {
    if (one.dated) setLevel(document, store.scope, one.key, held, yearOf(one) ?? firstYear(document) + 1, one.plain);
    else setPlain(document, one, held);
    compared(document);
  }, done);
  const back = () => altered((document) => { if (one.dated) unset(document, store.scope, one.key); else unsetPlain(document, one); });
  return slider({
    key: one.table ? `${one.table}-${one.key}` : one.key, label: one.label, title: one.meaning, value, low: one.low, high: one.high,
    step: per ? 5 : 0.1, scale: per ? 100 : 1, entry: per ? "per cent" : "times today", changed: value !== one.plain, set,
    says: (held) => (per ? `${Math.round(held * 100)} %` : `× ${Number(held.toPrecision(3))}`),
    about: () => drawer(one.label, one.meaning, [
      ["Unit", per ? "per cent" : "multiple of today"], ["Range", per ? "0 to 100 %" : `${one.low} to ${one.high}`],
      ["Holds for", one.dated ? scopeName(store.scope) : "all allies"], ...rests(one)], one.moves,
    h("div", { class: "row" }, value !== one.plain && h("button", { type: "button", onclick: back }, "Take back"))),
  });
}

function yearOf(one) {
  const by = one.dated ? finalYear(switchedOff(store.document, store.scope)) : null;
  return by && by > firstYear(store.document) ? by : null;
}
