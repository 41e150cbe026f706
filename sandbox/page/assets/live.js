// Keeps a page fresh without a reload: asks once a second whether anything changed, and then changes only what differs.
// A form that somebody writes in is left as it is. Everything works without this script too.
const ASK_EVERY_MS = 1000;
const REFRESH_AFTER_MS = 30_000;
const versionAddress = document.body.dataset.versionAddress;
let version = document.body.dataset.version;
let refreshedAt = Date.now();

document.documentElement.classList.add("js");
if (versionAddress) setInterval(() => void ask().catch(() => undefined), ASK_EVERY_MS);
document.addEventListener("click", (event) => void copy(event.target.closest("[data-copy]")));
document.addEventListener("submit", (event) => {
  if (!event.target.classList.contains("press")) return;
  event.preventDefault();
  void press(event.target, event.submitter).catch(() => location.reload());
});

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(versionAddress);
  const now = await answer.text();
  const isStale = Date.now() - refreshedAt > REFRESH_AFTER_MS;
  const hasChanged = now !== version;
  version = now;
  if (!answer.ok || !(hasChanged || isStale)) return;
  show(await (await fetch(location.href)).text());
}

/** Sends a form that only has a button, and stays where the reader is. */
async function press(form, submitter) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
  document.getElementById("notice")?.remove();
  show(await answer.text());
  document.getElementById("notice")?.focus();
}

function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  refreshedAt = Date.now();
  document.title = next.title;
  for (const part of ["main", ".repository"]) {
    const [old, fresh] = [document.querySelector(part), next.querySelector(part)];
    if (old && fresh) update(old, fresh);
  }
}

/** Makes `old` like `fresh` with as few changes as needed: what is open, focused or selected stays so. */
function update(old, fresh) {
  if (old.isEqualNode(fresh) || isBusy(old)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  let place = old.firstChild;
  for (const child of fresh.childNodes) {
    const match = (child.id && old.querySelector(`:scope > #${CSS.escape(child.id)}`)) || (isAlike(place, child) ? place : null);
    if (!match) {
      old.insertBefore(document.importNode(child, true), place);
    } else {
      if (match !== place) old.insertBefore(match, place);
      update(match, child);
      place = match.nextSibling;
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    if (!holdsWriting(gone)) gone.remove();
  }
}

function isAlike(old, fresh) {
  return old !== null && old.nodeName === fresh.nodeName && !old.id && !fresh.id;
}

function isBusy(node) {
  return node.nodeName === "FORM" ? holdsWriting(node) : node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-keep");
}

/** Whether somebody writes in it, wrote in it, or was refused in it. */
function holdsWriting(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.matches("[data-keep]") || node.querySelector("[data-keep]")) return true;
  return [...node.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => field === document.activeElement || isChanged(field));
}

function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.nodeName !== "SELECT") return field.value !== field.defaultValue;
  const preset = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(preset, 0);
}

async function copy(button) {
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
}
