// A link may bring the token behind its `#`: it is taken from there, out of the address, and sent.
import { send } from "./forms.js";

const form = document.getElementById("sign-in");
const brought = new URLSearchParams(window.location.hash.slice(1)).get("token");
if (form && brought) {
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  form.elements.token.value = brought;
  send(form);
}
