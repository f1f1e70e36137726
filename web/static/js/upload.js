// Sends files in pieces: what was interrupted goes on where it stopped. Without it the plain form sends them whole.
// @ts-check

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("drop"));
if (form) prepare(form);

/** @param {HTMLFormElement} drop */
function prepare(drop) {
  const files = /** @type {HTMLInputElement} */ (document.getElementById("files"));
  const folder = /** @type {HTMLInputElement} */ (document.getElementById("folder"));
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(drop, [...(files.files ?? []), ...(folder.files ?? [])]);
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    void send(drop, await dropped(event.dataTransfer));
  });
}

/**
 * Files of a drop, those inside folders too.
 * @param {DataTransfer | null} transfer
 * @returns {Promise<File[]>}
 */
async function dropped(transfer) {
  const entries = [...(transfer?.items ?? [])].map((one) => one.webkitGetAsEntry()).filter((one) => one !== null);
  const found = await Promise.all(entries.map((one) => inside(one)));
  return found.flat();
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<File[]>}
 */
async function inside(entry) {
  if (entry.isFile) {
    const file = /** @type {FileSystemFileEntry} */ (entry);
    return [await new Promise((done, failed) => file.file(done, failed))];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return all;
    for (const one of some) all.push(...(await inside(one)));
  }
}

/**
 * @param {HTMLFormElement} drop
 * @param {File[]} files
 */
async function send(drop, files) {
  const list = /** @type {HTMLElement} */ (document.getElementById("sending"));
  let failed = 0;
  for (const file of files) failed += (await sendOne(drop, list, file)) ? 0 : 1;
  if (files.length > 0 && failed === 0) location.reload();
}

/**
 * @param {HTMLFormElement} drop
 * @param {HTMLElement} list
 * @param {File} file
 * @returns {Promise<boolean>}
 */
async function sendOne(drop, list, file) {
  const row = document.createElement("li");
  const bar = document.createElement("progress");
  const name = file.webkitRelativePath || file.name;
  bar.max = Math.max(file.size, 1);
  bar.setAttribute("aria-label", name);
  const told = document.createElement("span");
  told.textContent = ` ${name} `;
  row.append(bar, told);
  list.append(row);
  if (file.size > Number(drop.dataset.limit)) {
    told.textContent += `: ${list.dataset.large}`;
    return false;
  }
  try {
    const twice = await pieces(drop, file, name, bar);
    told.textContent += `: ${twice ? list.dataset.twice : list.dataset.done}`;
    return true;
  } catch (problem) {
    told.textContent += `: ${problem instanceof Told ? problem.message : list.dataset.failed}`;
    return false;
  }
}

class Told extends Error {}

/**
 * @param {HTMLFormElement} drop
 * @param {File} file
 * @param {string} name
 * @param {HTMLProgressElement} bar
 * @returns {Promise<boolean>} true when the request already held these bytes
 */
async function pieces(drop, file, name, bar) {
  const size = Number(drop.dataset.piece);
  let at = await post(drop.dataset.begin ?? "", drop, { name, size: String(file.size) });
  while (at.received < file.size) {
    bar.value = at.received;
    const piece = file.slice(at.received, at.received + size);
    at = await post(`/uploads/${at.id}/pieces`, drop, { offset: String(at.received), piece });
  }
  bar.value = file.size;
  return (await post(`/uploads/${at.id}/end`, drop, {})).duplicate === true;
}

/**
 * @param {string} address
 * @param {HTMLFormElement} drop
 * @param {Record<string, string | Blob>} fields
 */
async function post(address, drop, fields) {
  const body = new FormData();
  body.set("csrf_token", /** @type {HTMLInputElement} */ (drop.elements.namedItem("csrf_token")).value);
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  const told = await answer.json();
  if (!answer.ok) throw new Told(told.advice ?? "");
  return told;
}
