// The page begins here: what it offers, what the address asks for, levers, answers, views, keys.
import * as answer from "./answer.js";
import { get } from "./api.js";
import { ask, keep } from "./ask.js";
import * as compare from "./compare.js";
import { byId, h } from "./dom.js";
import { ready } from "./draw.js";
import * as levers from "./levers.js";
import { members } from "./scenario.js";
import * as share from "./share.js";
import { before, begin, canRedo, canUndo, copy, emit, fromFragment, on, redo, store, undo } from "./state.js";
import { VIEWS } from "./views.js";

const PAUSE = 1600;

async function start() {
  ready();
  const [catalogue, stored] = await Promise.all([get("/api/start"), get("/static/stored.json").catch(() => null)]);
  store.catalogue = catalogue;
  keep(stored);
  store.inScope = (iso) => members(store.scope).includes(iso);
  let held = null;
  try {
    held = await fromFragment(location.hash);
  } catch (error) {
    answer.notice(`The link cannot be read (${error.message}); here is the scenario that the workbench opened with.`);
  }
  begin(held?.d ?? store.catalogue.document);
  if (held) Object.assign(store, { second: held.k ?? store.second, scope: held.s ?? "all", order: held.o ?? "changed", view: held.v ?? "workbench" });
  else if (store.catalogue.note) answer.notice(store.catalogue.note);
  byId("limits").textContent = store.catalogue.said;
  answer.begin();
  levers.begin();
  share.start();
  compare.start();
  on("document", (done) => { titled(); ask(done); });
  on("ask", () => ask());
  on("history", history);
  on("ally", (iso) => { store.ally = iso; emit("open", "ally"); });
  on("open", open);
  on("scope", () => { if (store.order === "scope") answer.sort(true); });
  on("settled", () => { if (store.view !== "workbench") open(store.view); });
  tabs();
  titled();
  history();
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("replay").addEventListener("click", replay);
  addEventListener("keydown", keys);
  addEventListener("hashchange", () => location.reload());
  open(store.view);
  ask();
}

function titled() {
  const said = store.document.title ?? store.document.name ?? "Scenario";
  byId("title").textContent = store.document.question ? `${said}: ${store.document.question}` : said;
  document.title = `${said} · Foedus workbench`;
}

function history() {
  byId("undo").disabled = byId("replay").disabled = !canUndo();
  byId("redo").disabled = !canRedo();
}

/** Take the last change back on screen, then make it again, so that one can watch another picture. */
function replay() {
  const was = before();
  if (!was) return;
  const now = copy(store.document);
  store.document = was;
  ask();
  answer.notice("Replaying: before your last change…");
  setTimeout(() => { store.document = now; answer.notice(""); ask(); }, PAUSE);
}

function tabs() {
  const pages = [{ id: "workbench", title: "Workbench" }, ...VIEWS];
  byId("tabs").replaceChildren(...pages.map((page) => h("button", { type: "button", id: `tab-${page.id}`, onclick: () => open(page.id) }, page.title)));
}

function open(name) {
  const view = VIEWS.find((one) => one.id === name);
  store.view = view ? name : "workbench";
  byId("answer").hidden = Boolean(view);
  byId("view").hidden = !view;
  for (const tab of byId("tabs").children) {
    if (tab.id === `tab-${store.view}`) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  emit("view");
  if (view) Promise.resolve(view.show(byId("view"))).catch((error) => byId("view").replaceChildren(h("p", { role: "alert" }, error.message)));
  else answer.again();
}

function keys(event) {
  const writing = event.target.closest?.("input, textarea, select, dialog");
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "z" && !event.target.closest?.("textarea")) {
    event.preventDefault();
    if (event.shiftKey) redo(); else undo();
  } else if (!writing && !control && !event.altKey) {
    if (event.key === "r") replay();
    if (event.key === "p") compare.pin();
  }
}

start().catch((error) => {
  answer.status("problem", "The page could not start");
  answer.notice(error.message);
});
