// Puts what the server drew into the page. It is the only place where text becomes elements, and what comes here was
// escaped by the server's templates.
import { keepDrafts } from "./drafts.js";

const policy = window.trustedTypes?.createPolicy("hub120", { createHTML: (html) => html });
const shown = new WeakMap();
const TOLD_MS = 12_000;
const REACHED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
let leaves = 0;

function elements(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

// Replaces what is in a part. Where somebody types or looks stays where it is: focus, selection, what is open or ticked,
// how far it was scrolled.
export function show({ id, html, put }) {
  const part = document.getElementById(id);
  if (!part) return;
  if (!put && shown.get(part) === html) return;
  shown.set(part, html);
  const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
  const top = part.scrollTop;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const range = focused?.selectionStart === undefined ? null : [focused.selectionStart, focused.selectionEnd];
  const content = elements(html);
  keepState(part, content);
  if (put) putInto(part, content);
  else part.replaceChildren(content);
  keepDrafts(part);
  if (part.dataset.end !== undefined && atEnd) part.scrollTop = part.scrollHeight;
  else part.scrollTop = top;
  if (focused && !focused.isConnected) focusAgain(part, focused, range);
  document.dispatchEvent(new CustomEvent("part", { detail: { id } }));
}

// What was opened, and what was ticked or not.
function keepState(part, content) {
  for (const one of content.querySelectorAll("details[id], input[type=checkbox][id]")) {
    const before = part.querySelector(`#${CSS.escape(one.id)}`);
    if (one.matches("details")) one.open ||= before?.open === true;
    else if (before) one.checked = before.checked;
  }
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

// The focus goes to what is now what had it. Where there is nothing like it any more, it goes to what is around the part,
// and never to a neighbour that does something else.
function focusAgain(part, lost, range) {
  const same = lost.id ? document.getElementById(lost.id) : [...part.querySelectorAll(REACHED)].find((one) => isLike(one, lost));
  (same ?? around(part)).focus({ preventScroll: true });
  if (same && range) same.setSelectionRange?.(...range);
}

function isLike(one, lost) {
  const [mine, theirs] = [one, lost].map((each) => each.getAttribute("href") ?? each.name ?? "");
  return one.tagName === lost.tagName && mine === theirs && one.textContent === lost.textContent;
}

function around(part) {
  const summary = part.closest("details")?.querySelector("summary");
  if (summary) return summary;
  const found = part.closest("section, article, main") ?? part;
  found.tabIndex = -1;
  return found;
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
