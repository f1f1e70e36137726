// Shows another state of the review without leaving it: the server's own page, its parts put in place of the old ones.
// @ts-check

const PARTS = ["bar", "passages", "detail"];
/** @type {(() => void)[]} */
const listeners = [];
let timer = 0;
let running = 0;

/** @param {() => void} listener called now and after each change of what is shown */
export function onShown(listener) {
  listeners.push(listener);
  listener();
}

/** @param {string} told shown for a moment, and read aloud */
export function say(told) {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = told;
  clearTimeout(timer);
  timer = window.setTimeout(() => (place.textContent = ""), 6000);
}

/**
 * @param {string} address
 * @param {{isBack?: boolean}} [how]
 */
export async function go(address, how = {}) {
  const call = ++running;
  const answer = await reach(address, {});
  if (answer && call === running) await show(answer, how.isBack === true);
}

/**
 * Sends a form as its button would, and shows where the server leads.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
export async function act(form, button) {
  if (form.dataset.sent === "yes") return;
  form.dataset.sent = "yes";
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  const address = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  const answer = await reach(address, { method: "POST", body });
  delete form.dataset.sent;
  if (answer?.status === 401) sendAlone(form, button);
  else if (answer) await show(answer, false);
}

/**
 * The session ended: the form is sent as without a script, and the sign-in page keeps what it holds.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
function sendAlone(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
}

/**
 * @param {string} address
 * @param {RequestInit} how
 * @returns {Promise<Response | null>}
 */
async function reach(address, how) {
  const said = document.getElementById("said");
  const answer = await fetch(address, { ...how, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (answer === null) {
    say(said?.dataset.lost ?? "");
    return null;
  }
  if (answer.ok || answer.status === 401) return answer;
  const told = await answer.json().catch(() => ({}));
  say([told.title, told.advice].filter(Boolean).join(" – "));
  if (answer.status === 409) void go(location.href); // somebody else decided: what stands now is shown
  return null;
}

/**
 * @param {Response} answer
 * @param {boolean} isBack
 */
async function show(answer, isBack) {
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.getElementById("review")) {
    location.assign(answer.url);
    return;
  }
  if (!isBack && answer.url !== location.href) history.pushState(null, "", answer.url);
  document.title = next.title;
  for (const id of PARTS) replace(next, id);
  turn(next);
  const told = [...next.querySelectorAll("main > .note")].map((one) => one.textContent?.trim()).join(" ");
  if (told) say(told);
  for (const listener of listeners) listener();
}

/** The picture stays in place while the page is the same: only what lies over it changes. @param {Document} next */
function turn(next) {
  const figure = document.getElementById("figure");
  const other = next.getElementById("figure");
  if (!figure || !other) return;
  if (figure.dataset.key === other.dataset.key) {
    replace(next, "overlay");
    return;
  }
  const isReleased = figure.classList.contains("released");
  replace(next, "figure");
  document.getElementById("figure")?.classList.toggle("released", isReleased);
  replace(next, "words");
}

/**
 * @param {Document} next
 * @param {string} id
 */
function replace(next, id) {
  const old = document.getElementById(id);
  const fresh = next.getElementById(id);
  if (!old || !fresh) return;
  const top = old.scrollTop;
  old.replaceWith(document.adoptNode(fresh));
  if (id === "passages") fresh.scrollTop = top;
}
