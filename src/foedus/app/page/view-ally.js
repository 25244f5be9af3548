// One ally: what it risks, to whom, and how that changes over the years.
import { client, post } from "./api.js";
import { choice, h, table } from "./dom.js";
import { draw } from "./draw.js";
import { store } from "./state.js";

export const id = "ally";
export const title = "Ally";

const KINDS = ["loss", "war", "belief", "spending"];

export async function show(place) {
  const { allies } = store.catalogue.scopes;
  store.ally ||= store.answer?.riskiest.find((iso) => allies.some((one) => one.iso3 === iso)) ?? allies[0].iso3;
  const answer = store.answer;
  const row = answer?.allies.find((one) => one.ally === store.ally);
  const pictures = KINDS.map((kind) => h("figure", { class: "card" }, h("h3", {}, kind), h("div", { class: "draw empty" }, "…"), h("figcaption", {})));
  place.replaceChildren(
    h("div", { class: "head" }, h("h1", {}, store.catalogue.states[store.ally]),
      choice("Ally", allies.map((one) => [one.iso3, one.name]), store.ally, (iso) => { store.ally = iso; show(place); }, { id: "view-ally" })),
    row ? table(["", "before → now"], [
      [`Chance of war by ${answer.years[1]}, %`, row.said.war], ["Expected loss, % of GDP a year", row.said.loss],
      ["Change, nine futures in ten", `${row.said.change} ${row.said.band}`], ["Ground lost, %", row.said.ground],
      ["Believes in help, %", row.said.promise], ["Loses most to", row.said.lost_to]], "In short")
      : h("p", {}, "Nobody in the data challenges it, so it has no loss of its own."),
    h("div", { class: "large" }, pictures));
  if (!answer) return;
  const made = await post("/api/pictures", { client, document: store.document, futures: Math.min(answer.futures, 256), pictures: KINDS.map((kind) => ({ kind, ally: store.ally })) });
  made.forEach((picture, at) => {
    pictures[at].querySelector("h3").textContent = picture.title;
    pictures[at].querySelector("figcaption").textContent = picture.caption;
    pictures[at].append(h("details", {}, h("summary", {}, "The figures as a table"), table(picture.heads, picture.table, picture.title)));
    draw(pictures[at].querySelector(".draw"), picture, picture.title);
  });
}
