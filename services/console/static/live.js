// The events of a page. When the connection is lost it is sought again, and what is shown is marked until it is fresh.
import { post } from "./forms.js";
import { show, tell } from "./parts.js";
import { inSeoulAt, setClock } from "./times.js";

const SILENT_MS = 10_000;
const AGAIN_MS = [500, 1_000, 2_000, 5_000];
const lost = new Map();
let heard = Date.now();
let failed = 0;
let wasLost = false;

export function follow(address) {
  const source = new EventSource(address);
  const on = (kind, act) => source.addEventListener(kind, (event) => { hear(); act(JSON.parse(event.data)); });
  on("beat", (seconds) => setClock(seconds));
  on("part", show);
  on("lost", ({ stream, lost: away }) => { away ? lost.set(stream, lost.get(stream) ?? Date.now()) : lost.delete(stream); sayLine(); });
  on("tell", (text) => tell(text));
  on("go", (there) => { source.close(); window.location.assign(withNext(there)); });
  on("renew", async () => {
    const { ok } = await post("/session/renew", new URLSearchParams()).catch(() => ({ ok: false }));
    if (ok) { source.close(); follow(address); }
  });
  on("ring", (text) => { tell(text); document.dispatchEvent(new CustomEvent("ring")); });
  source.onopen = () => { failed = 0; hear(); };
  source.onerror = () => {
    failed += 1;
    sayLine();
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    window.setTimeout(() => follow(address), AGAIN_MS[Math.min(failed, AGAIN_MS.length) - 1]);
  };
}

function hear() {
  heard = Date.now();
  if (failed) { failed = 0; lost.clear(); }
  sayLine();
}

function withNext(there) {
  if (!there.startsWith("/sign-in")) return there;
  const here = window.location.pathname + window.location.search;
  return `${there}${there.includes("?") ? "&" : "?"}next=${encodeURIComponent(here)}`;
}

// The line on top: lost, stale, or nothing.
function sayLine() {
  const line = document.getElementById("line");
  const words = document.body.dataset;
  const away = failed > 0 || Date.now() - heard > SILENT_MS;
  const since = Math.min(heard, ...lost.values());
  const said = away ? words.lost : lost.size ? words.stale : "";
  const text = said.replace("{seconds}", String(Math.round((Date.now() - since) / 1000))).replace("{time}", inSeoulAt(since));
  document.body.classList.toggle("stale", Boolean(text));
  if (line) {
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
  }
  if (wasLost && !text) tell(words.found);
  wasLost = Boolean(text);
}

window.setInterval(sayLine, 1_000);
