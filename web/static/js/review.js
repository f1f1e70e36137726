// The review screen: keys, acts without leaving the page, neighbours fetched ahead. Every act is a form that also works alone.
// @ts-check
import { Drawing } from "./draw.js";
import { actionOf, label } from "./keys.js";
import { Words } from "./words.js";
import { act, go, onShown, say } from "./swap.js";

const drawing = new Drawing();
const words = new Words();

/** @type {Record<string, () => void>} */
const DOES = {
  accept: () => decide("accept"),
  reject: () => decide("reject"),
  down: () => step(1),
  up: () => step(-1),
  next: () => press("next-open"),
  back: () => press("prev-open"),
  "page-next": () => press("page-next"),
  "page-back": () => press("page-back"),
  ground: () => open("change", "#provision"),
  reason: () => focus("#reason"),
  same: () => open("same", "button"),
  draw: () => draw(),
  words: () => open("words", "#wordlist"),
  outside: () => open("outside", "#scope"),
  comment: () => focus("#comment"),
  undo: () => press("undo"),
  redo: () => press("redo"),
  search: () => press("search"),
  preview: () => document.getElementById("figure")?.classList.toggle("released"),
  help: () => /** @type {HTMLDialogElement} */ (document.getElementById("keys")).showModal(),
};
/** @type {Record<string, () => void>} */
const FIXED = { ArrowDown: () => step(1), ArrowUp: () => step(-1), 1: () => lift(0), 2: () => lift(1), 3: () => lift(2) };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const does = FIXED[key] ?? DOES[actionOf(key) ?? ""];
  if (!does || document.querySelector("dialog[open]")) return;
  if (event.key.startsWith("Arrow") && !isInList(event.target)) return;
  event.preventDefault();
  does();
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.hasAttribute("data-act")) return;
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
  event.preventDefault();
  if (form.id === "decide" && !mayDecide(form, button)) return;
  void act(form, button);
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const link = target.closest("a[data-p], #page-next, #page-back, #next-open, #prev-open");
  if (link && !event.defaultPrevented && !(/** @type {MouseEvent} */ (event).ctrlKey)) {
    event.preventDefault();
    void go(link.getAttribute("href") ?? "");
  }
  const help = target.closest("#help");
  if (help) {
    event.preventDefault();
    DOES.help();
  }
});

document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (chosen instanceof HTMLSelectElement && chosen.id === "goto") void go(`${chosen.form?.action}?document=${chosen.value}`);
});

window.addEventListener("popstate", () => void go(location.href, { isBack: true }));
onShown(() => {
  drawing.attach();
  words.attach();
  for (const part of document.querySelectorAll("#review [data-js]")) part.removeAttribute("hidden");
  for (const part of document.querySelectorAll("#review [data-nojs]")) part.setAttribute("hidden", "");
  label();
  reveal();
  ahead();
});

/** Brings the chosen passage into sight inside its list, and nothing else: the page itself stays where it is. */
function reveal() {
  const list = document.getElementById("passages");
  const chosen = /** @type {HTMLElement | null} */ (document.querySelector(".passage.chosen"));
  if (!list || !chosen) return;
  const [frame, row] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (row.top < frame.top) list.scrollTop -= frame.top - row.top + 8;
  else if (row.bottom > frame.bottom) list.scrollTop += row.bottom - frame.bottom + 8;
}

/** Fetches the pictures of the neighbouring pages, so that turning costs nothing. */
function ahead() {
  for (const id of ["page-next", "page-back"]) {
    const path = document.getElementById(id)?.getAttribute("href")?.split("?")[0];
    if (path) new Image().src = `${path}.png`;
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  const at = /** @type {HTMLElement | null} */ (target);
  return at?.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [role=listbox]") ?? false;
}

/** @param {EventTarget | null} target */
function isInList(target) {
  return target === document.body || /** @type {Element} */ (target).closest?.("#passages") !== null;
}

/** @param {string} id */
function press(id) {
  const it = document.getElementById(id);
  if (it instanceof HTMLButtonElement && it.disabled) return;
  it?.click();
}

/** @param {string} id */
function decide(id) {
  const button = /** @type {HTMLButtonElement | null} */ (document.getElementById(id));
  const form = button?.form;
  if (form && button && mayDecide(form, button)) void act(form, button);
}

/**
 * Asks for what the law asks for: a reason for what it only permits, a ground to lift what it commands.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
function mayDecide(form, button) {
  const said = /** @type {HTMLElement} */ (document.getElementById("said"));
  const reason = /** @type {HTMLInputElement} */ (form.elements.namedItem("reason"));
  if (button?.id === "accept" && form.dataset.needsReason === "yes" && reason.value.trim() === "") {
    say(said.dataset.reason ?? "");
    reason.focus();
    return false;
  }
  if (button?.dataset.ground === "yes" && !form.querySelector("input[name=ground]:checked")) {
    say(said.dataset.ground ?? "");
    document.getElementById("lift")?.classList.add("needed");
    /** @type {HTMLElement | null} */ (form.querySelector("input[name=ground]"))?.focus();
    return false;
  }
  return true;
}

/** @param {number} index */
function lift(index) {
  const grounds = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#lift input[name=ground]"));
  if (grounds[index]) {
    grounds[index].checked = true;
    decide("reject");
  }
}

/** @param {number} by */
function step(by) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#passages .passage")]);
  const at = links.findIndex((one) => one.classList.contains("chosen"));
  const next = links[at + by];
  if (next) void go(next.getAttribute("href") ?? "");
  else press(by > 0 ? "page-next" : "page-back");
}

/**
 * @param {string} id
 * @param {string} inside
 */
function open(id, inside) {
  const part = /** @type {HTMLDetailsElement | null} */ (document.getElementById(id));
  if (!part) return;
  part.open = true;
  focus(`#${id} ${inside}`);
}

/** @param {string} selector */
function focus(selector) {
  const it = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  it?.focus();
  it?.scrollIntoView({ block: "nearest" });
}

function draw() {
  drawing.toggle();
  if (drawing.isOn) say(document.getElementById("said")?.dataset.draw ?? "");
}

function leave() {
  drawing.stop();
  if (isTyping(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
  say("");
}
