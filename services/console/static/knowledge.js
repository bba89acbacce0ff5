// Knowledge: an article is put into the reply where the cursor is, and a file of articles is sent as it is.
import { post, say, take } from "./forms.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const field = button && document.getElementById(button.dataset.insert);
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(before && !/\s$/.test(before) ? `\n${button.value}` : button.value, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

document.getElementById("knowledge-import")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const form = event.target;
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const { source, name, file, complete } = form.elements;
  const headers = {
    "content-type": "application/octet-stream",
    "x-source": source.value,
    "x-source-name": encodeURIComponent(name.value),
    "x-file-name": encodeURIComponent(file.files[0].name),
    "x-complete": complete.checked ? "1" : "0",
  };
  try {
    take(form, await post(form.action, file.files[0], headers));
  } catch {
    say(form, document.body.dataset.unsent, true);
  } finally {
    form.removeAttribute("aria-busy");
  }
});
