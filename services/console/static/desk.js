// The desk: the newest of what was said is in view, and the first offer has the focus when it comes and nobody types.
import "./files.js";

const history = document.getElementById("history");
if (history) history.scrollTop = history.scrollHeight;

document.addEventListener("ring", () => {
  const busy = document.activeElement?.matches("input, textarea, select");
  if (!busy) document.querySelector("#offers button")?.focus();
});

// A call that goes on is in view, once: who folds its panel then has it folded.
let called = "";
document.addEventListener("part", ({ detail }) => {
  const { call } = document.querySelector("#bridge-state [data-call]")?.dataset ?? {};
  if (detail.id !== "bridge-state" || !call || call === called) return;
  called = call;
  document.getElementById("tool-bridge").open = true;
});
