// The gallery: every preset and scenario with the question it asks.
import { get } from "./api.js";
import { h } from "./dom.js";
import { change, emit, store } from "./state.js";

export const id = "scenarios";
export const title = "Scenarios";

export function show(place) {
  const { presets, scenarios } = store.catalogue;
  const card = (name, said, question, differs) => h("section", { class: "card" }, h("h3", {}, said), h("p", {}, question),
    differs?.length ? h("p", { class: "quiet" }, `Its two sides differ in ${differs.join(", ")}.`) : null,
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => open(name) }, "Open")));
  place.replaceChildren(
    h("h1", {}, "Scenarios that ship"), h("div", { class: "grid" }, scenarios.map((one) => card(one.name, one.title, one.question, one.differs))),
    h("h1", {}, "Presets"), h("div", { class: "grid" }, presets.map((one) => card(one.name, one.title, one.question))));
}

async function open(name) {
  const document = await get(`/api/scenarios/${encodeURIComponent(name)}`);
  change((held) => { for (const key of Object.keys(held)) delete held[key]; Object.assign(held, document); });
  emit("open", "workbench");
}
