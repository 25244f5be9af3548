// How the model scores on history, failures first.
import { get } from "./api.js";
import { h, table } from "./dom.js";
import { filled, said } from "./looking.js";

export const id = "scores";
export const title = "Scoreboard";

export function show(place) {
  const head = h("div", { class: "head" }, h("h1", {}, "How the model scores on history"));
  return filled(place, head, get("/api/scoreboard"), (found) => [
    h("p", { class: "lead" }, `${found.said}. Failures first.`),
    ...found.rows.map((row) => h("section", { class: "card" },
      h("div", { class: "head" }, h("h3", {}, `${row.verdict === "fail" ? "✗ " : row.verdict === "pass" ? "✓ " : ""}${row.name}`), h("span", { class: `chip${row.verdict === "fail" ? " up" : ""}` }, row.verdict)),
      h("p", {}, row.question),
      row.figures.length ? table(["Judged by", "ours", "90 %", "baseline", "known"], row.figures, row.name) : h("p", { class: "quiet" }, "No figures stored."),
      row.stale ? h("p", { class: "quiet" }, `Run ${row.ran}, before the last change of criteria or ledger.`) : null)),
    said("Each hindcast fixed its years, baseline and criteria before it ran; verdicts are computed from the criteria. All of it: foedus validate --stored.")]);
}
