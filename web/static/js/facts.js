// The grid of facts: a value copied down its column, a suggestion taken with one press.
// @ts-check

for (const button of document.querySelectorAll("button[data-fill]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => fill(/** @type {HTMLElement} */ (button).dataset.fill ?? ""));
}
for (const button of document.querySelectorAll("button[data-suggest]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => take(/** @type {HTMLElement} */ (button)));
}

/**
 * The first value stated in a column goes into the cells below it that are empty.
 * @param {string} key
 */
function fill(key) {
  const cells = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
    document.querySelectorAll(`#grid td [name$=".${key}"]:not([type=hidden])`)
  );
  const rows = [...cells].filter((one) => !one.name.startsWith("d."));
  const first = rows.findIndex((one) => one.value !== "");
  if (first < 0) return;
  for (const one of rows.slice(first + 1)) {
    if (one.value === "") {
      one.value = rows[first].value;
      one.classList.add("suggested");
    }
  }
}

/** @param {HTMLElement} button */
function take(button) {
  const cell = document.querySelector(`#grid td [name="${button.dataset.suggest}"]:not([type=hidden])`);
  if (cell instanceof HTMLInputElement || cell instanceof HTMLSelectElement) {
    cell.value = button.dataset.value ?? "";
    cell.classList.add("suggested");
    cell.focus();
  }
}
