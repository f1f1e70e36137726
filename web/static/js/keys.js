// Which key does what: the product's own, or those that this browser's reader chose. Kept in the browser, nowhere else.
// @ts-check

const KEPT = "redactor.keys";

/** @type {Readonly<Record<string, string>>} */
export const OWN = Object.freeze({
  accept: "a", reject: "r", down: "j", up: "k", next: "n", back: "b", "page-next": "]", "page-back": "[",
  ground: "g", reason: "m", same: "t", draw: "d", words: "w", outside: "o", comment: "c", undo: "u", redo: "y",
  search: "/", preview: "v", help: "?",
});
const FIXED = new Set(["1", "2", "3", "Escape", "Enter", "Tab", " "]); // grounds of a lifted mask, and the browser's own

/** @returns {Record<string, string>} the key of each action; what is kept and makes no sense is passed over */
export function keymap() {
  const map = { ...OWN };
  for (const [action, key] of Object.entries(kept())) if (action in OWN && isFree(key)) map[action] = key;
  const all = Object.values(map);
  return new Set(all).size === all.length ? map : { ...OWN };
}

/** @returns {Record<string, string>} */
function kept() {
  try {
    const told = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return typeof told === "object" && told !== null && !Array.isArray(told) ? told : {};
  } catch {
    return {};
  }
}

/** @param {unknown} key */
export function isFree(key) {
  return typeof key === "string" && key.length === 1 && !FIXED.has(key) && key === key.toLowerCase();
}

/**
 * Gives an action another key; the action that had it takes the old one.
 * @param {string} action
 * @param {string} key
 */
export function change(action, key) {
  const map = keymap();
  const other = Object.keys(map).find((one) => map[one] === key);
  if (other) map[other] = map[action];
  map[action] = key;
  localStorage.setItem(KEPT, JSON.stringify(map));
}

export function reset() {
  localStorage.removeItem(KEPT);
}

/** @param {string} key as typed; the action it stands for */
export function actionOf(key) {
  const map = keymap();
  return Object.keys(map).find((action) => map[action] === key);
}

/** Writes the keys in force where the page names them. */
export function label() {
  const map = keymap();
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key]"))) {
    const key = map[place.dataset.key ?? ""];
    if (key !== undefined && place.tagName === "KBD" && place.textContent !== key) place.textContent = key;
  }
}
