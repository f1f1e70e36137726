// Words of the page picked by keyboard or mouse, in one run or several, to be masked, or to be all that stays.
// @ts-check

export class Words {
  at = 0;
  from = 0;
  /** @type {[number, number][]} runs kept so far, as first and last word */
  runs = [];

  attach() {
    const list = this.list();
    if (!list || list.dataset.picks === "yes") return;
    list.dataset.picks = "yes";
    this.at = this.from = 0;
    this.runs = [];
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
      if (event.key === " ") this.keep();
      else this.take();
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
    if (event.ctrlKey || event.metaKey) this.keep();
    else if (!event.shiftKey) this.runs = [];
    this.paint();
    this.take(false);
  }

  /** Keeps the run, so that another may be picked beside it; one that is kept is let go. */
  keep() {
    const [first, last] = this.run();
    const left = this.runs.filter(([a, b]) => a !== first || b !== last);
    this.runs = left.length < this.runs.length ? left : [...this.runs, [first, last]];
    this.paint();
    this.take(false);
  }

  /** @returns {[number, number]} the run at hand */
  run() {
    return [Math.min(this.at, this.from), Math.max(this.at, this.from)];
  }

  /** Runs in the order of the page: those kept, else the one at hand. */
  chosen() {
    const runs = this.runs.length > 0 ? [...this.runs] : [this.run()];
    const words = this.options();
    return runs.sort((a, b) => a[0] - b[0]).map(([first, last]) => words.slice(first, last + 1));
  }

  paint() {
    const chosen = new Set(this.chosen().flat());
    const [first, last] = this.run();
    this.options().forEach((one, index) => {
      one.setAttribute("aria-selected", String(chosen.has(one) || (index >= first && index <= last)));
      one.classList.toggle("at", index === this.at);
    });
    const here = this.options()[this.at];
    this.list()?.setAttribute("aria-activedescendant", here.id);
    here.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} [moves] whether the form takes the focus */
  take(moves = true) {
    const chosen = this.chosen().filter((one) => one.length > 0);
    if (chosen.length === 0) return;
    const span = chosen.map((one) => `${one[0].dataset.start}-${one[one.length - 1].dataset.end}`).join(",");
    const form = /** @type {HTMLFormElement} */ (document.getElementById("mark"));
    /** @type {HTMLInputElement} */ (form.elements.namedItem("span")).value = span;
    const picked = /** @type {HTMLElement} */ (document.getElementById("picked"));
    picked.hidden = false;
    picked.textContent = `${picked.dataset.words} ${chosen.map((one) => one.map((word) => word.textContent).join(" ")).join(" … ")}`;
    const but = /** @type {HTMLButtonElement} */ (document.getElementById("all-but"));
    but.hidden = false;
    but.name = "keep";
    but.value = span;
    const add = /** @type {HTMLDetailsElement} */ (document.getElementById("add"));
    add.open = true;
    if (moves) document.getElementById("mark-provision")?.focus();
  }
}
