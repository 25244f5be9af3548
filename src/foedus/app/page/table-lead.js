// What the facilitator has: codes, moves as they are sealed, injects, closing a year, and the files afterwards.
import { choice, h } from "./dom.js";
import { key, orderForm } from "./table-orders.js";
import { api, fetched, status, tried } from "./table.js";

export function facilitator(now) {
  return h("div", { class: "lead-seat" }, seats(now), now.year === null ? null : turn(now), now.year === null ? null : injects(now), files(now));
}

function seats(now) {
  const mine = Object.entries(now.codes).filter(([, seat]) => seat !== "facilitator");
  return h("section", { class: "card" }, h("h2", {}, "Seats"),
    h("p", { class: "quiet" }, `Each team opens ${location.origin}/table and types its code. Who has a code sees what that team sees.`),
    h("ul", {}, mine.map(([code, seat]) => h("li", {}, `${seat}: `, h("a", { class: "code", href: `/table#${code}`, target: "_blank", rel: "noopener" }, code)))));
}

function turn(now) {
  const close = (at_once) => tried(async () => {
    status(`${now.year} happens…`, "refining");
    await api("/close", { at_once });
  });
  const moves = Object.entries(now.moves);
  return h("section", { class: "card" }, h("h2", {}, `Turn of ${now.year}`),
    moves.length ? h("details", {}, h("summary", {}, `${moves.length} sealed (you alone can open them)`), moves.map(([team, lines]) => [h("h3", {}, team), h("pre", { tabindex: "0" }, lines || "passes")])) : h("p", { class: "quiet" }, "Nobody has moved yet."),
    ...now.injected.map((words) => h("p", { class: "read" }, words)),
    h("div", { class: "row" },
      h("button", { class: "primary", type: "button", disabled: now.waiting.length > 0, "data-keep": "close", onclick: () => close(false) }, `Close ${now.year}`),
      now.waiting.length > 0 && h("button", { type: "button", "data-keep": "at-once", onclick: () => close(true) }, `Close without ${now.waiting.join(", ")}`)));
}

let held = { year: null, node: null };

/** The inject as it is being prepared: kept while the year is open. */
function injects(now) {
  if (held.year !== now.year) held = { year: now.year, node: prepared(now) };
  return held.node;
}

function prepared(now) {
  const shown = h("div");
  const first = now.injects[0].name;
  const show = (name) => shown.replaceChildren(name === "own" ? ofOwn(now) : fromList(now, now.injects.find((one) => one.name === name)));
  show(first);
  return h("section", { class: "card" }, h("h2", {}, "Inject"),
    h("div", { class: "form" }, h("label", {}, "From the list", choice("Inject", [...now.injects.map((one) => [one.name, one.title]), ["own", "One of your own"]], first, show))), shown);
}

function fromList(now, inject) {
  const given = { ...inject.asks, year: String(now.year) };
  const names = Object.fromEntries(now.orders.states);
  const words = h("p", { class: "read" });
  const lines = h("pre", { tabindex: "0" });
  const ends = inject.lasts ? `\n# ends by itself after ${inject.lasts} year${inject.lasts > 1 ? "s" : ""}` : "";
  const fill = (text, said) => text.replace(/\{(\w+)\}/g, (_, blank) => said(given[blank]));
  const tell = () => {
    words.textContent = fill(inject.words, (value) => (value === "all" ? "all allies" : names[value] ?? value));
    lines.textContent = fill(inject.lines, key).replaceAll("posture.all.", "posture.") + ends;
  };
  const blanks = Object.keys(inject.asks).map((blank) => h("label", {}, blank,
    choice(blank, blank === "challenger" ? now.orders.challengers : blank === "target" ? now.orders.states : [["all", "all allies"], ...now.orders.scopes], given[blank], (value) => { given[blank] = value; tell(); })));
  tell();
  return h("div", {}, words, h("p", { class: "quiet" }, `Look at: ${inject.shows} On record: ${inject.record}`), lines,
    h("div", { class: "form" }, blanks),
    h("div", { class: "row" }, h("button", { type: "button", "data-keep": "inject", onclick: () => tried(() => api("/inject", { name: inject.name, given: Object.fromEntries(Object.keys(inject.asks).map((blank) => [blank, given[blank]])) })) }, "Put it in")));
}

function ofOwn(now) {
  const words = h("input", { type: "text", "aria-label": "What is read out", maxlength: "400" });
  const lines = h("textarea", { "aria-label": "Lines of the inject", spellcheck: "false" });
  const lasts = h("input", { type: "number", "aria-label": "Years it lasts, empty for ever", min: "1", max: "60" });
  const add = (line) => { lines.value = [lines.value.trim(), line].filter(Boolean).join("\n"); };
  return h("div", {}, orderForm({ ...now.orders, levers: ["support", "hostility", "spending"] }, add), lines,
    h("div", { class: "form" }, h("label", {}, "What is read out", words), h("label", {}, "Years it lasts (support and pressure)", lasts)),
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => tried(() => api("/inject", { name: "own", words: words.value, lines: lines.value, lasts: lasts.value ? Number(lasts.value) : null })) }, "Put it in")));
}

function files(now) {
  const names = [["account.html", "Account, HTML"], ["account.md", "Account, Markdown"], ["log.csv", "Moves and messages, CSV"], ["scenario.toml", "Orders as a scenario, TOML"], ["record.json", "Record, to go on or replay"]];
  return h("section", { class: "card" }, h("h2", {}, "After action"),
    h("p", { class: "quiet" }, "The record is also kept in this browser, so that an exercise survives the server. It holds moves that are still sealed."),
    h("div", { class: "row" }, names.map(([name, said]) => h("button", { type: "button", onclick: () => tried(() => fetched(name)) }, said))));
}
