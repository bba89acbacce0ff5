// What is being typed is kept in this tab until it was sent: a lost connection, a reload, even signing in again lose no
// word. `data-draft` names the draft. It is for whoever typed it: where another signs in after them it is gone.
const PREFIX = "hub120 draft ";
const TYPED_BY = `${PREFIX}typed by`;

const { who } = document.body.dataset;
if (who && window.sessionStorage.getItem(TYPED_BY) !== who) {
  forgetAll();
  window.sessionStorage.setItem(TYPED_BY, who);
}

export function keepDrafts(root) {
  for (const field of root.querySelectorAll("[data-draft]")) {
    const kept = read(field);
    if (kept !== null && kept !== field.value && !field.matches(":focus")) field.value = kept;
  }
}

export function forgetDrafts(form) {
  for (const field of form.querySelectorAll("[data-draft]")) {
    window.sessionStorage.removeItem(PREFIX + field.dataset.draft);
    window.sessionStorage.removeItem(`${PREFIX}${field.dataset.draft} request`);
  }
}

// Whoever signs out takes along what was typed.
export function forgetAll() {
  for (const name of Object.keys(window.sessionStorage)) if (name.startsWith(PREFIX)) window.sessionStorage.removeItem(name);
}

// The id with which a draft is sent: the same however often it is tried.
export function requestId(form) {
  const draft = form.querySelector("[data-draft]")?.dataset.draft;
  if (!draft) return crypto.randomUUID();
  const name = `${PREFIX}${draft} request`;
  const known = window.sessionStorage.getItem(name) ?? crypto.randomUUID();
  window.sessionStorage.setItem(name, known);
  return known;
}

function read(field) {
  return window.sessionStorage.getItem(PREFIX + field.dataset.draft);
}

document.addEventListener("input", (event) => {
  const { draft } = event.target.dataset ?? {};
  if (draft) window.sessionStorage.setItem(PREFIX + draft, event.target.value);
});
