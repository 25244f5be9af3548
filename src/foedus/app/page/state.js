// What the page holds: the scenario as a document, its history, what is shown; and the address that says all of it.

const listeners = {};

export const store = {
  catalogue: null,
  document: {},
  scope: "all",
  second: { kind: "map", ally: "" },
  order: "changed",
  shown: [],
  view: "workbench",
  answer: null,
  pins: [],
};

const past = [];
const future = [];
let last = "";

export const on = (name, does) => { (listeners[name] ??= []).push(does); };
export const emit = (name, ...said) => (listeners[name] ?? []).forEach((does) => does(...said));

export const copy = (value) => JSON.parse(JSON.stringify(value));

/** Begin with a document, without a history. */
export function begin(document) {
  store.document = copy(document);
  last = JSON.stringify(store.document);
  past.length = future.length = 0;
  emit("history");
}

/** Change the document. A gesture that goes on (`done` false) is one step of the history once it is done. */
export function change(alter, done = true) {
  const next = copy(store.document);
  alter(next);
  store.document = next;
  if (done) commit();
  emit("document", done);
}

/** Keep the document as it is as a step of the history. */
export function commit() {
  const now = JSON.stringify(store.document);
  if (now === last) return;
  past.push(last);
  if (past.length > 200) past.shift();
  future.length = 0;
  last = now;
  emit("history");
}

function step(from, to) {
  if (!from.length) return;
  to.push(last);
  last = from.pop();
  store.document = JSON.parse(last);
  emit("history");
  emit("document", true);
}

export const undo = () => step(past, future);
export const redo = () => step(future, past);
export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;
/** The document before the last change, or null. */
export const before = () => (past.length ? JSON.parse(past[past.length - 1]) : null);

const coded = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/** The whole state as the fragment of an address. */
export async function fragment() {
  const said = { d: store.document, k: store.second, s: store.scope, o: store.order, v: store.view };
  const packed = await through(new TextEncoder().encode(JSON.stringify(said)), new CompressionStream("deflate-raw"));
  return `#s=${coded(packed)}`;
}

const LARGEST = 512 * 1024;

/** The state that a fragment says; null where it says none, an error where it cannot be read. */
export async function fromFragment(text) {
  if (!text.startsWith("#s=")) return null;
  const bytes = await through(bytesOf(text.slice(3)), new DecompressionStream("deflate-raw"));
  if (bytes.length > LARGEST) throw new Error("the link holds more than a scenario");
  const said = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof said?.d !== "object") throw new Error("the link holds no scenario");
  return said;
}
