// The way from the workbench to a table-top exercise, which has a page of its own.
import { h } from "./dom.js";

export const id = "table";
export const title = "Table-top";

export function show(place) {
  place.replaceChildren(h("section", { class: "card" }, h("h1", {}, "Table-top exercise"),
    h("p", {}, "Teams order, a year happens in one future, the model says what happened, what is expected and what the orders changed. Each team plays in a tab of its own, by a code."),
    h("div", { class: "row" }, h("a", { href: "/table", target: "_blank", rel: "noopener" }, "Open the table: begin, join, or go on with a record"))));
}
