import { fresh } from "../enhance";
import { announce } from "./announce";

/**
 * `data-live-list` with `data-stream="URL"`: rows arrive as server-sent events.
 *   event `row`   data: the HTML of one `<tr data-row id="…">`; new ones go first, known ones are replaced
 *   event `gone`  data: the id of a row that has left the view
 * While the list is pointed at or holds focus, nothing moves: news wait behind a button that says how many there are.
 */
export function liveLists(root: ParentNode): void {
  for (const list of fresh(root, "[data-live-list][data-stream]", "Live")) {
    const url = list.dataset["stream"];
    if (url) listen(new LiveList(list), url);
  }
}

function listen(list: LiveList, url: string): void {
  const stream = new EventSource(url, { withCredentials: true });
  stream.addEventListener("row", (event: MessageEvent<string>) => list.arrived(event.data));
  stream.addEventListener("gone", (event: MessageEvent<string>) => list.left(event.data));
  window.addEventListener("pagehide", () => stream.close());
}

export class LiveList {
  private readonly rows: HTMLElement;
  private readonly waiting = new Map<string, HTMLElement>();

  constructor(private readonly list: HTMLElement) {
    this.rows = list.querySelector<HTMLElement>("[data-rows]") ?? list;
  }

  arrived(html: string): void {
    const row = parseRow(html);
    if (!row) return;
    const known = this.known(row.id);
    if (known) this.replace(known, row);
    else if (this.inUse()) this.hold(row);
    else this.insert([row]);
  }

  /** A row that has left stays where it is while somebody may be aiming at it, marked as gone. */
  left(id: string): void {
    this.waiting.delete(id);
    const row = this.known(id);
    if (!row) return;
    if (this.inUse()) row.setAttribute("aria-disabled", "true");
    else row.remove();
    this.showNews();
  }

  private known(id: string): HTMLElement | null {
    return this.rows.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  }

  /** Same place, new words; a box that was ticked and a link that had focus keep that. */
  private replace(known: HTMLElement, row: HTMLElement): void {
    const focused = known.contains(document.activeElement);
    const ticked = known.querySelector<HTMLInputElement>("[data-select]")?.checked ?? false;
    known.replaceWith(row);
    const box = row.querySelector<HTMLInputElement>("[data-select]");
    if (box) box.checked = ticked;
    if (focused) row.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  private inUse(): boolean {
    return this.list.matches(":hover") || this.rows.contains(document.activeElement);
  }

  private hold(row: HTMLElement): void {
    this.waiting.delete(row.id);
    this.waiting.set(row.id, row);
    this.showNews();
    announce(this.newsText());
  }

  private insert(rows: HTMLElement[]): void {
    for (const row of rows) {
      row.classList.add("ticket-row--arrived");
      this.rows.prepend(row);
    }
    announce(this.text(rows.length));
  }

  private showNews(): void {
    const place = this.list.querySelector("[data-news]");
    if (!place) return;
    if (this.waiting.size === 0) {
      place.replaceChildren();
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--primary button--small";
    button.textContent = this.newsText();
    button.addEventListener("click", () => this.release());
    place.replaceChildren(button);
  }

  private release(): void {
    const rows = [...this.waiting.values()];
    this.waiting.clear();
    this.showNews();
    this.insert(rows);
    this.rows.querySelector<HTMLElement>("a")?.focus();
  }

  private newsText(): string {
    return this.text(this.waiting.size);
  }

  private text(count: number): string {
    const words = count === 1 ? this.list.dataset["newsOne"] : this.list.dataset["newsMany"];
    return (words ?? "").replace("{count}", String(count));
  }
}

function parseRow(html: string): HTMLElement | null {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.querySelector<HTMLElement>("tr[id]");
}
