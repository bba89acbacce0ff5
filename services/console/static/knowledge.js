// Knowledge: an article is put into the reply where the cursor is, and a file of articles is sent as it is.
import { busily, isBusy, post } from "./forms.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const field = button && document.getElementById(button.dataset.insert);
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(before && !/\s$/.test(before) ? `\n${button.value}` : button.value, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

document.getElementById("knowledge-import")?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const form = event.target;
  if (isBusy(form)) return;
  const { source, name, file, complete } = form.elements;
  const headers = {
    "content-type": "application/octet-stream",
    "x-source": source.value,
    "x-source-name": encodeURIComponent(name.value),
    "x-file-name": encodeURIComponent(file.files[0].name),
    "x-complete": complete.checked ? "1" : "0",
  };
  busily(form, () => post(form.action, file.files[0], headers));
});
