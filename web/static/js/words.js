// Words of the page picked by keyboard or mouse, to be masked, or to be all that stays.
// @ts-check

export class Words {
  at = 0;
  from = 0;

  attach() {
    const list = this.list();
    if (!list || list.dataset.picks === "yes") return;
    list.dataset.picks = "yes";
    this.at = this.from = 0;
    list.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("click", (event) => this.click(event));
  }

  list() {
    return document.getElementById("wordlist");
  }

  options() {
    return /** @type {HTMLElement[]} */ ([...(this.list()?.children ?? [])]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowRight: 1, ArrowDown: 12, ArrowLeft: -1, ArrowUp: -12 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.take();
    }
    if (by === undefined) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(this.options().length - 1, this.at + by));
    if (!event.shiftKey) this.from = this.at;
    this.paint();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const index = this.options().indexOf(/** @type {HTMLElement} */ (event.target));
    if (index < 0) return;
    this.at = index;
    if (!event.shiftKey) this.from = index;
    this.paint();
    this.take(false);
  }

  chosen() {
    const [first, last] = [Math.min(this.at, this.from), Math.max(this.at, this.from)];
    return this.options().slice(first, last + 1);
  }

  paint() {
    const chosen = new Set(this.chosen());
    this.options().forEach((one, index) => {
      one.setAttribute("aria-selected", String(chosen.has(one)));
      one.classList.toggle("at", index === this.at);
    });
    const here = this.options()[this.at];
    this.list()?.setAttribute("aria-activedescendant", here.id);
    here.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} [moves] whether the form takes the focus */
  take(moves = true) {
    const chosen = this.chosen();
    if (chosen.length === 0) return;
    const span = `${chosen[0].dataset.start}-${chosen[chosen.length - 1].dataset.end}`;
    const form = /** @type {HTMLFormElement} */ (document.getElementById("mark"));
    /** @type {HTMLInputElement} */ (form.elements.namedItem("span")).value = span;
    const picked = /** @type {HTMLElement} */ (document.getElementById("picked"));
    picked.hidden = false;
    picked.textContent = `${picked.dataset.words} ${chosen.map((one) => one.textContent).join(" ")}`;
    const but = /** @type {HTMLButtonElement} */ (document.getElementById("all-but"));
    but.hidden = false;
    but.name = "keep";
    but.value = span;
    const add = /** @type {HTMLDetailsElement} */ (document.getElementById("add"));
    add.open = true;
    if (moves) document.getElementById("mark-provision")?.focus();
  }
}
