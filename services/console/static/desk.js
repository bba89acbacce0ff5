// The desk: the newest of what was said is in view, and the first offer has the focus when it comes and nobody types.
import "./files.js";

const history = document.getElementById("history");
if (history) history.scrollTop = history.scrollHeight;

document.addEventListener("ring", () => {
  const busy = document.activeElement?.matches("input, textarea, select");
  if (!busy) document.querySelector("#offers button")?.focus();
});
