// The column of levers: whom they are about, eleven channels of support, and the parts below them.
import { mechanisms, parameters } from "./assumptions.js";
import { conditions } from "./conditions.js";
import { choice, count, h, byId } from "./dom.js";
import { events, plans } from "./events.js";
import { hedges } from "./hedges.js";
import { others } from "./others.js";
import { section as target } from "./target.js";
import { change, emit, on, store } from "./state.js";
import { BY, altered, amount, base, compared, finalLevel, finalYear, firstYear, isSet, levelOf, scopeName, setLevel, unset, years } from "./scenario.js";
import { drawer, rests, section, slider } from "./slider.js";

export function begin() {
  on("document", (done) => { if (done) paint(); });
  on("column", paint);
  on("scope", paint);
  paint();
}

function paint() {
  const focus = document.activeElement?.id;
  byId("levers").replaceChildren(
    pickers(),
    ...store.catalogue.channels.map(lever),
    others(), conditions(), hedges(), events(), plans(), target(), parameters(), mechanisms(), setup());
  if (focus && byId(focus)) byId(focus).focus();
}

function pickers() {
  const { scopes, presets } = store.catalogue;
  const whom = [["all", "All allies"], ["Regions", Object.keys(scopes.regions).map((name) => [name, name])],
    ["Groups", Object.keys(scopes.groups).map((name) => [name, name])],
    ["Allies", scopes.allies.map((ally) => [ally.iso3, ally.name])]];
  return h("div", { class: "pickers" },
    h("label", {}, "Start from", choice("Start from", presets.map((p) => [p.name, p.title.split(":")[0]]), base(store.document), startFrom, { id: "start-from" })),
    h("label", {}, "Move the levers for", choice("Move the levers for", whom, store.scope, (scope) => { store.scope = scope; emit("scope"); }, { id: "scope" })),
    h("label", {}, "Your question, for the head of the page", h("input", { type: "text", id: "question", maxlength: "200", value: store.document.question ?? "",
      placeholder: "What if …?", onchange: (event) => ask(event.target.value.trim()) })));
}

function ask(question) {
  change((document) => { if (question) document.question = question; else delete document.question; });
}

function startFrom(name) {
  change((document) => {
    delete document.extends;
    document.posture = name;
    document.name = name;
    document.title = store.catalogue.presets.find((p) => p.name === name).title.split(":")[0];
    document.against = name === "steady" ? "none" : "steady";
    delete document.question;
  });
}

function lever(channel) {
  const held = levelOf(store.document, store.scope, channel.key);
  const level = finalLevel(held.path);
  const mine = isSet(store.document, store.scope, channel.key);
  const set = (share, done) => {
    const by = finalYear(levelOf(store.document, store.scope, channel.key).path);
    altered((document) => { setLevel(document, store.scope, channel.key, share, by && by > firstYear(document) ? by : BY); compared(document); }, done);
  };
  return slider({
    key: channel.key, label: channel.label, title: channel.meaning, value: level, low: 0, high: 2, step: 5, scale: 100,
    entry: "per cent of today", says: (share) => inUnits(channel, share), changed: mine || (held.from !== "today" && level !== 1), set,
    about: () => about(channel, { ...held, level, mine }),
  });
}

function inUnits(channel, level) {
  const held = amount(channel, store.scope, level);
  return held ? `${count(held.value)} ${held.unit}` : level === 1 ? "as today" : `${Math.round(level * 100)} % of today`;
}

function about(channel, held) {
  const [first, last] = years(store.document);
  const by = finalYear(held.path) ?? first;
  const until = h("input", { type: "number", min: String(first), max: String(last), value: String(by), "aria-label": `${channel.label}: reached in year` });
  until.addEventListener("change", () => altered((document) => {
    setLevel(document, store.scope, channel.key, held.level, Math.min(last, Math.max(first, Number(until.value))));
    compared(document);
  }));
  const set = held.from === "today" ? "nothing: as today" : held.from === "preset"
    ? `the preset, for ${scopeName(held.scope).toLowerCase()}` : held.scope === store.scope ? "you" : `the lever for ${scopeName(held.scope)}`;
  const counted = channel.count ? `persons or items counted at each ally; today ${inUnits(channel, 1)} for ${scopeName(store.scope)}` : "level relative to today; nobody counts it in a unit of its own";
  return drawer(channel.label, channel.meaning, [
    ["Set by", set], ["Unit", counted], ["Range", "0 to 200 % of today, a straight line from today"], ...rests(channel)], channel.moves,
  h("div", { class: "row" }, h("label", {}, "Reached in ", until),
    held.mine && h("button", { type: "button", onclick: () => altered((document) => unset(document, store.scope, channel.key)) }, "Take back")));
}

function setup() {
  const { ensembles, limits } = store.catalogue;
  const [first, last] = years(store.document);
  const set = (key, value) => change((document) => { document[key] = value; });
  const number = (key, value, low, high, label) => h("label", { class: "check" }, h("input", { type: "number", id: `set-${key}`, value: String(value), min: String(low), max: String(high),
    onchange: (e) => set(key, Math.min(high, Math.max(low, Math.round(Number(e.target.value) || low)))) }), label);
  return section("setup", "Years, futures, seed", `${first}–${last}, seed ${store.document.seed ?? 1}`,
    h("label", { class: "check" }, h("input", { type: "number", id: "set-last", value: String(last), min: String(first + 1), max: String(first + limits.years - 1),
      onchange: (e) => set("years", [first, Math.min(first + limits.years - 1, Math.max(first + 1, Number(e.target.value) || last))]) }), "last year"),
    number("futures", store.document.futures ?? limits.futures, 16, limits.futures, "futures at most"),
    number("seed", store.document.seed ?? 1, 0, 1000000, "seed of the random draws"),
    h("label", { class: "check" }, choice("Ensemble", ensembles.map((name) => [name, name]), store.document.ensemble ?? ensembles.at(-2), (name) => set("ensemble", name)), "parameters drawn from"));
}
