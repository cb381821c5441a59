import { fresh } from "../enhance";
import { announce } from "./announce";
import { markCurrentRow, markLastOpened } from "./current-row";
import { relativeTimes } from "./relative-time";
import { fetchPage, settled, watch } from "./stream";
import { refreshCounts } from "./view-counts";

/** Several changes at once are one look at the server; the spread keeps all open pages from looking together. */
const PAUSE_MS = 250;
const SPREAD_MS = 500;

/**
 * `data-live-list` with `data-stream="URL"`: when the desk changes, the list's own page is fetched again (so filter,
 * order and access stay the server's) and the rows and the counts beside the views are brought up to date. Its page is the one that is open, or `data-page`.
 * While the list is pointed at, holds focus or has chosen rows, nothing moves: news wait behind a button that says how many there are.
 */
export function liveLists(root: ParentNode): void {
  for (const element of fresh(root, "[data-live-list][data-stream]", "Live")) {
    const url = element.dataset["stream"];
    if (!url) continue;
    const list = new LiveList(element);
    const look = settled(() => void refresh(list, element), PAUSE_MS + Math.random() * SPREAD_MS);
    watch(url, look);
  }
}

async function refresh(list: LiveList, element: HTMLElement): Promise<void> {
  const page = await fetchPage(element.dataset["page"] ?? location.href);
  const rows = page?.getElementById(element.id)?.querySelector("[data-rows]");
  if (!page || !rows) return;
  markCurrentRow(page, location.pathname);
  markLastOpened(page);
  refreshCounts(page);
  list.update([...rows.querySelectorAll<HTMLElement>("[data-row]")]);
  relativeTimes(document);
  // Rows that came are pressed like the others: beside a ticket that opens theirs in its place.
  window.htmx.process(element);
}

export class LiveList {
  private readonly rows: HTMLElement;
  private latest: HTMLElement[] = [];

  constructor(private readonly list: HTMLElement) {
    this.rows = list.querySelector<HTMLElement>("[data-rows]") ?? list;
  }

  /** Takes over the rows as the server has them now, in its order. */
  update(latest: HTMLElement[]): void {
    this.latest = latest;
    const news = this.news().length;
    if (news > 0) announce(this.words(news));
    if (this.inUse()) this.wait();
    else this.settle();
  }

  /** Known rows change in their place, those that left are marked, new ones wait behind the button. */
  private wait(): void {
    const there = new Set(this.latest.map((row) => row.id));
    for (const shown of this.shown()) {
      const now = this.latest.find((row) => row.id === shown.id);
      if (now) this.replace(shown, now);
      shown.toggleAttribute("data-gone", !there.has(shown.id));
    }
    this.showNews();
  }

  /** Everything as the server has it; rows that did not change stay the same elements. */
  private settle(): void {
    const news = new Set(this.news());
    const rows = this.latest.map((row) => {
      const shown = this.known(row.id);
      return shown ? this.replace(shown, row) : row;
    });
    for (const row of news) row.classList.add("ticket-row--arrived");
    this.rows.replaceChildren(...rows);
    this.showNews();
  }

  /** Same place, new words; a box that was ticked and a link that had focus keep that. */
  private replace(shown: HTMLElement, now: HTMLElement): HTMLElement {
    if (shown.outerHTML === now.outerHTML) return shown;
    const next = now.cloneNode(true) as HTMLElement;
    const focused = shown.contains(document.activeElement);
    const onBox = document.activeElement?.matches("[data-select]");
    const box = next.querySelector<HTMLInputElement>("[data-select]");
    if (box) box.checked = shown.querySelector<HTMLInputElement>("[data-select]")?.checked ?? false;
    shown.replaceWith(next);
    if (focused) next.querySelector<HTMLElement>(onBox ? "[data-select]" : "a")?.focus({ preventScroll: true });
    return next;
  }

  private shown(): HTMLElement[] {
    return [...this.rows.querySelectorAll<HTMLElement>("[data-row]")];
  }

  private known(id: string): HTMLElement | undefined {
    return this.shown().find((row) => row.id === id);
  }

  private news(): HTMLElement[] {
    const shown = new Set(this.shown().map((row) => row.id));
    return this.latest.filter((row) => !shown.has(row.id));
  }

  /** Pointed at, walked in, or about to be done something with: what is chosen must not go away unseen. */
  private inUse(): boolean {
    const chosen = this.rows.querySelector("[data-select]:checked") !== null;
    return chosen || this.list.matches(":hover") || this.rows.contains(document.activeElement);
  }

  private showNews(): void {
    const place = this.list.querySelector("[data-news]");
    const count = this.news().length;
    if (!place) return;
    if (count === 0) place.replaceChildren();
    else place.replaceChildren(this.newsButton(count));
  }

  private newsButton(count: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary button--small";
    button.textContent = this.words(count);
    button.addEventListener("click", () => {
      this.settle();
      this.rows.querySelector<HTMLElement>("a")?.focus();
    });
    return button;
  }

  private words(count: number): string {
    const words = count === 1 ? this.list.dataset["newsOne"] : this.list.dataset["newsMany"];
    return (words ?? "").replace("{count}", String(count));
  }
}
