// Small pieces of the page: elements, tables, numbers in words.

/** An element with attributes, listeners (onclick, …) and children; text is never read as HTML. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A table whose first column names the rows; cells are text or elements. */
export function table(heads, rows, caption = "") {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "Table" },
    h("table", {},
      caption && h("caption", { class: "sr" }, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, place) =>
        h(place ? "td" : "th", place ? {} : { scope: "row" }, cell)))))));
}

/** Have the browser save text or bytes under a name. */
export function save(name, body, type) {
  const address = URL.createObjectURL(body instanceof Blob ? body : new Blob([body], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export const count = (number) => Math.round(number).toLocaleString("en");

/** A select of [value, label] pairs; a pair whose label is a list is a group. */
export function choice(label, pairs, value, changed, attributes = {}) {
  const option = ([held, said]) => h("option", { value: held, selected: held === value }, said);
  return h("select", { "aria-label": label, onchange: (event) => changed(event.target.value), ...attributes },
    pairs.map(([held, said]) => Array.isArray(said) ? h("optgroup", { label: held }, said.map(option)) : option([held, said])));
}

/** Open the dialog with a title and content; it closes by Escape, by its button, or by a click outside. */
export function dialog(title, ...children) {
  const box = byId("dialog");
  box.replaceChildren(
    h("div", { class: "head" }, h("h2", { id: "dialog-title" }, title),
      h("button", { type: "button", onclick: () => box.close() }, "Close")),
    ...children);
  box.onclick = (event) => { if (event.target === box) box.close(); };
  if (!box.open) box.showModal();
  return box;
}
