// The table-top page: joining by a code, the table as a seat sees it, and what the seat can do.
import { get, post } from "./api.js";
import { byId, choice, h, save, table as grid } from "./dom.js";
import { draw, ready } from "./draw.js";
import { orderForm } from "./table-orders.js";
import { facilitator } from "./table-lead.js";

const KEPT = "foedus-table";
let code = "";
let seen = null;
let source = null;
let draft = null;
const message = h("input", { type: "text", "aria-label": "Message", maxlength: "2000", "data-keep": "message" });

export const api = (what, body) => (body === undefined ? get(`/api/tables/${code}${what}`) : post(`/api/tables/${code}${what}`, body));

export function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

export function status(text, state = "settled") {
  byId("status").textContent = text;
  byId("status").dataset.state = state;
}

async function start() {
  ready();
  addEventListener("hashchange", () => location.reload());
  code = location.hash.slice(1).toUpperCase();
  if (/^[A-Z2-9]{6,12}$/.test(code)) await sit();
  else await entrance();
}

/** The page of somebody without a code: join, begin, go on. */
async function entrance(wrong = "") {
  status("No seat yet");
  const catalogue = await get("/api/start");
  const joined = h("input", { type: "text", "aria-label": "Code of your seat", maxlength: "12", autocomplete: "off", spellcheck: "false" });
  const known = [["Presets", catalogue.presets.map((one) => [one.name, one.title])], ["Scenarios", catalogue.scenarios.map((one) => [one.name, one.title])]];
  let scenario = "limited-support";
  const first = h("input", { type: "number", value: "2026", min: "2026", max: "2060", "aria-label": "First year" });
  const last = h("input", { type: "number", value: "2031", min: "2026", max: "2060", "aria-label": "Last year" });
  const seed = h("input", { type: "number", value: "7", min: "0", "aria-label": "Seed of what happens" });
  const teams = h("textarea", { "aria-label": "Teams", rows: "4" }, "guarantor=guarantor\nallies=allies\ntreasury=treasury\nadversary=adversary");
  const begin = async () => {
    status("Beginning…", "refining");
    const document = await get(`/api/scenarios/${encodeURIComponent(scenario)}`);
    const named = teams.value.split("\n").map((line) => line.trim()).filter(Boolean);
    enter(await post("/api/tables", { document, years: [Number(first.value), Number(last.value)], seed: Number(seed.value), teams: named }));
  };
  const goOn = async (record) => { status("Opening the record…", "refining"); enter(await post("/api/tables/record", { record })); };
  const file = h("input", { type: "file", accept: ".json", "aria-label": "Record of an exercise", onchange: (event) => tried(async () => goOn(await event.target.files[0].text())) });
  const before = localStorage.getItem(KEPT);
  byId("seat").replaceChildren(h("div", { class: "begin" },
    h("form", { class: "card join", onsubmit: (event) => { event.preventDefault(); location.hash = joined.value.trim(); } },
      h("h2", {}, "Join"), h("p", { class: "quiet" }, "The facilitator has a code for your team."),
      h("div", { class: "row" }, joined, h("button", { class: "primary", type: "submit" }, "Sit down"))),
    h("form", { class: "card", onsubmit: (event) => { event.preventDefault(); tried(begin); } },
      h("h2", {}, "Begin an exercise"), h("p", { class: "quiet" }, "You become its facilitator. Choose scenario and seed before anybody plays, and keep to them."),
      h("div", { class: "form" },
        h("label", {}, "Scenario", choice("Scenario", known, scenario, (value) => { scenario = value; })),
        h("label", {}, "First year", first), h("label", {}, "Last year", last), h("label", {}, "Seed", seed)),
      h("label", { class: "quiet" }, "Teams, one a line: NAME=ROLE or NAME=ROLE:WHOM, such as Warsaw=allies:POL", teams),
      h("div", { class: "row" }, h("button", { class: "primary", type: "submit" }, "Begin"))),
    h("section", { class: "card" }, h("h2", {}, "Go on with a record"),
      h("p", { class: "quiet" }, "The file record.json of an exercise, of this page or of foedus tabletop. Seats get new codes."), file,
      before && h("div", { class: "row" }, h("button", { type: "button", onclick: () => tried(() => goOn(before)) }, "Go on with the last one of this browser")))));
  notice(wrong);
}

function enter(codes) { location.hash = codes.facilitator; }

/** Do something that may be refused, and say why. */
export async function tried(does) {
  notice("");
  try {
    await does();
  } catch (error) {
    status("Refused", "problem");
    notice(error.message);
  }
}

async function sit() {
  try {
    await show();
  } catch (error) {
    if (error.status !== 404) throw error;
    history.replaceState(null, "", "/table");
    await entrance(error.message);
    return;
  }
  source = new EventSource(`/api/tables/${code}/events`);
  source.addEventListener("changed", (event) => { if (JSON.parse(event.data).version !== seen.version) tried(show); });
  source.onerror = () => status("The server does not answer. Is foedus app still running?", "problem");
  source.onopen = () => said();
}

function said() {
  const who = seen.waiting.length ? `waiting for ${seen.waiting.join(", ")}` : "all have moved";
  status(seen.year === null ? "The exercise is over" : `${seen.year} is open · ${who}`, seen.waiting.length ? "refining" : "settled");
}

async function show() {
  const now = await api("");
  const turned = seen !== null && seen.year !== now.year;
  seen = now;
  byId("title").textContent = `${now.title} · ${now.seat}`;
  document.title = `${now.seat}, ${now.year ?? "over"} · Foedus table-top`;
  const held = document.activeElement?.dataset?.keep;
  const lead = now.role === "";
  byId("seat").replaceChildren(h("div", { class: "seat" },
    h("div", {}, answer(now), expected(now), past(now)),
    h("div", {}, lead ? facilitator(now) : orders(now), messages(now), teams(now))));
  if (held) byId("seat").querySelector(`[data-keep="${held}"]`)?.focus();
  if (turned) byId("happened")?.focus();
  if (now.picture) { const slot = byId("seat").querySelector(".draw"); await draw(slot, now.picture, now.picture.title); }
  said();
  if (lead) localStorage.setItem(KEPT, await (await fetch(`/api/tables/${code}/files/record.json`)).text());
}

const points = (title, lines) => lines?.length ? [h("h3", {}, title), h("ul", {}, lines.map((line) => h("li", {}, line)))] : [];

function answer(now) {
  if (!now.answer) return h("section", { class: "card happened" }, h("h2", {}, `Before ${now.year}`), h("p", {}, now.question || "Nobody has moved yet."),
    h("p", { class: "quiet" }, `${now.years[0]} to ${now.years.at(-1)}, seed ${now.seed}, ${now.analysts} analysts' futures.`));
  return h("section", { class: "card happened" }, h("h2", { id: "happened", tabindex: "-1" }, `${now.answer.year}: what happened`),
    h("ul", {}, now.answer.happened.map((line) => h("li", {}, line))),
    ...points("What the orders changed in what was expected", now.answer.changed),
    now.answer.unordered && h("details", {}, h("summary", {}, "Otherwise, with the same luck and no orders (for the debrief)"), h("ul", {}, now.answer.unordered.map((line) => h("li", {}, line)))));
}

function expected(now) {
  if (now.year === null) return null;
  return h("section", { class: "card" }, h("h2", {}, `Expected at the start of ${now.year}`),
    h("ul", {}, now.expected.map((line) => h("li", {}, line))),
    now.picture && h("figure", {}, h("div", { class: "draw", "aria-hidden": "true" }), h("figcaption", {}, `${now.picture.title}. ${now.picture.caption}`),
      h("details", {}, h("summary", {}, "The same as a table"), grid(now.picture.heads, now.picture.table, now.picture.title))),
    grid(now.table.heads, now.table.rows, now.table.title));
}

function past(now) {
  if (!now.before.length) return null;
  return h("section", { class: "card" }, h("h2", {}, "Earlier years"), now.before.toReversed().map((year) =>
    h("details", {}, h("summary", {}, String(year.year)), h("ul", {}, year.happened.map((line) => h("li", {}, line))))));
}

function orders(now) {
  if (now.year === null) return h("section", { class: "card" }, h("h2", {}, "The exercise is over"), h("p", {}, "The facilitator has the account."));
  const { lines, why, form } = drafting(now);
  const wrong = h("p", { class: "wrong", role: "alert" });
  const seal = async (text) => {
    wrong.textContent = "";
    try {
      await api("/move", { lines: text, why: why.value });
    } catch (error) { wrong.textContent = error.message; }
  };
  return h("section", { class: "card move" }, h("h2", {}, `Your move for ${now.year}`), h("p", { class: "quiet" }, `You decide ${now.decides}.`),
    ...now.injected.map((words) => h("p", { class: "read" }, words)),
    form, lines,
    h("div", { class: "form" }, h("label", {}, "Why, in a sentence", why)),
    h("div", { class: "row" },
      h("button", { class: "primary", type: "button", "data-keep": "seal", onclick: () => seal(lines.value) }, now.sealed === null ? "Seal the move" : "Seal it again"),
      h("button", { type: "button", "data-keep": "pass", onclick: () => { lines.value = ""; seal(""); } }, "Pass")),
    wrong,
    h("p", { class: "state " + (now.sealed === null ? "waiting" : "moved"), role: "status" },
      now.sealed === null ? "Not sealed yet: nobody else can see this." : now.sealed ? "Sealed. Others see that you have moved, not what." : "Sealed: you pass."));
}

/** The move as it is being written: kept while the year is open, whatever else changes at the table. */
function drafting(now) {
  if (draft?.year === now.year) return draft;
  const lines = h("textarea", { class: "lines", "aria-label": "Orders, a line each", "data-keep": "lines", spellcheck: "false" });
  lines.value = now.sealed ?? "";
  const why = h("input", { type: "text", "aria-label": "Why, in a sentence", maxlength: "2000", "data-keep": "why" });
  const add = (line) => { lines.value = [lines.value.trim(), line].filter(Boolean).join("\n"); lines.focus(); };
  draft = { year: now.year, lines, why, form: orderForm(now.orders, add) };
  return draft;
}

function messages(now) {
  let to = "";
  const whom = [["", "everybody"], ["facilitator", "facilitator"], ...now.teams.map((team) => [team.name, team.name])].filter(([name]) => name !== now.seat);
  return h("section", { class: "card" }, h("h2", {}, "Messages"),
    h("ul", {}, now.messages.slice(-12).map((one) => h("li", {}, `${one.year}, ${one.sender} to ${one.to || "everybody"}: ${one.text}`))),
    h("form", { class: "form", onsubmit: (event) => { event.preventDefault(); if (message.value.trim()) tried(async () => { await api("/say", { text: message.value, to }); message.value = ""; }); } },
      h("label", {}, "To", choice("To", whom, "", (value) => { to = value; })), h("label", {}, "Message", message),
      h("button", { type: "submit" }, "Send")));
}

function teams(now) {
  return h("section", { class: "card" }, h("h2", {}, "At the table"), h("ul", {}, now.teams.map((team) =>
    h("li", { class: `state ${now.year === null || team.moved ? "moved" : "waiting"}` }, `${team.name}${team.of.length ? ` (${team.of.join(", ")})` : ""}: ${team.role}`))));
}

/** Have the browser save a file of the exercise. */
export async function fetched(name) {
  const response = await fetch(`/api/tables/${code}/files/${name}`);
  if (!response.ok) throw new Error((await response.json()).detail);
  save(name, await response.blob(), "");
}

start().catch((error) => { status("The page could not start", "problem"); notice(error.message); });
