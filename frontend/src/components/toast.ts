import { fresh } from "../enhance";
import { announce } from "./announce";

/** Toasts say themselves to screen readers once and go when their time is up, never while pointed at or focused. */
export function toasts(root: ParentNode): void {
  for (const toast of fresh(root, "[data-toast]", "Toast")) {
    announce(toast.querySelector("[data-announce]")?.textContent?.trim() ?? "");
    toast.querySelector("[data-dismiss]")?.addEventListener("click", () => dismiss(toast));
    const seconds = Number(toast.dataset["seconds"] ?? 0);
    if (seconds > 0) leaveAfter(toast, seconds * 1000);
  }
}

function leaveAfter(toast: HTMLElement, delay: number): void {
  window.setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveAfter(toast, 2000);
    else toast.remove();
  }, delay);
}

function dismiss(toast: HTMLElement): void {
  const hadFocus = toast.contains(document.activeElement);
  toast.remove();
  if (hadFocus) document.getElementById("main")?.focus();
}
