// The document and its levers: what a channel's level is for a scope, where it was set, and setting it.
import { change, store } from "./state.js";

export const BY = 2030;
const CHANGED = "-changed";

/** The table of the posture, made one where it is a preset's name. */
export function postureTable(document) {
  if (typeof document.posture === "string") document.posture = document.posture === "steady" ? {} : { base: document.posture };
  document.posture ??= {};
  return document.posture;
}

/** Change what the scenario says by a lever: what was changed is no longer what it was called. */
export function altered(alter, done = true) {
  change((document) => {
    const was = JSON.stringify(document);
    alter(document);
    if (JSON.stringify(document) !== was) renamed(document);
  }, done);
}

function renamed(document) {
  const name = document.name ?? "scenario";
  if (name.endsWith(CHANGED)) return;
  document.title = `${document.title ?? name} (changed)`;
  document.name = `${name}${CHANGED}`;
}

/** The preset under the posture: steady where there is none. */
export function base(document) {
  if (typeof document.posture === "string") return document.posture;
  return document.posture?.base ?? (store.catalogue.postures[document.extends] ? document.extends : "steady");
}

const own = (document) => (typeof document.posture === "object" ? document.posture : {});

/** Whom a scope covers, by iso3. */
export function members(scope) {
  const { allies, regions, groups } = store.catalogue.scopes;
  if (scope === "all") return allies.map((ally) => ally.iso3);
  return regions[scope] ?? groups[scope] ?? [scope];
}

/** The scopes that say something of this one, narrowest first. */
function wider(scope) {
  const { allies, regions, groups } = store.catalogue.scopes;
  if (scope === "all" || regions[scope] || groups[scope]) return scope === "all" ? ["all"] : [scope, "all"];
  const ally = allies.find((one) => one.iso3 === scope);
  const belongs = Object.keys(groups).filter((name) => groups[name].includes(scope)).reverse();
  return [scope, ...belongs, ally?.region, "all"].filter(Boolean);
}

const said = (table, scope, channel) => (scope === "all" ? table?.[channel] : table?.[scope]?.[channel]);

/** The dated level of a channel for a scope, {path, scope, from}: as the reader of scenario files would have it. */
export function levelOf(document, scope, channel) {
  const tables = [[own(document), "here"], [store.catalogue.postures[base(document)] ?? {}, "preset"]];
  for (const at of wider(scope)) {
    for (const key of [channel, "all"]) {
      for (const [table, from] of tables) {
        const path = said(table, at, key);
        if (path !== undefined && typeof path !== "string") return { path, scope: at, from };
      }
    }
  }
  return { path: 1, scope: "all", from: "today" };
}

/** Where a path ends: its last level. */
export const finalLevel = (path) => (typeof path === "number" ? path : Object.values(path).at(-1));

/** When a path ends; null for one that holds in every year. */
export const finalYear = (path) => (typeof path === "number" ? null : Number(Object.keys(path).at(-1)));

/** Set a channel of a scope to a level by a year, in a straight line from what it is today. */
export function setLevel(document, scope, channel, level, by, today = 1.0) {
  const table = postureTable(document);
  const first = firstYear(document);
  const until = Math.min(Math.max(by ?? BY, first), lastYear(document));
  const path = until > first ? { [first]: today, [until]: level } : { [first]: level };
  if (scope === "all") table[channel] = path;
  else table[scope] = { ...(table[scope] ?? {}), [channel]: path };
}

/** How far supplied equipment is switched off for a scope, as a path. */
export function switchedOff(document, scope) {
  for (const at of wider(scope)) {
    for (const table of [own(document), store.catalogue.postures[base(document)] ?? {}]) {
      const path = said(table, at, "switch_off");
      if (path !== undefined) return path;
    }
  }
  return 0;
}

/** A plain number of the posture or one of its remedies: what the document says, else the preset, else as today. */
export function plainOf(document, { key, table, plain }) {
  const from = (held) => (table ? held?.[table]?.[key] : held?.[key]);
  return from(own(document)) ?? from(store.catalogue.postures[base(document)]) ?? plain;
}

/** Set it. */
export function setPlain(document, { key, table }, value) {
  const held = postureTable(document);
  const given = Math.round(value * 1000) / 1000;
  if (table) held[table] = { ...(held[table] ?? {}), [key]: given };
  else held[key] = given;
}

/** Take back what the document itself says of it. */
export function unsetPlain(document, { key, table }) {
  const held = postureTable(document);
  if (!table) delete held[key];
  else if (held[table]) {
    delete held[table][key];
    if (!Object.keys(held[table]).length) delete held[table];
  }
}

/** Moving a lever where nothing is compared makes steady support the side to compare with. */
export function compared(document) {
  if (document.against === undefined || document.against === "none") document.against = "steady";
}

/** The side compared with as a table, so that it can have parts of its own. */
export function asTable(against) {
  if (typeof against === "string") return against === "steady" || against === "none" ? { base: "steady" } : { base: against };
  return against ?? { base: "steady" };
}

/** A side that is a preset and nothing else is its name again. */
export function tidied(document) {
  const { against } = document;
  if (against && typeof against === "object" && Object.keys(against).join() === "base") document.against = against.base;
}

/** Whether a part of the scenario holds on this side alone, because the side compared with says its own. */
export const onlyHere = (document, part) => typeof document.against === "object" && document.against[part] !== undefined;

/** Give the side compared with a part of its own, or with null have it share the scenario's. */
export function setOnlyHere(document, part, value) {
  if (value === null && typeof document.against !== "object") return;
  document.against = asTable(document.against);
  if (value === null) delete document.against[part];
  else document.against[part] = value;
  tidied(document);
}

/** Take back what the document itself says of a channel in a scope. */
export function unset(document, scope, channel) {
  const table = postureTable(document);
  if (scope === "all") delete table[channel];
  else if (table[scope]) {
    delete table[scope][channel];
    if (!Object.keys(table[scope]).length) delete table[scope];
  }
}

export const isSet = (document, scope, channel) => said(own(document), scope, channel) !== undefined;

export function years(document) {
  const held = document.years;
  if (Array.isArray(held)) return held.map(Number);
  if (typeof held === "string") return held.split(/[-:]/).map(Number);
  return [2026, 2050];
}
export const firstYear = (document) => years(document)[0];
export const lastYear = (document) => years(document)[1];

/** A scope in words. */
export function scopeName(scope) {
  if (scope === "all") return "All allies";
  return store.catalogue.states[scope] ?? scope;
}

/** What a channel amounts to for a scope, in its own unit: today's count times the level; null where nobody counts. */
export function amount(channel, scope, level) {
  if (!channel.count) return null;
  const counted = members(scope).filter((iso) => iso in channel.count);
  if (!counted.length) return null;
  return { value: level * counted.reduce((sum, iso) => sum + channel.count[iso], 0), unit: channel.unit };
}
