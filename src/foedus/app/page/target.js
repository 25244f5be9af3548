// Target mode: a bound on an ally's chance of war a decade; how far one lever has to go, and setting it there.
import { choice, h } from "./dom.js";
import { ofRun } from "./looking.js";
import { store } from "./state.js";
import { altered, asTable, compared, setLevel } from "./scenario.js";

const held = { ally: "EST", chance: 1, spending: 4, lever: "spending", open: false, said: "", level: null };

/** The section of the column of levers. */
export function section() {
  const { scopes, channels } = store.catalogue;
  const said = h("p", { role: "status", id: "target-said" }, held.said);
  const set = h("button", { type: "button", hidden: held.level === null, onclick: use }, "Set the lever there");
  const number = (key, label, low, high, step) => h("label", { class: "check" }, h("input", { type: "number", id: `target-${key}`, min: String(low), max: String(high), step: String(step), value: String(held[key]), onchange: (event) => { held[key] = Number(event.target.value); } }), label);
  async function find(event) {
    event.target.disabled = true;
    set.hidden = true;
    said.textContent = "Trying levels on the same random draws…";
    try {
      const found = await ofRun("target", { ally: held.ally, chance: held.chance / 100, spending: held.spending / 100, lever: held.lever, futures: 64 });
      held.level = found.level;
      held.said = words(found);
    } catch (error) {
      held.level = null;
      held.said = error.message;
    }
    said.textContent = held.said;
    set.hidden = held.level === null;
    event.target.disabled = false;
  }
  return h("details", { class: "plain", open: held.open, ontoggle: (event) => { held.open = event.target.open; } },
    h("summary", {}, "Target"),
    choice("Ally of the target", scopes.allies.map((one) => [one.iso3, one.name]), held.ally, (iso) => { held.ally = iso; }, { id: "target-ally" }),
    number("chance", "% chance of war a decade at most", 0.1, 99, 0.1),
    number("spending", "% of GDP on defence at most", 1, 50, 0.1),
    h("label", { class: "check" }, "by moving ", choice("Lever of the target", [["spending", "its own spending"], ...channels.map((one) => [one.key, `${one.label} for it`])], held.lever, (lever) => { held.lever = lever; }, { id: "target-lever" })),
    h("div", { class: "row" }, h("button", { type: "button", id: "target-find", onclick: find }, "Find the least that does"), set), said);
}

const level = (found, value) => (found.lever === "spending" ? `${(100 * value).toFixed(1)} % of GDP` : `${Math.round(100 * value)} % of today`);

const run = () => `${store.answer?.years.join("-")}, ensemble ${store.answer?.ensemble}, seed ${store.answer?.seed}; ±: Monte Carlo standard error`;

function words(found) {
  const name = store.catalogue.states[found.ally];
  const told = ([at, war, spent, error]) => `${level(found, at)}: ${(100 * war).toPrecision(2)} ±${(100 * error).toPrecision(1)} % a decade, spending ${(100 * spent).toFixed(1)} %`;
  if (found.level !== null) {
    const met = found.tried.find(([at]) => at === found.level);
    return `${name} is within the target at ${told(met)} (${found.futures} futures, ${run()}).`;
  }
  const best = found.tried.reduce((a, b) => (b[1] < a[1] ? b : a));
  return `No level of this lever does it. The lowest chance is at ${told(best)} (${found.futures} futures, ${run()}).`;
}

function use() {
  altered((document) => {
    if (held.lever === "spending") document.doctrine = { ...(document.doctrine ?? {}), [held.ally]: { spending: held.level } };
    else setLevel(document, held.ally, held.lever, held.level);
    compared(document);
    if (held.lever === "spending") {
      document.against = asTable(document.against);
      document.against.doctrine ??= {};
    }
  });
}
