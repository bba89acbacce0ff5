// Puts what the server drew into the page. It is the only place where text becomes elements, and what comes here was
// escaped by the server's templates.
import { keepDrafts } from "./drafts.js";

const policy = window.trustedTypes?.createPolicy("hub120", { createHTML: (html) => html });
const shown = new WeakMap();
const TOLD_MS = 12_000;
let leaves = 0;

function elements(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

// Replaces what is in a part. Where somebody types or looks stays where it is: focus, selection, what is open, how far
// it was scrolled.
export function show({ id, html, put }) {
  const part = document.getElementById(id);
  if (!part) return;
  if (!put && shown.get(part) === html) return;
  shown.set(part, html);
  const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
  const top = part.scrollTop;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const range = focused?.selectionStart === undefined ? null : [focused.selectionStart, focused.selectionEnd];
  const open = new Set([...part.querySelectorAll("details[id][open]")].map((one) => one.id));
  const content = elements(html);
  keepOpen(content, open);
  if (put) putInto(part, content);
  else part.replaceChildren(content);
  keepDrafts(part);
  if (part.dataset.end !== undefined && atEnd) part.scrollTop = part.scrollHeight;
  else part.scrollTop = top;
  if (focused && !focused.isConnected && focused.id) focusAgain(focused.id, range);
  document.dispatchEvent(new CustomEvent("part", { detail: { id } }));
}

function keepOpen(content, open) {
  for (const one of content.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = true;
}

// A child that was drawn so before stays, with whatever was put into it since.
function putInto(part, content) {
  for (const child of [...content.children]) {
    const drawn = child.outerHTML;
    const old = child.id && document.getElementById(child.id);
    if (!old) part.append(child);
    else if ((shown.get(old) ?? old.outerHTML) !== drawn) old.replaceWith(child);
    else continue;
    shown.set(child, drawn);
  }
}

function focusAgain(id, range) {
  const same = document.getElementById(id);
  same?.focus({ preventScroll: true });
  if (same && range) same.setSelectionRange?.(...range);
}

// Says something to who looks and to who listens.
export function tell(text) {
  const told = document.getElementById("told");
  if (!told) return;
  told.textContent = "";
  window.setTimeout(() => (told.textContent = text), 50);
  window.clearTimeout(leaves);
  leaves = window.setTimeout(() => (told.textContent = ""), TOLD_MS);
}
