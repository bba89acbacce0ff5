// Files for a reply: each is sent as it was chosen, raw, and stands in the list until it is removed or the reply is sent.
// While one is on its way its form is not sent without it.
import { busily, post, say } from "./forms.js";

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-upload]")) return;
  const chosen = [...input.files];
  input.value = "";
  for (const file of chosen) await upload(input, file);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  const { form } = button;
  document.getElementById(button.dataset.remove)?.remove();
  form?.querySelector("input[type=file]")?.focus();
});

async function upload(input, file) {
  const { form, dataset } = input;
  if (file.size > Number(dataset.most)) {
    say(form, dataset.tooLong, true);
    return;
  }
  const headers = { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(file.name) };
  await busily(form, async () => ({ ...(await post(dataset.upload, file, headers)), keep: true }));
}
