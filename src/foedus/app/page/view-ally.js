// One ally: the brief of it, live. What it risks, to whom, what rests on the guarantor, what replacing that would take.
import { choice, h, table } from "./dom.js";
import { draw } from "./draw.js";
import { ofRecord, ofRun, futures, run, said } from "./looking.js";
import { chain, open } from "./parents.js";
import { briefButton } from "./share.js";
import { store } from "./state.js";

export const id = "ally";
export const title = "Ally";

const KINDS = ["loss", "war", "belief", "spending"];
let newest = 0;

export async function show(place) {
  const mine = ++newest;
  const { allies } = store.catalogue.scopes;
  store.ally ||= store.answer?.order.risk.find((iso) => allies.some((one) => one.iso3 === iso)) ?? allies[0].iso3;
  const iso = store.ally;
  const answer = store.answer;
  const row = answer?.allies.find((one) => one.ally === iso);
  const number = (figure, text) => h("button", { type: "button", class: "link", title: "Where this comes from", onclick: () => open(iso, figure) }, text);
  const pictures = KINDS.map(() => h("figure", { class: "card" }, h("h3", {}, " "), h("div", { class: "draw empty", "aria-hidden": "true" }, "…"), h("figcaption", {})));
  const account = h("section", { class: "card" }, h("h2", {}, "What rests on the guarantor"), h("p", { class: "quiet", role: "status" }, "Drawing up the account…"));
  const origin = said("");
  place.replaceChildren(
    h("div", { class: "head" }, h("h1", {}, store.catalogue.states[iso]),
      h("div", { class: "pick" }, choice("Ally", allies.map((one) => [one.iso3, one.name]), iso, (chosen) => { store.ally = chosen; show(place); }, { id: "view-ally" }),
        briefButton(() => iso, "Save the brief"),
        h("button", { type: "button", onclick: () => print() }, "Print this page"))),
    row ? h("section", { class: "card" }, table(["", "before → now"], [
      [`Chance of at least one war by ${answer.years[1]}, %`, number("war", row.said.war)],
      ["Expected loss, % of GDP a year", number("loss", row.said.loss)],
      ["Change, and nine futures in ten", `${row.said.change} ${row.said.band}`],
      ["Ground lost, % of what is at issue", number("ground", row.said.ground)],
      ["Believes in help, %", number("promise", row.said.promise)],
      ["Loses most to, %", row.said.lost_to]], "In short"))
      : h("p", {}, answer ? "Nobody in the data challenges it, so it has no loss of its own." : "The first answer is on its way."),
    h("div", { class: "large" }, pictures), account, origin);
  if (!answer) return;
  const [made] = await Promise.all([
    ofRun("pictures", { futures: futures(), pictures: KINDS.map((kind) => ({ kind, ally: iso })) }),
    rests(account, iso),
  ]);
  if (mine !== newest) return;
  origin.textContent = run(made[0]);
  made.forEach((picture, at) => {
    pictures[at].querySelector("h3").textContent = picture.title;
    pictures[at].querySelector("figcaption").textContent = `${picture.caption} ${picture.known}`;
    pictures[at].append(h("details", {}, h("summary", {}, "The figures as a table"), table(picture.heads, picture.table, picture.title)));
    draw(pictures[at].querySelector(".draw"), picture, picture.title);
  });
}

async function rests(card, iso) {
  let found;
  try {
    found = await ofRecord("exposure", { state: iso });
  } catch (error) {
    card.replaceChildren(h("h2", {}, "What rests on the guarantor"), h("p", {}, error.message));
    return;
  }
  const bars = h("div", { class: "draw short", "aria-hidden": "true" });
  card.replaceChildren(
    h("h2", {}, "What rests on the guarantor"), ...found.said.map((line) => h("p", {}, line)),
    bars, h("details", {}, h("summary", {}, "The figures as a table"), table(found.picture.heads, found.picture.table, found.picture.title)),
    h("h3", {}, "By channel"),
    table(["Channel", "share of need", "felt after", "level today"], found.channels.map((one) => [
      h("button", { type: "button", class: "link", onclick: () => chain(iso, one.figure) }, one.channel), one.share, one.felt, one.level]), "By channel"),
    h("h3", {}, "Replacing it"),
    table(["Who buys", "its cost", "complete by", "held back by"], found.bills.map((bill) => [bill.who, bill.cost, bill.done, bill.held]), "Replacement bills"),
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => chain(iso, "exposure") }, "Where these come from")));
  await draw(bars, found.picture, found.picture.title);
}
