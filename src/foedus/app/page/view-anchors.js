// The model beside markets, crowds and experts. Nothing is fitted to them.
import { h, table } from "./dom.js";
import { filled, ofRun, run, said } from "./looking.js";

export const id = "anchors";
export const title = "Anchors";

const MARK = { inside: "inside", above: "▲ above", below: "▼ below" };

export function show(place) {
  const head = h("div", { class: "head" }, h("h1", {}, "What others say"));
  return filled(place, head, ofRun("anchors"), (found) => {
    const events = [...new Set(found.rows.map((row) => row.event))];
    return [
      h("p", { class: "lead" }, `${found.tally} The model is run under ${found.posture}.`),
      ...events.map((event) => {
        const rows = found.rows.filter((row) => row.event === event);
        return h("section", { class: "card" }, h("h3", {}, event),
          h("p", { class: "quiet" }, `Outside: ${rows[0].definition} Model: ${rows[0].ours}.`),
          table(["Who says it", "window", "outside, %", "model, %", "the model lies", "source"], rows.map((row) => [row.kind, row.window, row.outside, row.model, MARK[row.verdict] ?? row.verdict, `${row.source}, ${row.asked} (${row.grade})`]), event));
      }),
      said(`${found.rule} ${run(found)}`)];
  });
}
