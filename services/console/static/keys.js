// Keys: what has `aria-keyshortcuts="Alt+A"` is pressed or focused by it, wherever the focus is.
export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.code.replace(/^(Key|Digit)/, "");
    const wanted = `Alt+${event.shiftKey ? "Shift+" : ""}${key}`;
    const found = [...document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(wanted)}"]`)];
    const one = found.find((element) => element.checkVisibility());
    if (!one) return;
    event.preventDefault();
    if (one.matches("button, a") || (one.matches("summary") && turns(one.parentElement))) one.click();
    if (one.matches("input, textarea, select, summary, section, a")) one.focus();
  });
}

// What is folded is unfolded. What is unfolded is gone to first, and folded by the same key from within.
function turns(details) {
  return !details.open || details.contains(document.activeElement);
}
