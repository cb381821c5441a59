import { fresh } from "../enhance";
import { relativeTimes } from "./relative-time";
import { fetchPage } from "./stream";

/** So far before it is seen, in pixels, the rest is fetched: it stands there when somebody has scrolled to it. */
const AHEAD = 300;

/**
 * `data-more-rows="LIST"` around a link to a list's own page: when it is nearly scrolled to, the rest of the list is
 * fetched from there and put below the rows that are shown. Where that does not work the link stays.
 */
export function moreRows(root: ParentNode): void {
  for (const place of fresh(root, "[data-more-rows]", "MoreRows")) {
    const margin = `0px 0px ${String(AHEAD)}px 0px`;
    const observer = new IntersectionObserver(
      (seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void fetchRest(place);
      },
      { root: place.closest(".pane"), rootMargin: margin },
    );
    observer.observe(place);
  }
}

async function fetchRest(place: HTMLElement): Promise<void> {
  const url = place.querySelector("a")?.href ?? "";
  const list = document.getElementById(place.dataset["moreRows"] ?? "");
  const page = await fetchPage(url);
  const whole = list && page?.getElementById(list.id);
  if (!whole) return;
  appendRest(list, whole);
  // From now on the list is as long as there: see live-list.ts.
  list.dataset["page"] = url;
  place.remove();
  window.htmx.process(list);
  relativeTimes(list);
}

/** Adds the rows of `whole` that stand below the last one that `list` shows. */
export function appendRest(list: ParentNode, whole: ParentNode): void {
  const rows = [...whole.querySelectorAll("[data-row]")];
  const shown = new Set([...list.querySelectorAll("[data-row]")].map((row) => row.id));
  const last = rows.findLastIndex((row) => shown.has(row.id));
  list.querySelector("[data-rows]")?.append(...rows.slice(last + 1));
}
