import { fresh } from "../enhance";
import { announce } from "./announce";
import { meant } from "./shortcuts";

const BOX = "[data-select]";

/**
 * `data-chooses="LIST"` on the form around a list whose rows have boxes (`data-select`): what is chosen is counted and
 * said, one box takes the whole page, Shift takes all between two. The key `x` ticks the row that has focus, `X` all
 * up to it, `Escape` lets go. While something is chosen, `data-chosen-key="a"` on a button of the form is pressed by
 * that key: the bar is far from the row by Tab. Without script the boxes and the form work as they are.
 */
export function chosenRows(root: ParentNode): void {
  for (const form of fresh(root, "[data-chooses]", "Chooses")) {
    const list = document.getElementById(form.dataset["chooses"] ?? "");
    if (list) new ChosenRows(form, list).start();
  }
}

export class ChosenRows {
  /** The row that a range begins at: the last one that was ticked, by its id, for rows are put anew. */
  private anchor = "";
  private count = 0;

  constructor(
    private readonly form: HTMLElement,
    private readonly list: HTMLElement,
  ) {}

  start(): void {
    this.list.addEventListener("click", (event) => this.pressed(event));
    this.form.addEventListener("change", (event) => this.changed(event));
    this.form.addEventListener("click", (event) => this.linked(event));
    document.addEventListener("keydown", (event) => this.typed(event));
    // Rows come and go by themselves, and a browser that comes back to the page ticks what was ticked.
    const rows = this.list.querySelector("[data-rows]");
    if (rows) new MutationObserver(() => this.show()).observe(rows, { childList: true });
    window.addEventListener("pageshow", () => this.show());
    this.show();
  }

  private pressed(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const box = boxAt(target);
    // Only on the box's own cell: elsewhere Shift opens the ticket in another window.
    if (!event.shiftKey || !box?.closest("td")?.contains(target)) return;
    // Beside the box itself not every browser ticks it while Shift is held: then we do.
    if (target !== box) {
      event.preventDefault();
      box.checked = !box.checked;
    }
    this.range(box);
    this.show();
  }

  private changed(event: Event): void {
    const target = event.target;
    if (!(target instanceof HTMLInputElement)) return;
    if (target.matches("[data-select-all]")) this.all(target.checked);
    else if (target.matches(BOX)) this.anchor = rowOf(target)?.id ?? "";
    this.show();
  }

  private linked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("[data-choose-all], [data-let-go]") : null;
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-let-go]")) this.letGo();
    else this.all(true);
    this.show();
  }

  private typed(event: KeyboardEvent): void {
    if (!this.form.isConnected || !meant(event)) return;
    const key = event.key.toLowerCase();
    const box = boxAt(document.activeElement);
    // On a box the browser would send the form, which nobody means.
    if (key === "enter" && document.activeElement?.matches(`${BOX}, [data-select-all]`)) event.preventDefault();
    if (key === "x" && box && this.list.contains(box)) {
      box.checked = !box.checked;
      if (event.shiftKey) this.range(box);
      else this.anchor = rowOf(box)?.id ?? "";
    } else if (this.chosen().length === 0 || anyOpen()) return;
    else if (key === "escape") this.letGo();
    else if (!this.pressKey(key)) return;
    event.preventDefault();
    this.show();
  }

  private pressKey(key: string): boolean {
    const button = this.form.querySelector<HTMLElement>(`[data-chosen-key="${CSS.escape(key)}"]`);
    button?.click();
    return button !== null;
  }

  /** All between the row that was ticked last and this one become as this one is. */
  private range(box: HTMLInputElement): void {
    const all = this.boxes();
    const from = all.findIndex((each) => rowOf(each)?.id === this.anchor);
    const to = all.indexOf(box);
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const each of all.slice(first, last + 1)) each.checked = box.checked;
    this.anchor = rowOf(box)?.id ?? "";
  }

  private all(on: boolean): void {
    for (const box of this.boxes()) box.checked = on;
  }

  /** Nothing is chosen; focus does not get lost with the bar that goes. */
  private letGo(): void {
    const first = this.chosen()[0];
    const inBar = document.activeElement?.closest("[data-several]");
    this.all(false);
    this.anchor = "";
    if (inBar) rowOf(first)?.querySelector<HTMLElement>("a")?.focus();
  }

  private show(): void {
    const boxes = this.boxes();
    const count = this.chosen().length;
    const all = this.form.querySelector<HTMLInputElement>("[data-select-all]");
    if (all) {
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
    if (count === this.count) return;
    this.count = count;
    const words = this.words(count);
    const place = this.form.querySelector("[data-chosen-count]");
    if (place) place.textContent = words;
    announce(words);
  }

  private words(count: number): string {
    const bar = this.form.querySelector<HTMLElement>("[data-several]");
    const words = bar?.dataset[count === 0 ? "none" : count === 1 ? "one" : "many"];
    return (words ?? "").replace("{count}", String(count));
  }

  private boxes(): HTMLInputElement[] {
    return [...this.list.querySelectorAll<HTMLInputElement>(BOX)];
  }

  private chosen(): HTMLInputElement[] {
    return this.boxes().filter((box) => box.checked);
  }
}

function rowOf(element: Element | undefined | null): HTMLElement | null {
  return element?.closest<HTMLElement>("[data-row]") ?? null;
}

/** The box of the row that the element stands in. */
function boxAt(element: Element | null): HTMLInputElement | undefined {
  return rowOf(element)?.querySelector<HTMLInputElement>(BOX) ?? undefined;
}

/** A menu or a dialog is open: Escape is meant for that. */
function anyOpen(): boolean {
  return document.querySelector("dialog[open]") !== null || document.querySelector("[popover]:popover-open") !== null;
}
