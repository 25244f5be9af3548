// Forms that write the lines of orders: what a seat may order, without knowing the grammar of scenario files.
import { choice, h } from "./dom.js";

export const key = (name) => (/^[\w-]+$/.test(name) ? name : `"${name}"`);
const number = (label, value, low, high, step) => h("input", { type: "number", "aria-label": label, value: String(value), min: String(low), max: String(high), step: String(step) });

function form(title, parts, line, add) {
  return h("fieldset", {}, h("legend", {}, title),
    h("div", { class: "form" }, parts.map(([said, part]) => h("label", {}, said, part)),
      h("button", { type: "button", onclick: () => add(line()) }, "Add this line")));
}

/** Selects that remember what they say. */
function picked(label, pairs, first) {
  const held = { value: first };
  return [held, choice(label, pairs, first, (value) => { held.value = value; })];
}

const FORMS = {
  support(orders, add) {
    const [whom, whomSelect] = picked("Whom", orders.scopes, "Europe");
    const [what, whatSelect] = picked("What", orders.channels.map(([name, meaning]) => [name, `${name.replace("_", " ")}: ${meaning}`]), "troops");
    const level = number("Level, 1 is as in the first year", 1, 0, 2, 0.05);
    return form("Support: 1 as today, 0 nothing, 2 twice", [["Whom", whomSelect], ["What", whatSelect], ["Level", level]],
      () => `posture.${key(whom.value)}.${what.value} = ${level.value}`, add);
  },
  spending(orders, add) {
    const [whom, whomSelect] = picked("Whom", orders.scopes, "Europe");
    const share = number("Per cent of product", 3.5, 0.1, 50, 0.1);
    return form("Military spending from next year on", [["Whom", whomSelect], ["% of product", share]],
      () => `doctrine.${key(whom.value)}.spending = ${(Number(share.value) / 100).toFixed(4).replace(/0+$/, "")}`, add);
  },
  shares(orders, add) {
    const [whom, whomSelect] = picked("Whom", orders.scopes, "Europe");
    const inputs = orders.options.map((name) => [name, number(`${name.replaceAll("_", " ")}, per cent`, 0, 0, 100, 5)]);
    const sum = h("p", { class: "quiet", role: "status" }, "0 of 100 per cent");
    const total = () => inputs.reduce((all, [, input]) => all + Number(input.value), 0);
    inputs.forEach(([, input]) => input.addEventListener("input", () => { sum.textContent = `${total()} of 100 per cent`; }));
    return h("fieldset", {}, h("legend", {}, "What procurement money buys, from the next review on"),
      h("div", { class: "form" }, h("label", {}, "Whom", whomSelect)),
      h("details", {}, h("summary", {}, "Shares by option"), h("div", { class: "form" }, inputs.map(([name, input]) => h("label", {}, name.replaceAll("_", " "), input)))), sum,
      h("button", { type: "button", onclick: () => {
        if (Math.abs(total() - 100) > 0.001) { sum.textContent = `${total()} of 100 per cent: shares must make 100`; return; }
        const said = inputs.filter(([, input]) => Number(input.value) > 0).map(([name, input]) => `${name} = ${Number(input.value) / 100}`);
        add(`doctrine.${key(whom.value)}.shares = { ${said.join(", ")} }`);
      } }, "Add this line"));
  },
  rule(orders, add) {
    const [whom, whomSelect] = picked("Whom", orders.scopes, "Europe");
    const [measure, measureSelect] = picked("If", orders.measures.map((name) => [name, name.replaceAll("_", " ")]), "chance_promise_kept");
    const [sign, signSelect] = picked("is", [["<", "below"], [">", "above"]], "<");
    const bound = number("Threshold", 0.4, 0, 100, 0.05);
    const [option, optionSelect] = picked("then more", orders.options.map((name) => [name, name.replaceAll("_", " ")]), "pool");
    const more = number("By, share of money", 0.2, 0, 1, 0.05);
    return form("Rule", [["Whom", whomSelect], ["If", measureSelect], ["is", signSelect], ["this", bound], ["then more", optionSelect], ["by", more]],
      () => `doctrine.${key(whom.value)}.rule = "if ${measure.value} ${sign.value} ${bound.value} then ${option.value} + ${more.value}"`, add);
  },
  hostility(orders, add) {
    const [who, whoSelect] = picked("Who presses", orders.challengers, "RUS");
    const [whom, whomSelect] = picked("Whom", [...orders.scopes, ["States", orders.states]], "Baltics");
    const added = number("Added to hostility", 0.1, -1, 1, 0.05);
    return form("Pressure, or less of it", [["Who", whoSelect], ["Whom", whomSelect], ["Added, −1 to 1", added]],
      () => `events.${who.value}.${key(whom.value)} = ${added.value}`, add);
  },
};

FORMS.war = (orders, add) => {
  const [who, whoSelect] = picked("Who", orders.challengers, "RUS");
  const [what, whatSelect] = picked("What", [["attack", "attacks"], ["ceasefire", "stops its war against"]], "attack");
  const [whom, whomSelect] = picked("Whom", orders.states, "EST");
  return form("War: ordered to begin or to stop; its course is drawn", [["Who", whoSelect], ["What", whatSelect], ["Whom", whomSelect]],
    () => `wars.${who.value}.${whom.value}.${what.value} = ${orders.year}`, add);
};

FORMS.beside = (orders, add) => {
  const [who, whoSelect] = picked("Guarantor", orders.seconds, orders.seconds[0]?.[0]);
  const [whom, whomSelect] = picked("Whom", [["all", "all its allies"], ...orders.scopes], "all");
  const [what, whatSelect] = picked("What", orders.channels.filter(([name]) => !["troops", "switch_off"].includes(name)).map(([name, meaning]) => [name, `${name.replace("_", " ")}: ${meaning}`]), "nuclear");
  const level = number("Level, 0 absent to 1 full", 0.5, 0, 1, 0.05);
  return form("What a second guarantor gives: 0 absent, 1 full", [["Guarantor", whoSelect], ["Whom", whomSelect], ["What", whatSelect], ["Level", level]],
    () => `posture.beside.${who.value}.${whom.value === "all" ? "" : `${key(whom.value)}.`}${what.value} = ${level.value}`, add);
};

/** The forms of a seat. */
export function orderForm(orders, add) {
  return h("div", {}, orders.levers.map((name) => FORMS[name](orders, add)),
    h("p", { class: "quiet" }, "Lines are those of a scenario file; false in place of a value takes back what was ordered before."));
}
