// What the answer hangs on: chance against what the record leaves open and assumptions; then which assumptions.
import { h, table } from "./dom.js";
import { filled, ofRun, run, said } from "./looking.js";
import { emit, store } from "./state.js";

export const id = "drivers";
export const title = "Drivers";

export function show(place) {
  const head = h("div", { class: "head" }, h("h1", {}, "What the answer hangs on"));
  return filled(place, head, ofRun("drivers"), (found) => [
    h("p", { class: "lead" }, found.said),
    h("section", { class: "card" },
      table(["Assumption", "correlation", "range", "grade", "told from chance"], found.drivers.map((one) => [
        h("button", { type: "button", class: "link", title: one.meaning, onclick: () => { store.grep = one.name; emit("open", "evidence"); } }, one.label),
        one.rho === null ? "–" : `${one.rho > 0 ? "+" : "−"}${Math.abs(one.rho).toFixed(2)}`, `${one.low} to ${one.high}`, one.grade, one.clear ? "yes" : "no"]), "Assumptions, strongest first")),
    said(`Rank correlation over futures with ${found.paired ? "the change in loss" : "the loss"} of the allies told of (${found.allies.join(", ") || "none"}); plus: a higher value makes it larger. ${run(found)}`)]);
}
