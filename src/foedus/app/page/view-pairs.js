// Who might fight whom: every directed pair, before and now.
import { choice, h, table } from "./dom.js";
import { filled, ofRun, run, said } from "./looking.js";
import { store } from "./state.js";

export const id = "pairs";
export const title = "Pairs";

let state = "";

export function show(place) {
  const states = Object.entries(store.catalogue.states).sort((a, b) => a[1].localeCompare(b[1]));
  const head = h("div", { class: "head" }, h("h1", {}, "Who might fight whom"),
    choice("Pairs with", [["", "all pairs"], ...states], state, (chosen) => { state = chosen; show(place); }, { id: "pairs-state" }));
  return filled(place, head, ofRun("pairs", { state }), (found) => {
    if (!found.rows.length) return [h("p", {}, "Nobody in the data challenges it, and it challenges nobody.")];
    const open = h("div", {});
    return [
      h("section", { class: "card" },
        table(found.heads, found.rows.map((row) => [h("button", { type: "button", class: "link", onclick: () => opened(open, row) }, row.name), ...row.cells]), "Pairs, likeliest to see a war first")),
      open,
      said(`Chances in per cent, ${found.roles.against ? `${found.roles.against} → ${found.roles.posture}` : found.roles.posture}; those a year are means over the years. ${found.of > found.rows.length ? `The first ${found.rows.length} of ${found.of} pairs. ` : ""}${run(found)}`)];
  });
}

function opened(place, row) {
  const paired = row.war_by.some(([, was, now]) => was !== now);
  place.replaceChildren(h("section", { class: "card" }, h("h2", {}, `${row.name}: chance of a war since the start, %`),
    table(["By the end of", ...(paired ? ["before"] : []), "now"], row.war_by.filter((_, at) => at % 4 === 0 || at === row.war_by.length - 1)
      .map(([year, was, now]) => [String(year), ...(paired ? [(100 * was).toPrecision(2)] : []), (100 * now).toPrecision(2)]), row.name)));
  place.scrollIntoView({ block: "nearest" });
}
