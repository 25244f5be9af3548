// The static edition: a polynomial for each ally, evaluated while a lever moves. A classic script, so that it opens from disk.
"use strict";
(() => {
  const E = globalThis.EDITION;
  const by = (id) => document.getElementById(id);
  const names = Object.keys(E.bundles);
  const LEAST = 1e-6;
  const SHOWN = 14;
  let preset = E.presets["limited-support"] ? "limited-support" : Object.keys(E.presets)[0];
  let factors = names.map(() => 1);

  const el = (tag, attributes, text) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const svg = (tag, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /** Terms of the polynomial, in the order in which the program fits them. */
  function termsOf(point) {
    const shifted = [1, ...point.map((x) => x - 1)];
    const made = [];
    for (let a = 0; a < shifted.length; a++) for (let b = a; b < shifted.length; b++) made.push(shifted[a] * shifted[b]);
    return made;
  }
  const sum = (coefficients, terms) => coefficients.reduce((all, c, i) => all + c * terms[i], 0);

  /** Loss, % of GDP a year, and chance of war of every ally. */
  function told(name, point) {
    const held = E.presets[name];
    const terms = termsOf(point);
    return E.allies.map(([iso, said], i) => ({
      iso, said, at: i,
      loss: Math.max(Math.exp(sum(held.loss[i], terms)) - LEAST, 0),
      war: 1 / (1 + Math.exp(-sum(held.war[i], terms))),
    }));
  }

  const digits = (x) => (x === 0 ? "0" : Math.abs(x) >= 10 ? x.toFixed(0) : Math.abs(x) >= 1 ? x.toFixed(1) : x.toPrecision(2).replace(/e.*/, "")).replace(/^0\.0000.*/, "0");
  const percent = (x) => digits(100 * x);

  /** Rings where the posture itself stands, dots where the levers put it; a square-root axis, so that small ones show. */
  function dumbbells(place, rows, before, value, label) {
    const width = 460, left = 172, right = 56, line = 22, top = 8;
    const most = Math.max(...rows.map((row) => Math.max(value(row), value(before[row.at]))), 1e-9);
    const x = (v) => left + (width - left - right) * Math.sqrt(Math.max(v, 0) / most);
    const height = top + rows.length * line + 22;
    const made = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${label}; the table below has the figures` });
    for (const share of [0, 0.1, 0.4, 1]) {
      made.append(svg("line", { class: "grid", x1: x(share * most), x2: x(share * most), y1: top, y2: height - 20 }));
      made.append(svg("text", { class: "axis", x: x(share * most), y: height - 6, "text-anchor": "middle" }, digits(share * most)));
    }
    rows.forEach((row, i) => {
      const y = top + i * line + line / 2;
      const now = value(row), was = value(before[row.at]);
      const kind = Math.abs(now - was) < 0.02 * Math.max(was, 1e-9) ? "same" : now > was ? "more" : "less";
      made.append(svg("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, row.said));
      made.append(svg("line", { class: "way", x1: x(was), x2: x(now), y1: y, y2: y }));
      made.append(svg("circle", { class: "ring", cx: x(was), cy: y, r: 5 }));
      made.append(svg("circle", { class: kind, cx: x(now), cy: y, r: 4.5 }));
      made.append(svg("text", { x: width - right + 10, y: y + 4 }, digits(now)));
    });
    by(place).replaceChildren(made);
  }

  function show() {
    const held = E.presets[preset];
    const steady = names.map(() => 1);
    const now = told(preset, factors), before = told(preset, steady);
    const moved = factors.some((factor) => factor !== 1);
    by("question").textContent = held.question;
    by("war-title").textContent = `Chance of a war by ${E.years[1]}, %`;
    by("loss-title").textContent = `Expected loss, % of GDP a year, ${E.years[0]} to ${E.years[1]}`;
    const calm = now.filter((row) => before[row.at].war < 0.5);
    dumbbells("war", [...calm].sort((a, b) => b.war - a.war).slice(0, SHOWN), before, (row) => 100 * row.war, "Chance of war by ally");
    dumbbells("loss", [...calm].sort((a, b) => b.loss - a.loss).slice(0, SHOWN), before, (row) => row.loss, "Expected loss by ally");
    by("key").textContent = "Ring: the posture as it is. Dot: with your factors; red higher, blue lower, grey within 2 %. Axes are square roots. Allies at war are in the table alone.";
    const worst = [...calm].sort((a, b) => Math.abs(b.loss - before[b.at].loss) - Math.abs(a.loss - before[a.at].loss))[0];
    const word = worst.loss > before[worst.at].loss ? "rises" : "falls";
    by("lead").textContent = moved
      ? `${held.title}, with your factors: ${worst.said} changes most. Its expected loss ${word} from ${digits(before[worst.at].loss)} to ${digits(worst.loss)} % of GDP a year, its chance of a war by ${E.years[1]} goes from ${percent(before[worst.at].war)} to ${percent(worst.war)} %.`
      : `${held.title}. Move a factor: 1 leaves a bundle as the posture has it, 0 takes it away.`;
    table(now, before, held);
    off(held);
    history.replaceState(null, "", `#${preset}=${factors.map((factor) => factor.toFixed(2)).join(",")}`);
  }

  function table(now, before, held) {
    const heads = ["Ally", "war, posture %", "±", "war, yours %", "loss, posture", "±", "loss, yours, % of GDP a year", "fit off by, median", "nine in ten within"];
    const head = el("thead", {});
    const row = el("tr", {});
    heads.forEach((said) => row.append(el("th", { scope: "col" }, said)));
    head.append(row);
    const body = el("tbody", {});
    [...now].sort((a, b) => b.loss - a.loss).forEach((one) => {
      const line = el("tr", {});
      const was = before[one.at];
      line.append(el("th", { scope: "row" }, one.said));
      [percent(was.war), percent(held.error[one.at][1]), percent(one.war), digits(was.loss), digits(held.error[one.at][0]), digits(one.loss), `${percent(held.off[one.at][0])} %`, `${percent(held.off[one.at][1])} %`].forEach((cell) => line.append(el("td", {}, cell)));
      body.append(line);
    });
    by("table").replaceChildren(head, body);
  }

  function off(held) {
    const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
    const worst = Math.max(...held.off.map((pair) => pair[1]));
    by("off").textContent = `Nothing is run in this page: each figure is a polynomial of second order in four factors, fitted to runs of ${E.futures} futures with one luck (seed ${E.seed}, ensemble ${E.ensemble}), ${E.runs} runs in all. At points that no fit has seen, the loss of an ally in the middle of the list is off by ${percent(middle(held.off.map((pair) => pair[0])))} % of itself (nine points in ten within ${percent(middle(held.off.map((pair) => pair[1])))} %), its chance of war by ${percent(middle(held.off_war.map((pair) => pair[0])))} % of itself; the worst ally's loss is off by up to ${percent(worst)} % in nine points of ten. Where every factor is 1 the figures are the runs' own. What another seed would move comes on top (±: Monte Carlo standard error of the posture's figures), and so does everything that the model leaves out.`;
  }

  function slider(name, place) {
    const label = el("label", { for: `s${place}` }, name[0].toUpperCase() + name.slice(1));
    const range = el("input", { type: "range", id: `s${place}`, min: "0", max: String(E.most), step: "0.05", "aria-describedby": `d${place}` });
    const entry = el("input", { type: "number", min: "0", max: String(E.most), step: "0.05", "aria-label": `${name}, factor` });
    const set = (value) => {
      const kept = Math.min(Math.max(Number(value) || 0, 0), E.most);
      factors[place] = kept;
      range.value = entry.value = String(kept);
      show();
    };
    range.addEventListener("input", () => set(range.value));
    entry.addEventListener("change", () => set(entry.value));
    range.value = entry.value = String(factors[place]);
    const box = el("div", { class: "lever" });
    const line = el("div", { class: "line" });
    const move = el("div", { class: "move" });
    line.append(label);
    move.append(range, entry);
    box.append(line, move, el("p", { class: "quiet", id: `d${place}` }, E.bundles[name].join(", ").replaceAll("_", " ")));
    return box;
  }

  function read() {
    const [name, list] = decodeURIComponent(location.hash.slice(1)).split("=");
    const given = (list ?? "").split(",").map(Number);
    if (E.presets[name]) preset = name;
    if (given.length === names.length && given.every((x) => x >= 0 && x <= E.most)) factors = given;
  }

  function build() {
    by("sliders").replaceChildren(...names.map(slider));
    by("preset").value = preset;
    show();
  }

  read();
  by("made").textContent = `Foedus ${E.version}: ${E.futures} futures, ${E.years[0]} to ${E.years[1]}, ensemble ${E.ensemble}, seed ${E.seed}`;
  by("preset").append(...Object.entries(E.presets).map(([name, held]) => el("option", { value: name }, held.title)));
  by("preset").addEventListener("change", (event) => { preset = event.target.value; show(); });
  by("reset").addEventListener("click", () => { factors = names.map(() => 1); build(); });
  by("link").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); by("link").textContent = "Copied"; } catch { by("link").textContent = "Copy the address above"; }
    setTimeout(() => { by("link").textContent = "Copy link"; }, 1500);
  });
  addEventListener("hashchange", () => { read(); build(); });
  build();
})();
