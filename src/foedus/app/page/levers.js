// The column of levers: whom they are about, eleven channels with a drawer each, hedges, plans and events.
import { choice, count, h, byId } from "./dom.js";
import { section as target } from "./target.js";
import { change, commit, emit, on, store } from "./state.js";
import { BY, altered, amount, base, finalLevel, finalYear, firstYear, isSet, levelOf, scopeName, setLevel, unset, years } from "./scenario.js";

const open = new Set();
const sections = new Set(["posture"]);

export function begin() {
  on("document", (done) => { if (done) paint(); else refresh(); });
  on("scope", paint);
  paint();
}

function paint() {
  const focus = document.activeElement?.id;
  byId("levers").replaceChildren(
    pickers(),
    ...store.catalogue.channels.map(lever),
    hedges(), events(), plans(), target(), assumed());
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

/** Moving a lever under steady support makes something to compare with it. */
function compared(document) {
  if (document.against === undefined || document.against === "none") document.against = "steady";
}

function lever(channel) {
  const { path, scope, from } = levelOf(store.document, store.scope, channel.key);
  const level = finalLevel(path);
  const id = `lever-${channel.key}`;
  const real = h("span", { class: "real", id: `${id}-real` }, inUnits(channel, level));
  const range = h("input", { type: "range", id, min: "0", max: "200", step: "5", value: String(Math.round(level * 100)),
    "aria-describedby": `${id}-real`, "aria-valuetext": `${Math.round(level * 100)} per cent of today` });
  const number = h("input", { type: "number", min: "0", max: "200", step: "1", value: String(Math.round(level * 100)),
    "aria-label": `${channel.label}, per cent of today` });
  const moved = (value, done) => {
    const share = Math.min(200, Math.max(0, Number(value) || 0)) / 100;
    range.value = number.value = String(Math.round(share * 100));
    range.setAttribute("aria-valuetext", `${Math.round(share * 100)} per cent of today`);
    real.textContent = inUnits(channel, share);
    const by = finalYear(levelOf(store.document, store.scope, channel.key).path);
    altered((document) => { setLevel(document, store.scope, channel.key, share, by && by > firstYear(document) ? by : BY); compared(document); }, done);
  };
  range.addEventListener("input", () => moved(range.value, false));
  range.addEventListener("change", () => { commit(); emit("document", true); });
  number.addEventListener("change", () => moved(number.value, true));
  const why = h("button", { type: "button", class: "why", id: `${id}-why`, "aria-expanded": String(open.has(channel.key)),
    "aria-label": `About ${channel.label}`, onclick: () => { open.has(channel.key) ? open.delete(channel.key) : open.add(channel.key); paint(); } }, "?");
  const set = isSet(store.document, store.scope, channel.key);
  return h("div", { class: `lever${set || (from !== "today" && level !== 1) ? " changed" : ""}` },
    h("div", { class: "line" }, h("label", { for: id, title: channel.meaning }, channel.label), real),
    h("div", { class: "move" }, range, number, why),
    open.has(channel.key) && drawer(channel, { path, scope, from, level, set }));
}

function inUnits(channel, level) {
  const held = amount(channel, store.scope, level);
  return held ? `${count(held.value)} ${held.unit}` : level === 1 ? "as today" : `${Math.round(level * 100)} % of today`;
}

function drawer(channel, held) {
  const { grades } = store.catalogue;
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
  return h("div", { class: "drawer", role: "group", "aria-label": `About ${channel.label}` },
    h("p", {}, `${channel.meaning[0].toUpperCase()}${channel.meaning.slice(1)}.`),
    h("div", { class: "row" }, h("label", {}, "Reached in ", until), held.set && h("button", { type: "button", onclick: () => altered((document) => unset(document, store.scope, channel.key)) }, "Take back")),
    h("dl", {},
      h("dt", {}, "Set by"), h("dd", {}, set),
      h("dt", {}, "Unit"), h("dd", {}, counted),
      h("dt", {}, "Range"), h("dd", {}, "0 to 200 % of today, a straight line from today"),
      h("dt", {}, "Grade"), h("dd", {}, channel.grades.map((grade) => `${grade}: ${grades[grade]}`).join("; ") || "–"),
      h("dt", {}, "Source"), h("dd", {}, channel.sources.join(", ") || "–"),
      h("dt", {}, "Record"), h("dd", {}, channel.record)),
    h("p", {}, "Moves most: ", channel.moves.map((kind) => h("button", { type: "button", class: "link", onclick: () => emit("picture", kind) },
      store.catalogue.pictures.find((p) => p.kind === kind)?.label ?? kind)).flatMap((link, place) => (place ? [", ", link] : [link]))));
}

function section(key, title, said, ...children) {
  return h("details", { class: "plain", open: sections.has(key), ontoggle: (event) => { event.target.open ? sections.add(key) : sections.delete(key); } },
    h("summary", {}, title, said && h("span", { class: "quiet" }, ` ${said}`)), ...children);
}

const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function hedges() {
  const held = store.document.doctrine ?? {};
  const [first] = years(store.document);
  const rules = Object.entries(held).flatMap(([scope, rule]) => listOf(rule).map((one) => [scope, one]));
  const whom = store.scope;
  const spending = h("input", { type: "number", min: "0.1", max: "20", step: "0.1", placeholder: "% of GDP", "aria-label": "Military spending, per cent of GDP" });
  const option = choice("What money buys more of", store.catalogue.options.map((name) => [name, name.replaceAll("_", " ")]), "pool", () => {});
  const share = h("input", { type: "number", min: "1", max: "100", value: "20", "aria-label": "Points of flexible money" });
  const add = (rule) => altered((document) => {
    document.doctrine = { ...(document.doctrine ?? {}) };
    document.doctrine[whom] = [...listOf(document.doctrine[whom]), rule];
    compared(document);
    document.against = asTable(document.against);
    document.against.doctrine ??= {};
  });
  return section("hedges", "What allies do", rules.length ? `${rules.length} ordered` : "as the model decides",
    h("p", { class: "quiet" }, `Order ${scopeName(whom)}, from ${first} on. Steady support keeps what the model decides.`),
    h("div", { class: "row" }, spending, h("button", { type: "button", onclick: () => spending.value && add({ spending: round(Number(spending.value) / 100) }) }, "Order spending")),
    h("div", { class: "row" }, option, share, h("button", { type: "button", onclick: () => share.value && add({ rule: `${option.value} + ${round(Number(share.value) / 100)}` }) }, "Order purchase")),
    rules.map(([scope, rule], place) => h("div", { class: "check" },
      h("span", {}, `${scopeName(scope)}: ${rule.rule ?? (rule.spending !== undefined ? `spending ${describe(rule.spending)}` : "shares")}`),
      h("button", { type: "button", "aria-label": `Remove order ${place + 1}`, onclick: () => altered((document) => drop(document, scope, rule)) }, "Remove"))));
}

const round = (value) => Math.round(value * 10000) / 10000;
const describe = (value) => (typeof value === "number" ? `${round(value * 100)} % of GDP` : Object.entries(value).map(([year, x]) => `${round(x * 100)} % in ${year}`).join(", "));

/** The side compared with as a table, so that it can have parts of its own. */
function asTable(against) {
  if (typeof against === "string") return against === "steady" || against === "none" ? { base: "steady" } : { base: against };
  return against ?? { base: "steady" };
}

function drop(document, scope, rule) {
  const left = listOf(document.doctrine[scope]).filter((one) => JSON.stringify(one) !== JSON.stringify(rule));
  if (left.length) document.doctrine[scope] = left;
  else delete document.doctrine[scope];
  if (!Object.keys(document.doctrine).length) {
    delete document.doctrine;
    if (typeof document.against === "object") delete document.against.doctrine;
  }
}

function plans() {
  const set = (event) => altered((document) => { if (event.target.checked) delete document.plans; else document.plans = false; });
  return h("div", { class: "plain" }, h("label", { class: "check" },
    h("input", { type: "checkbox", id: "plans", checked: store.document.plans !== false, onchange: set }),
    h("span", {}, h("strong", {}, "Announced spending plans count"), h("br"), h("small", {}, "Off is foedus run --without-plans; it holds for both sides."))));
}

const EVENTS = [
  { key: "election", title: "A guarantor less sure of itself", said: "Its politics vary twice as much, in every year.",
    is: (d) => d.posture?.politics_variance === 2, set: (d) => { table(d).politics_variance = 2; }, clear: (d) => { delete d.posture.politics_variance; } },
  { key: "ceasefire", title: "Ceasefire in Ukraine", said: "In 2027 the war stops where the front stands.",
    is: (d) => d.wars?.RUS?.UKR !== undefined, set: (d) => dated(d, "wars", "RUS", "UKR", { ceasefire: 2027 }), clear: (d) => undated(d, "wars", "RUS", "UKR") },
  { key: "taiwan", title: "China presses Taiwan", said: "China grows more hostile to Taiwan by 2028 (+0.3).",
    is: (d) => d.events?.CHN?.TWN !== undefined, set: (d) => dated(d, "events", "CHN", "TWN", { 2026: 0.0, 2028: 0.3 }), clear: (d) => undated(d, "events", "CHN", "TWN") },
  { key: "baltic", title: "Russia presses the Baltics", said: "Russia grows more hostile to the Baltics by 2028 (+0.3).",
    is: (d) => d.events?.RUS?.Baltics !== undefined, set: (d) => dated(d, "events", "RUS", "Baltics", { 2026: 0.0, 2028: 0.3 }), clear: (d) => undated(d, "events", "RUS", "Baltics") },
  { key: "intelligence", title: "Intelligence suspended", said: "For a year, 2027, then back: for the allies chosen above.",
    is: (d) => JSON.stringify(own(d)) === JSON.stringify(CUT), set: (d) => put(d, CUT), clear: (d) => unset(d, store.scope, "intelligence") },
];
const CUT = { 2026: 1.0, 2027: 0.0, 2028: 1.0 };
const table = (d) => { if (typeof d.posture === "string") d.posture = d.posture === "steady" ? {} : { base: d.posture }; d.posture ??= {}; return d.posture; };
const own = (d) => (typeof d.posture !== "object" ? undefined : store.scope === "all" ? d.posture.intelligence : d.posture[store.scope]?.intelligence);
const put = (d, path) => { const t = table(d); if (store.scope === "all") t.intelligence = path; else t[store.scope] = { ...(t[store.scope] ?? {}), intelligence: path }; };

/** Put something that happens by date (`events` or `wars`) on this side alone. */
function dated(document, kind, challenger, target, path) {
  document[kind] = { ...(document[kind] ?? {}) };
  document[kind][challenger] = { ...(document[kind][challenger] ?? {}), [target]: path };
  document.against = asTable(document.against);
  document.against[kind] ??= {};
}
function undated(document, kind, challenger, target) {
  delete document[kind][challenger][target];
  if (!Object.keys(document[kind][challenger]).length) delete document[kind][challenger];
  if (!Object.keys(document[kind]).length) {
    delete document[kind];
    if (typeof document.against === "object") delete document.against[kind];
  }
}

function events() {
  const on = EVENTS.filter((one) => one.is(store.document)).length;
  return section("events", "Events", on ? `${on} on` : "none",
    EVENTS.map((one) => h("label", { class: "check" },
      h("input", { type: "checkbox", id: `event-${one.key}`, checked: one.is(store.document), onchange: (e) => altered((d) => { if (e.target.checked) { one.set(d); compared(d); } else one.clear(d); }) }),
      h("span", {}, one.title, h("br"), h("small", {}, `${one.said} Graded A: a judgement.`)))));
}

function assumed() {
  const { ensembles, limits } = store.catalogue;
  const [first, last] = years(store.document);
  const set = (key, value) => change((document) => { document[key] = value; });
  const number = (key, value, low, high, label) => h("label", { class: "check" }, h("input", { type: "number", id: `set-${key}`, value: String(value), min: String(low), max: String(high),
    onchange: (e) => set(key, Math.min(high, Math.max(low, Math.round(Number(e.target.value) || low)))) }), label);
  return section("assumed", "Years, futures, seed", `${first}–${last}, seed ${store.document.seed ?? 1}`,
    h("label", { class: "check" }, h("input", { type: "number", id: "set-last", value: String(last), min: String(first + 1), max: String(first + limits.years - 1),
      onchange: (e) => set("years", [first, Math.min(first + limits.years - 1, Math.max(first + 1, Number(e.target.value) || last))]) }), "last year"),
    number("futures", store.document.futures ?? limits.futures, 16, limits.futures, "futures at most"),
    number("seed", store.document.seed ?? 1, 0, 1000000, "seed of the random draws"),
    h("label", { class: "check" }, choice("Ensemble", ensembles.map((name) => [name, name]), store.document.ensemble ?? ensembles.at(-2), (name) => set("ensemble", name)), "parameters drawn from"));
}

/** While a lever is dragged only the rest of the column follows, never the lever itself. */
function refresh() { /* the levers paint themselves while they move */ }
