// What views share: asking about the scenario on screen, and words while that takes a moment.
import { client, post } from "./api.js";
import { h } from "./dom.js";
import { store } from "./state.js";

const MOST = 256;

/** Futures that a view asks for: those on screen, up to so many that it is there in a moment. */
export const futures = () => Math.min(store.answer?.futures ?? 64, MOST);

/** Ask about the scenario on screen. */
export const ofRun = (path, further = {}) => post(`/api/${path}`, { client, document: store.document, futures: futures(), ...further });

/** Ask about facts and assumptions. */
export const ofRecord = (path, further = {}) => post(`/api/${path}`, { client, ...further });

let newest = 0;

/** Show words in a place, ask, then show what came, unless something else was asked meanwhile. */
export async function filled(place, head, asking, made) {
  const mine = ++newest;
  place.replaceChildren(head, h("p", { class: "quiet", role: "status" }, "Computing…"));
  let body;
  try {
    body = made(await asking);
  } catch (error) {
    body = [h("p", { role: "alert", class: "up" }, error.message)];
  }
  if (mine === newest) place.replaceChildren(head, ...[body].flat());
}

/** What every view of a run says under it. */
export const said = (text) => h("p", { class: "quiet" }, text);

/** Of which futures a view is, how exact, and what holds of every answer. */
export const run = (found) => `${found.known} ${store.catalogue.said}`;
