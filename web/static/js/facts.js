// The grid of facts: a value copied down its column. Suggestions need no script.
// @ts-check

for (const button of document.querySelectorAll("button[data-fill]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => fill(/** @type {HTMLElement} */ (button).dataset.fill ?? ""));
}
document.getElementById("grid")?.addEventListener("change", (event) => {
  /** @type {HTMLElement} */ (event.target).classList.remove("suggested"); // somebody's own choice now
});

/**
 * The first value stated in a column goes into the cells below it that are empty.
 * @param {string} key
 */
function fill(key) {
  const cells = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
    document.querySelectorAll(`#grid td [name$=".${key}"]:not([type=hidden])`)
  );
  const rows = [...cells].filter((one) => !one.name.startsWith("d."));
  const first = rows.findIndex((one) => one.value !== "" && !one.classList.contains("suggested"));
  if (first < 0) return;
  for (const one of rows.slice(first + 1)) {
    if (one.value === "") {
      one.value = rows[first].value;
      one.classList.add("filled");
    }
  }
}
