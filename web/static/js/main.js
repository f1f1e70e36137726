// What every screen shares: parts that need a script appear, long work is followed live, a signed-out act is not lost.
// @ts-check

for (const part of document.querySelectorAll("[data-js]")) part.removeAttribute("hidden");
for (const part of document.querySelectorAll("[data-nojs]")) part.setAttribute("hidden", "");

let isLeaving = false; // a page shown anew would undo the step to another one
addEventListener("beforeunload", () => (isLeaving = true));

/** @type {HTMLElement | null} */
const live = document.querySelector("[data-progress]");
if (live) follow(live);

/**
 * Asks for the numbers until the work is done, then shows the page anew.
 * @param {HTMLElement} place
 */
async function follow(place) {
  const address = place.dataset.progress ?? "";
  for (let wait = 700; ; wait = Math.min(wait * 1.25, 4000)) {
    await new Promise((done) => setTimeout(done, wait));
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (answer === null || !answer.ok) return;
    const told = await answer.json();
    const read = place.querySelector("[data-read]");
    const pages = place.querySelector("[data-pages]");
    if (read) read.textContent = String(told.read);
    if (pages) pages.textContent = String(told.pages);
    if (told.left === 0 && told.joined) break;
  }
  const busy = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
  if (!busy && !isLeaving) location.reload();
}
