// Where a number comes from: a figure of the table opens to its parts, the mechanisms, the draws; an account to its sources.
import { dialog, h, table } from "./dom.js";
import { emit } from "./state.js";
import { ofRecord, ofRun } from "./looking.js";

const NAMES = { war: "Chance of war", loss: "Expected loss", ground: "Ground lost", promise: "Belief in help" };

/** Open a figure of an ally. */
export async function open(ally, figure) {
  dialog(`${NAMES[figure]}: where it comes from`, h("p", { class: "quiet", role: "status" }, "Computing…"));
  let found;
  try {
    found = await ofRun("parents", { state: ally, figure });
  } catch (error) {
    dialog(NAMES[figure], h("p", { role: "alert" }, error.message));
    return;
  }
  const names = found.sides.map((side) => side.name);
  const parts = found.sides[0].parts.map(([label]) => label);
  const value = (side, label) => side.parts.find(([own]) => own === label)?.[1] ?? "–";
  dialog(`${NAMES[figure]}, ${found.ally}: where it comes from`,
    h("p", {}, `${found.meaning[0].toUpperCase()}${found.meaning.slice(1)}: ${found.how}.`),
    table(["", ...names], parts.map((label) => [label, ...found.sides.map((side) => value(side, label))]), "Parts"),
    h("h3", {}, "By these mechanisms"),
    h("ul", {}, found.mechanisms.map((one) => h("li", {}, h("strong", {}, `${one.row} `), one.sentence))),
    h("p", { class: "quiet" }, `From ${found.draws}; run ${found.digest}. `),
    h("div", { class: "row" },
      found.account && h("button", { type: "button", onclick: () => chain(ally, "exposure") }, "What rests on the guarantor, down to sources"),
      h("button", { type: "button", onclick: (event) => { event.target.closest("dialog").close(); emit("open", "drivers"); } }, "Assumptions that move it"),
      h("button", { type: "button", onclick: (event) => { event.target.closest("dialog").close(); emit("facts", ally); } }, "Facts about it")));
}

/** Open a figure of an ally's account: the chain down to sources. */
export async function chain(ally, figure) {
  dialog("Where it comes from", h("p", { class: "quiet", role: "status" }, "Computing…"));
  try {
    const found = await ofRecord("explained", { state: ally, figure });
    dialog(`${ally}, ${found.figure}: down to sources`,
      h("label", {}, "Figure ", h("select", { onchange: (event) => chain(ally, event.target.value) }, found.figures.map((name) => h("option", { value: name, selected: name === figure }, name)))),
      h("pre", { tabindex: "0" }, found.text));
  } catch (error) {
    dialog("Where it comes from", h("p", { role: "alert" }, error.message));
  }
}
