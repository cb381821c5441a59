import { fresh } from "../enhance";

const ITEMS = "a[href], button:not([disabled]), input, select";
const anchored = CSS.supports("position-area", "block-end span-inline-start");

/** Popover menus: arrows move within, the first way gets focus; placed by script where CSS cannot. */
export function menus(root: ParentNode): void {
  for (const menu of fresh(root, "[data-menu]", "Menu")) {
    const list = menu.querySelector<HTMLElement>("[popover]");
    const opener = menu.querySelector<HTMLElement>("[popovertarget]");
    if (!list || !opener) continue;
    list.addEventListener("toggle", () => {
      if (!list.matches(":popover-open")) return;
      if (!anchored) place(list, opener);
      ways(list)[0]?.focus();
    });
    list.addEventListener("keydown", (event) => move(list, event));
  }
}

/** Arrow keys, Home and End; Tab and Escape stay the browser's. */
export function move(list: HTMLElement, event: KeyboardEvent): void {
  const items = ways(list);
  const now = items.indexOf(document.activeElement as HTMLElement);
  const next = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (now - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  items[next]?.focus();
}

/** What there is to choose; a form's hidden fields take no focus. */
export function ways(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(ITEMS)].filter((item) => !item.matches("[type=hidden]"));
}

// Positions through the CSSOM, which a content security policy without inline styles allows.
function place(list: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - list.offsetWidth - 8);
  list.style.insetBlockStart = `${at.bottom}px`;
  list.style.insetInlineStart = `${Math.max(8, left)}px`;
}
