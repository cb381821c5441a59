import { fresh } from "../enhance";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From this many hours on the minutes are left out. */
const WHOLE_HOURS = 10;

/** `data-relative-to="ISO"`: "om 2 h 10 min" stays true while the page is open. Never announced. */
export function relativeTimes(root: ParentNode): void {
  const language = document.documentElement.lang || "sv";
  for (const element of fresh(root, "[data-relative-to]", "Relative")) {
    const at = Date.parse(element.dataset["relativeTo"] ?? "");
    if (Number.isNaN(at)) continue;
    const timer = window.setInterval(() => {
      if (!element.isConnected) window.clearInterval(timer);
      else element.textContent = relative(at - Date.now(), language);
    }, MINUTE / 2);
  }
}

/** The words for a span of milliseconds, forward or back: "om 2 h 10 min", "24 min ago", "om 3 dagar". */
export function relative(span: number, language: string): string {
  const length = Math.abs(span);
  if (length >= 2 * DAY) {
    const days = Math.trunc(span / DAY);
    return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(days, "day");
  }
  const minutes = Math.floor(length / MINUTE);
  const hours = Math.floor(minutes / 60);
  const exact = [hours ? `${hours} h` : "", hours && !(minutes % 60) ? "" : `${minutes % 60} min`].filter(Boolean).join(" ");
  const words = hours >= WHOLE_HOURS ? `${Math.round(minutes / 60)} h` : exact;
  if (language.startsWith("sv")) return span < 0 ? `för ${words} sedan` : `om ${words}`;
  return span < 0 ? `${words} ago` : `in ${words}`;
}
