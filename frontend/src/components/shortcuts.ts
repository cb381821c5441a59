import { openDialog } from "./dialog";

/**
 * Single keys for what a page offers. An element says its key with `data-key="r"`: pressing it clicks a link or
 * button and focuses a field; `data-then="ID"` is focused after a click. `data-careful` only leads to the button, for what
 * other people notice: who believes to be writing and is not must send nobody anything. With `data-careful="ID"` it leads
 * to that button instead when its form holds words that wait to be sent. `j` and `k` walk the rows of the list, `o` opens one, `?` shows the sheet. `Escape` leaves the box that is written in, so that keys count again.
 * `<html data-shortcuts="off">` turns all of it off (WCAG 2.1.4).
 */
export function startShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (leavesBox(event)) (event.target as HTMLElement).blur();
    if (!meant(event)) return;
    const act = actionFor(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Whether a key press is meant for us: not while writing, not with a modifier, not while a menu or a dialog is open. */
export function meant(event: KeyboardEvent): boolean {
  if (document.documentElement.dataset["shortcuts"] === "off") return false;
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return false;
  }
  if (document.querySelector("[popover]:popover-open")) return false;
  const target = event.target instanceof Element ? event.target : null;
  return !target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], [popover]");
}

/**
 * Whether Escape is pressed in a box for words that nothing else wants it in: no menu, no dialog, no list of hits. The
 * rich-text editor takes the key and does nothing with it, so there it counts anyway.
 */
function leavesBox(event: KeyboardEvent): boolean {
  if (event.key !== "Escape" || event.isComposing || !(event.target instanceof HTMLElement)) return false;
  if (document.documentElement.dataset["shortcuts"] === "off" || event.target.closest("dialog[open], [popover]")) {
    return false;
  }
  return event.target.matches(".ProseMirror") || (event.target.matches("textarea") && !event.defaultPrevented);
}

function actionFor(key: string): (() => void) | undefined {
  if (key === "?") return () => openDialog("shortcuts");
  if (key === "j") return () => walk(1);
  if (key === "k") return () => walk(-1);
  const target = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
    (element) => element.dataset["key"]?.toLowerCase() === key && !element.closest("[hidden]"),
  );
  if (target) return () => use(target);
  if (key === "o") return () => current()?.click();
  return undefined;
}

function use(target: HTMLElement): void {
  if (target.dataset["careful"] !== undefined) return careful(target).focus();
  if (target.matches("input:not([type=radio]), textarea, select, [contenteditable]")) target.focus();
  else target.click();
  document.getElementById(target.dataset["then"] ?? "")?.focus();
}

/** The button itself, or the one that sends what is written too. */
function careful(button: HTMLElement): HTMLElement {
  const sends = document.getElementById(button.dataset["careful"] ?? "");
  const words = sends?.closest("form")?.querySelector<HTMLTextAreaElement>("textarea[data-editor]")?.value ?? "";
  return sends && words.trim() && sends.checkVisibility() ? sends : button;
}

function links(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("[data-rows] .ticket-row__link")];
}

function current(): HTMLAnchorElement | undefined {
  const focus = document.activeElement;
  const row = focus?.closest("[data-row]");
  const marked = (link: HTMLAnchorElement): boolean => link.closest(".ticket-row--current") !== null;
  return links().find((link) => link === focus || row?.contains(link)) ?? links().find(marked);
}

function walk(step: 1 | -1): void {
  const all = links();
  const here = current();
  const next = here ? all[all.indexOf(here) + step] : all[step > 0 ? 0 : all.length - 1];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
