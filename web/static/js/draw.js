// A mask drawn by dragging over the page, in the page's own points.
// @ts-check

export class Drawing {
  isOn = false;
  /** @type {{x: number, y: number} | null} */
  from = null;

  /** Listens to the page now shown. */
  attach() {
    const sheet = this.sheet();
    if (!sheet || sheet.dataset.draws === "yes") return;
    sheet.dataset.draws = "yes";
    sheet.addEventListener("pointerdown", (event) => this.begin(event));
    sheet.addEventListener("pointermove", (event) => this.move(event));
    sheet.addEventListener("pointerup", (event) => this.end(event));
    document.getElementById("figure")?.classList.toggle("drawn", this.isOn);
  }

  toggle() {
    if (this.isOn) this.stop();
    else this.start();
  }

  start() {
    this.isOn = true;
    document.getElementById("figure")?.classList.add("drawn");
    const add = /** @type {HTMLDetailsElement | null} */ (document.getElementById("add"));
    if (add) add.open = true;
  }

  stop() {
    this.isOn = false;
    this.from = null;
    document.getElementById("figure")?.classList.remove("drawn");
  }

  sheet() {
    return /** @type {SVGSVGElement | null} */ (/** @type {unknown} */ (document.getElementById("overlay")));
  }

  /** @param {PointerEvent} event */
  point(event) {
    const sheet = /** @type {SVGSVGElement} */ (this.sheet());
    const frame = sheet.getBoundingClientRect();
    const view = sheet.viewBox.baseVal;
    return {
      x: Math.max(0, Math.min(view.width, ((event.clientX - frame.left) * view.width) / frame.width)),
      y: Math.max(0, Math.min(view.height, ((event.clientY - frame.top) * view.height) / frame.height)),
    };
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (!this.isOn) return;
    event.preventDefault();
    this.sheet()?.setPointerCapture(event.pointerId);
    this.from = this.point(event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const drawn = document.getElementById("drawing");
    if (!this.from || !drawn) return;
    const to = this.point(event);
    drawn.setAttribute("x", String(Math.min(this.from.x, to.x)));
    drawn.setAttribute("y", String(Math.min(this.from.y, to.y)));
    drawn.setAttribute("width", String(Math.abs(this.from.x - to.x)));
    drawn.setAttribute("height", String(Math.abs(this.from.y - to.y)));
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (!this.from) return;
    const to = this.point(event);
    const [x0, x1] = [this.from.x, to.x].sort((a, b) => a - b);
    const [y0, y1] = [this.from.y, to.y].sort((a, b) => a - b);
    this.from = null;
    if (x1 - x0 > 2 && y1 - y0 > 2) this.choose({ x0, y0, x1, y1 });
  }

  /** @param {Record<string, number>} box */
  choose(box) {
    const form = /** @type {HTMLFormElement} */ (document.getElementById("mark"));
    for (const [name, value] of Object.entries(box)) field(form, name).value = value.toFixed(2);
    field(form, "span").value = "";
    const picked = /** @type {HTMLElement} */ (document.getElementById("picked"));
    picked.hidden = false;
    picked.textContent = picked.dataset.box ?? "";
    document.getElementById("mark-provision")?.focus();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
