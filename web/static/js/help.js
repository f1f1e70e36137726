// The table of keys: each may be given another key.
// @ts-check
import { change, isFree, label, reset } from "./keys.js";

const said = /** @type {HTMLElement | null} */ (document.getElementById("keys-said"));
/** @type {HTMLButtonElement | null} */
let waiting = null;

label();
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-change]"))) {
  button.hidden = false;
  button.addEventListener("click", () => {
    waiting = button;
    tell("press");
  });
}
document.getElementById("reset-keys")?.addEventListener("click", () => {
  reset();
  label();
  tell("reset");
});
document.addEventListener("keydown", (event) => {
  if (!waiting || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Escape") tell("");
  else if (isFree(key)) {
    change(waiting.dataset.change ?? "", key);
    label();
    tell("done");
  } else return;
  event.preventDefault();
  waiting = null;
});

/** @param {string} what */
function tell(what) {
  if (said) said.textContent = said.dataset[what] ?? "";
}
