// Asking while a lever moves: never two questions at once, never an older answer over a newer one.
import { client, stream } from "./api.js";
import { notice, show, sort, status, wanted, more } from "./answer.js";
import { emit, store } from "./state.js";

const PATIENCE = 1500;
let number = 0;
let controller = null;
let first = true;
let since = 0;
let waiting = false;
let clock = null;
let stored = null;
let held = null;

/** Keep an answer that was computed beforehand, {document, answer}: it stands in until the live one has as many futures. */
export const keep = (made) => { stored = made; };

/** The stored answer, where it is one to what is asked now: the same scenario, the same pictures. */
function standsIn() {
  if (!stored || JSON.stringify(stored.document) !== JSON.stringify(store.document)) return null;
  const { order, pictures } = stored.answer;
  const asIs = store.second.kind === pictures[1].kind && !store.second.ally && (!store.shown.length || store.shown.join() === order.changed.join());
  return asIs ? stored.answer : null;
}

/** Ask for an answer to the document as it is. While dragging a question is left to its first answer. */
export function ask(done = true) {
  if (!done && controller && !first && performance.now() - since < PATIENCE) {
    waiting = true;
    return;
  }
  waiting = false;
  send();
}

async function send() {
  const mine = ++number;
  controller?.abort();
  controller = new AbortController();
  first = false;
  since = performance.now();
  held = standsIn();
  if (held) {
    first = true;
    show({ ...held, number: mine, stored: true });
    status("refining", standing("computing it live"));
  }
  clearTimeout(clock);
  clock = setTimeout(() => { if (mine === number && !first) status("refining", "Answering…"); }, 250);
  try {
    await stream("/api/answers", { client, number: mine, document: store.document, pictures: wanted() }, controller.signal, (kind, said) => {
      if (mine === number) heard(kind, said, mine);
    });
  } catch (error) {
    if (error.name === "AbortError" || mine !== number) return;
    failed(error.message === "Failed to fetch" ? "The workbench does not answer. Is foedus app still running?" : error.message);
  }
}

function failed(said) {
  first = true;
  status("problem", "No answer");
  notice(said);
}

function heard(kind, said, mine) {
  if (kind === "waiting") {
    const behind = said.ahead ? `queued behind ${said.ahead} other question${said.ahead > 1 ? "s" : ""}` : `computing ${said.futures.toLocaleString("en")} futures`;
    const preparing = "preparing the world, some seconds the first time…";
    if (held) status("refining", standing(said.ready ? behind : preparing));
    else status("refining", said.ready ? shownSoFar() + behind : preparing[0].toUpperCase() + preparing.slice(1));
  } else if (kind === "answer") {
    notice("");
    if (!first) {
      first = true;
      window.dispatchEvent(new CustomEvent("foedus:first", { detail: { number: mine, ms: performance.now() - since } }));
    }
    if (held && said.futures < held.futures) {
      status("refining", standing(`${said.futures.toLocaleString("en")} computed live`));
      return;
    }
    held = null;
    if (said.futures >= said.asked) status("settled", `${said.futures.toLocaleString("en")} futures · settled`);
    else status("refining", `${said.futures.toLocaleString("en")} of ${said.asked.toLocaleString("en")} futures · refining`);
    show(said);
    if (waiting) { waiting = false; send(); }
  } else if (kind === "settled") {
    emit("settled");
    const before = store.shown.join();
    sort(false);
    if (store.shown.join() !== before) more();
  } else if (kind === "problem") {
    failed(said.detail);
  }
}

const standing = (said) => `stored answer of ${held.futures.toLocaleString("en")} futures · ${said}`;
const shownSoFar = () => (store.answer && store.answer.number === number ? `${store.answer.futures} futures shown, ` : "");
