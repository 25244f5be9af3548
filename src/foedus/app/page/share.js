// Handing the question on: the link, and the dialog with file, Python, command line, data and brief.
import { bytes, client, post } from "./api.js";
import { csv } from "./answer.js";
import { byId, choice, dialog, h, save } from "./dom.js";
import { futures } from "./looking.js";
import { begin, change, emit, fragment, on, store } from "./state.js";

/** Monte Carlo standard errors in the file of outcomes: those of the figures of the posture, and of the change. */
const ERRORS = ["war", "loss", "change", "ground", "promise"];
let wait;

export function start() {
  for (const event of ["document", "scope", "second", "view"]) {
    on(event, () => { clearTimeout(wait); wait = setTimeout(remember, 250); });
  }
  byId("share").addEventListener("click", link);
  byId("export").addEventListener("click", open);
}

/** Put the whole state into the address. */
export async function remember() {
  history.replaceState(null, "", await fragment());
}

async function link() {
  await remember();
  const said = byId("share");
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = "Copied";
  } catch {
    dialog("Link to this question", h("p", {}, "Copy it from here:"), h("textarea", { readonly: true, "aria-label": "Link" }, location.href));
  }
  setTimeout(() => { said.textContent = "Copy link"; }, 1500);
}

const name = () => store.document.name ?? "scenario";

/** Have the brief of an ally under the scenario on screen made, and saved as one page of HTML. */
export async function brief(iso) {
  const body = await bytes("/api/brief", { client, document: store.document, futures: Math.max(64, futures()), state: iso });
  save(`${name()}-${iso}.html`, body);
}

/** A button that has the brief made, says so meanwhile, and says what went wrong. */
export function briefButton(of, said) {
  const wrong = h("span", { role: "alert", class: "up" });
  const button = h("button", { type: "button", class: "brief", onclick: async () => {
    button.disabled = true;
    button.textContent = "Drawing up the brief…";
    wrong.textContent = "";
    try { await brief(of()); } catch (error) { wrong.textContent = error.message; }
    button.disabled = false;
    button.textContent = said;
  } }, said);
  return [button, wrong];
}

async function open() {
  const text = await post("/api/toml", { client, document: store.document }).then((made) => made.text, (error) => `# ${error.message}`);
  const shown = store.answer?.futures ?? 64;
  const file = h("input", { type: "file", accept: ".toml,text/plain", "aria-label": "Scenario file", onchange: async (event) => read(await event.target.files[0].text()) });
  const pasted = h("textarea", { "aria-label": "Scenario as TOML", placeholder: "Paste a scenario file here" });
  const wrong = h("p", { role: "alert", class: "up" });
  async function read(given) {
    try {
      const document = await post("/api/import", { text: given });
      change((held) => { for (const key of Object.keys(held)) delete held[key]; Object.assign(held, document); });
      byId("dialog").close();
    } catch (error) {
      wrong.textContent = error.message;
    }
  }
  const { allies } = store.catalogue.scopes;
  const first = [store.ally, store.scope, ...(store.answer?.order.changed ?? []), allies[0].iso3].find((iso) => allies.some((one) => one.iso3 === iso));
  const ally = choice("Ally of the brief", allies.map((one) => [one.iso3, one.name]), first, () => {}, { id: "brief-ally" });
  const code = `import foedus as fd\n\nscenario = fd.Scenario.read("${name()}.toml")\nrun = fd.run(scenario.replace(futures=${shown}))\nrun.headline()   # the same figures as the page at ${shown} futures`;
  const command = `foedus run ${name()}.toml --futures ${shown}`;
  const data = (kind) => bytes(`/api/data/${kind}`, { client, document: store.document, futures: shown }).then((body) => save(`${name()}.${kind}`, body), (error) => { wrong.textContent = error.message; });
  dialog("Open as…",
    h("h3", {}, "Scenario file"), h("pre", { tabindex: "0" }, text),
    h("div", { class: "row" }, h("button", { type: "button", class: "primary", onclick: () => save(`${name()}.toml`, text, "text/plain") }, "Save TOML")),
    h("h3", {}, "Command line"), h("pre", { tabindex: "0" }, command),
    h("h3", {}, "Python"), h("pre", { tabindex: "0" }, code),
    h("h3", {}, `Data of ${shown.toLocaleString("en")} futures`),
    h("div", { class: "row" },
      h("button", { type: "button", onclick: () => data("csv") }, "CSV, every measure"),
      h("button", { type: "button", onclick: () => data("parquet") }, "Parquet, every measure"),
      h("button", { type: "button", onclick: () => outcomes() }, "CSV, the table on the page"),
      h("button", { type: "button", onclick: () => data("html") }, "Report, HTML")),
    h("h3", {}, "Brief: one ally on one printed page"),
    h("div", { class: "row" }, ally, briefButton(() => ally.value, "Save the brief, HTML")),
    h("p", { class: "quiet" }, "Figures: Save… above each picture gives SVG, PNG or CSV."),
    h("h3", {}, "Open a scenario file"), file, pasted,
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => read(pasted.value) }, "Open what is pasted")), wrong);
}

function outcomes() {
  const answer = store.answer;
  if (!answer) return;
  const heads = ["ally", "name", "war_before", "war", "loss_before", "loss", "change", "low90", "high90", "ground_before", "ground", "belief_before", "belief", ...ERRORS.map((name) => `${name}_error`), "futures", "first_year", "last_year", "ensemble", "seed"];
  const rows = answer.allies.map((row) => [row.ally, row.name, ...row.war, ...row.loss, row.change ?? "", ...(row.band ?? ["", ""]), ...row.ground, ...row.promise, ...ERRORS.map((name) => row.errors?.[name] ?? ""), answer.futures, ...answer.years, answer.ensemble, answer.seed]);
  save(`${name()}-outcomes.csv`, csv(heads, rows), "text/csv");
}

export { begin, emit };
