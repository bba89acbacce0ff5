// Forms are sent without leaving the page. The answer says which parts changed, what to say, where to go, or what was
// wrong, which is shown beside its field. `data-confirm` asks before.
import { forgetAll, forgetDrafts, requestId } from "./drafts.js";
import { show, tell } from "./parts.js";

const WENT = "hub120 went";

export function sendForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return;
    send(form, event.submitter);
  });
}

// Choosing presses the button that `data-press` names.
document.addEventListener("change", (event) => document.getElementById(event.target.dataset?.press ?? "")?.click());

export function send(form, submitter) {
  if (isBusy(form)) return;
  const fields = new URLSearchParams(new FormData(form, submitter));
  if (form.querySelector("[name=request_id]")) fields.set("request_id", requestId(form));
  busily(form, () => post(form.action, fields));
}

export const isBusy = (form) => form.getAttribute("aria-busy") === "true";

// While `ask` waits for its answer the form is busy; what cannot be sent stays in it.
export async function busily(form, ask) {
  form.setAttribute("aria-busy", "true");
  try {
    take(form, await ask());
  } catch {
    say(form, document.body.dataset.unsent, true);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

export async function post(address, body, headers = {}) {
  const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";
  const answer = await fetch(address, { method: "POST", body, headers: { "x-csrf-token": csrf, ...headers } });
  return { ok: answer.ok, said: answer.ok ? "" : document.body.dataset.unsent, ...(await answer.json()) };
}

// `keep`: what is in the form stays, it was only a part of it that was sent.
export function take(form, { ok, parts = [], go = "", said = "", wrong = {}, keep = false }) {
  if (ok && !keep) {
    forgetDrafts(form);
    if (form.action.endsWith("/sign-out")) forgetAll();
    if (form.dataset.keep === undefined && !go) form.reset();
  }
  markWrong(form, wrong);
  parts.forEach(show);
  if (said) say(form, said, !ok);
  else if (ok) clear(form);
  if (go) goTo(go);
  form.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: { ok } }));
}

function goTo(there) {
  window.sessionStorage.setItem(WENT, "yes");
  const here = encodeURIComponent(window.location.pathname);
  window.location.assign(there.startsWith("/sign-in?again") ? `${there}&next=${here}` : there);
}

// Who came here by a form begins at the page's own matter, as who reads on would.
export function arrive() {
  if (window.sessionStorage.getItem(WENT)) document.getElementById("main")?.focus();
  window.sessionStorage.removeItem(WENT);
}

function markWrong(form, wrong) {
  for (const field of form.elements) {
    if (!field.name) continue;
    if (wrong[field.name]) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

export function say(form, text, bad) {
  const line = form.querySelector(".form-said") ?? form.appendChild(document.createElement("p"));
  line.className = bad ? "form-said notice bad" : "form-said notice";
  line.setAttribute("role", bad ? "alert" : "status");
  line.textContent = text;
  if (!form.isConnected) tell(text);
}

function clear(form) {
  form.querySelector(".form-said")?.remove();
}
