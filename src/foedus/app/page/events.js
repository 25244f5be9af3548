// What happens outside the model, and whether announced plans count.
import { h } from "./dom.js";
import { store } from "./state.js";
import { altered, asTable, compared, postureTable, tidied, unset } from "./scenario.js";
import { section } from "./slider.js";

const CUT = { 2026: 1.0, 2027: 0.0, 2028: 1.0 };

const EVENTS = [
  { key: "election", title: "A guarantor less sure of itself", said: "Its politics vary twice as much, in every year.",
    is: (d) => d.posture?.politics_variance === 2, set: (d) => { postureTable(d).politics_variance = 2; }, clear: (d) => { delete d.posture.politics_variance; } },
  { key: "ceasefire", title: "Ceasefire in Ukraine", said: "In 2027 the war stops where the front stands.",
    is: (d) => d.wars?.RUS?.UKR !== undefined, set: (d) => dated(d, "wars", "RUS", "UKR", { ceasefire: 2027 }), clear: (d) => undated(d, "wars", "RUS", "UKR") },
  { key: "taiwan", title: "China presses Taiwan", said: "China grows more hostile to Taiwan by 2028 (+0.3).",
    is: (d) => d.events?.CHN?.TWN !== undefined, set: (d) => dated(d, "events", "CHN", "TWN", { 2026: 0.0, 2028: 0.3 }), clear: (d) => undated(d, "events", "CHN", "TWN") },
  { key: "baltic", title: "Russia presses the Baltics", said: "Russia grows more hostile to the Baltics by 2028 (+0.3).",
    is: (d) => d.events?.RUS?.Baltics !== undefined, set: (d) => dated(d, "events", "RUS", "Baltics", { 2026: 0.0, 2028: 0.3 }), clear: (d) => undated(d, "events", "RUS", "Baltics") },
  { key: "intelligence", title: "Intelligence suspended", said: "For a year, 2027, then back: for the allies chosen above.",
    is: (d) => JSON.stringify(own(d)) === JSON.stringify(CUT), set: (d) => put(d, CUT), clear: (d) => unset(d, store.scope, "intelligence") },
];
const own = (d) => (typeof d.posture !== "object" ? undefined : store.scope === "all" ? d.posture.intelligence : d.posture[store.scope]?.intelligence);
const put = (d, path) => { const t = postureTable(d); if (store.scope === "all") t.intelligence = path; else t[store.scope] = { ...(t[store.scope] ?? {}), intelligence: path }; };

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
    tidied(document);
  }
}

/** The part of the column. */
export function events() {
  const on = EVENTS.filter((one) => one.is(store.document)).length;
  return section("events", "Events", on ? `${on} on` : "none",
    EVENTS.map((one) => h("label", { class: "check" },
      h("input", { type: "checkbox", id: `event-${one.key}`, checked: one.is(store.document), onchange: (e) => altered((d) => { if (e.target.checked) { one.set(d); compared(d); } else one.clear(d); }) }),
      h("span", {}, one.title, h("br"), h("small", {}, `${one.said} Graded A: a judgement.`)))));
}

/** Announced spending, counted or not. */
export function plans() {
  const set = (box) => altered((document) => { if (box.target.checked) delete document.plans; else document.plans = false; });
  return h("div", { class: "plain" }, h("label", { class: "check" },
    h("input", { type: "checkbox", id: "plans", checked: store.document.plans !== false, onchange: set }),
    h("span", {}, h("strong", {}, "Announced spending plans count"), h("br"), h("small", {}, "On or off, it holds for both sides."))));
}
