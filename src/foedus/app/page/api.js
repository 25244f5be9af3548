// Asking the server. Every refusal is an Error with the words of the problem.

export const client = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

async function refused(response) {
  let said = `${response.status} ${response.statusText}`;
  try { said = (await response.json()).detail ?? said; } catch { /* no JSON: the status must do */ }
  const error = new Error(said);
  error.status = response.status;
  return error;
}

const posted = (body, signal) => ({
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal,
});

export async function get(address) {
  const response = await fetch(address);
  if (!response.ok) throw await refused(response);
  return response.json();
}

export async function post(address, body, signal) {
  const response = await fetch(address, posted(body, signal));
  if (!response.ok) throw await refused(response);
  return response.json();
}

export async function bytes(address, body) {
  const response = await fetch(address, posted(body));
  if (!response.ok) throw await refused(response);
  return response.blob();
}

/** Post a question and hear its events, (kind, said), until the stream ends. */
export async function stream(address, body, signal, heard) {
  const response = await fetch(address, posted(body, signal));
  if (!response.ok) throw await refused(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
      const lines = held.slice(0, end).split("\n");
      held = held.slice(end + 2);
      const kind = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const said = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (kind && said) heard(kind, JSON.parse(said));
    }
  }
}
