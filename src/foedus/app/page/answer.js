// The answer on screen: status, the sentence, two large pictures, the strip, and the table of actions and outcomes.
import { byId, choice, count, h, save, table } from "./dom.js";
import { client, post } from "./api.js";
import { captioned, draw } from "./draw.js";
import { open } from "./parents.js";
import { emit, on, store } from "./state.js";

const FEW = 12;
let all = false;

export function begin() {
  for (const figure of ["first", "second"]) byId(figure).querySelector(".draw").classList.add("empty");
  on("picture", (kind) => { store.second = { ...store.second, kind }; emit("second"); });
  on("second", () => { heads(); more(); });
  let wait;
  addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(again, 150); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  on("look", again);
  on("scope", () => { if (store.answer) sheet(store.answer); });
  heads();
}

/** Draw what is shown once more: another width, another look. */
export function again() {
  if (store.answer) { pictures(store.answer.pictures); strip(store.answer.small); }
}

export function status(state, said) {
  const place = byId("status");
  place.dataset.state = state;
  place.textContent = said;
}

export function notice(said) {
  byId("notice").hidden = !said;
  byId("notice").textContent = said ?? "";
}

/** The pictures that the next answer shall bring. */
export function wanted() {
  return [{ kind: "risks", allies: store.shown }, { kind: store.second.kind, ...ofSecond() }];
}

function ofSecond() {
  const kind = store.catalogue.pictures.find((one) => one.kind === store.second.kind);
  if (kind?.of_ally || store.second.kind === "pairs") return store.second.ally ? { ally: store.second.ally } : {};
  return kind && (kind.kind.endsWith("_all") || ["nuclear", "rivals"].includes(kind.kind)) ? { allies: store.shown } : {};
}

function heads() {
  const first = byId("first").querySelector(".head");
  first.replaceChildren(h("h2", {}, "Who is at risk"), h("div", { class: "pick" },
    choice("Which allies", [["changed", "most changed"], ["risk", "most at risk"], ["scope", "those of the levers"]], store.order, (order) => { store.order = order; sort(true); }),
    tools("first")));
  const { pictures: kinds, scopes } = store.catalogue;
  const kind = kinds.find((one) => one.kind === store.second.kind) ?? kinds[1];
  byId("second").querySelector(".head").replaceChildren(
    h("h2", { class: "sr" }, kind.label),
    h("div", { class: "pick" },
      choice("Second picture", kinds.filter((one) => one.kind !== "risks").map((one) => [one.kind, one.label]), kind.kind, (chosen) => emit("picture", chosen), { id: "pick-kind" }),
      (kind.of_ally || kind.kind === "pairs") && choice("Ally", [["", kind.of_ally ? "most at risk" : "all pairs"], ...scopes.allies.map((one) => [one.iso3, one.name])], store.second.ally, (ally) => { store.second = { ...store.second, ally }; emit("second"); }, { id: "pick-ally" }),
      tools("second")));
}

function tools(figure) {
  return choice("Save this picture", [["", "Save…"], ["svg", "SVG"], ["png", "PNG"], ["csv", "CSV"]], "", async (kind) => {
    const shown = store.answer?.pictures[figure === "first" ? 0 : 1];
    if (!shown || !kind) return;
    const name = `foedus-${shown.kind}-${store.answer.futures}`;
    if (kind === "csv") save(`${name}.csv`, csv([...shown.heads, "of"], shown.table.map((row) => [...row, shown.known])), "text/csv");
    else {
      const made = await captioned(byId(figure).querySelector(".draw"), shown);
      if (kind === "svg") save(`${name}.svg`, await made.toSVG(), "image/svg+xml");
      else save(`${name}.png`, await made.toCanvas(2).then((canvas) => new Promise((done) => canvas.toBlob(done, "image/png"))));
      made.finalize();
    }
    heads();
  });
}

export const csv = (heads, rows) => [heads, ...rows].map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",")).join("\n") + "\n";

/** Show an answer; the caller has seen to it that no newer one is on screen. */
export function show(answer) {
  const before = store.answer;
  if (!answer.small.length && before) answer.small = before.small;
  store.answer = answer;
  if (!store.shown.length) store.shown = answer.order.changed;
  byId("lead").textContent = answer.sentences[0] ?? "";
  pictures(answer.pictures);
  strip(answer.small);
  sheet(answer);
  byId("limits").textContent = `${answer.notes.at(-1)} ${answer.futures.toLocaleString("en")} futures, ${answer.years[0]}–${answer.years[1]}, ensemble ${answer.ensemble}, seed ${answer.seed}, run ${answer.digest}.`;
  emit("answer", answer);
}

function pictures(both) {
  both.forEach((picture, place) => {
    const figure = byId(place ? "second" : "first");
    figure.querySelector("figcaption").textContent = `${place ? `${picture.title}. ` : ""}${picture.caption} ${picture.known}`;
    const behind = figure.querySelector("details") ?? figure.appendChild(h("details", {}));
    const shown = behind.open;
    behind.replaceChildren(h("summary", {}, "The figures as a table"), table(picture.heads, picture.table, picture.title));
    behind.open = shown;
    draw(figure.querySelector(".draw"), picture, picture.title).catch((error) => notice(`A picture could not be drawn: ${error.message}`));
  });
}

function strip(small) {
  const place = byId("strip");
  if (place.childElementCount !== small.length) {
    place.replaceChildren(...small.map((one) => h("button", { type: "button", onclick: () => emit("picture", one.key) },
      h("span", { class: "title" }), h("b", {}), h("span", { class: "unit" }), h("div", { class: "draw", "aria-hidden": "true" }))));
  }
  small.forEach((one, at) => {
    const button = place.children[at];
    button.querySelector(".title").textContent = `${one.title}, ${one.year}`;
    button.querySelector("b").textContent = one.before && one.before !== one.now ? `${one.before} → ${one.now}` : one.now;
    button.querySelector(".unit").textContent = `${one.error ?? ""} ${one.unit}`.trim();
    draw(button.querySelector(".draw"), one.chart, one.title);
  });
}

function sheet(answer) {
  const last = answer.years[1];
  const moved = answer.allies.filter((row) => row.moved);
  const own = store.scope === "all" ? [] : answer.allies.filter((row) => store.inScope(row.ally));
  const others = (all || !moved.length ? answer.allies : moved).filter((row) => !own.includes(row));
  const rows = [...own, ...others].slice(0, all ? undefined : FEW);
  const paired = "against" in answer.roles;
  const arrow = { 1: "▲", "-1": "▼", 0: "·" };
  const number = (row, figure) => h("button", { type: "button", class: "figure", title: "Where this comes from", onclick: () => open(row.ally, figure) }, row.said[figure]);
  const cells = rows.map((row) => [
    h("button", { type: "button", class: "link", onclick: () => emit("ally", row.ally) }, row.name),
    number(row, "war"), number(row, "loss"),
    ...(paired ? [h("span", { class: row.direction > 0 ? "up" : row.direction < 0 ? "down" : "" }, `${row.said.change} ${arrow[row.direction]}`), row.said.band] : []),
    number(row, "ground"), number(row, "promise"), row.said.lost_to,
  ]);
  const heads = ["Ally", `war by ${last}, %`, "loss a year, % of GDP", ...(paired ? ["change", "nine in ten"] : []), `ground lost, %`, "belief in help, %", "lost to, %"];
  byId("sheet").replaceChildren(
    h("section", { class: "card" }, h("h2", {}, "What you changed"),
      answer.changes.length ? h("ul", {}, answer.changes.map((line) => h("li", {}, line))) : h("p", {}, "Nothing: support stays as it is today."),
      paired && h("p", { class: "quiet" }, `Compared with ${answer.roles.against}, on the same random draws.`)),
    h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, "What it does"),
      h("div", { class: "pick" },
        h("button", { type: "button", onclick: () => { all = !all; sheet(store.answer); } }, all ? "Show fewer" : `Show all ${answer.allies.length}`),
        h("button", { type: "button", onclick: () => print() }, "Print this page"))),
      table(heads, cells, "Actions and outcomes by ally"),
      h("div", { class: "quiet" }, answer.sentences.slice(1).concat(answer.notes.slice(0, -1)).map((line) => h("p", {}, line)))));
}

/** Choose which allies the first picture shows; `ask` for it again where that changed. */
export function sort(ask) {
  const answer = store.answer;
  if (!answer) return;
  const most = answer.order.risk.length || 14;
  const inScope = () => answer.allies.map((row) => row.ally).filter((iso) => store.inScope(iso)).slice(0, most);
  const chosen = store.order === "scope" ? inScope() : answer.order[store.order] ?? [];
  const next = chosen.length ? chosen : answer.order.risk;
  if (next.join() === store.shown.join()) return;
  store.shown = next;
  if (ask) more();
}

/** Bring the two pictures of the present answer again, for other allies or another kind. */
export async function more() {
  const answer = store.answer;
  if (!answer) return;
  if (answer.stored) { emit("ask"); return; }
  try {
    const both = await post("/api/pictures", { client, document: store.document, futures: answer.futures, pictures: wanted() });
    if (store.answer === answer || store.answer?.futures >= answer.futures) {
      store.answer.pictures = both;
      pictures(both);
    }
  } catch (error) {
    notice(error.message);
  }
}

export const words = { count };
