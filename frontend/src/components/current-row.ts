/** Beside an open ticket the list stands where that ticket is, not at its top. */
export function showCurrentRow(): void {
  document.querySelector(".pane--list .ticket-row--current")?.scrollIntoView({ block: "nearest" });
}

/**
 * Opening a ticket from the list beside it changes only the ticket (htmx): the list stays where it was scrolled to,
 * the row of what is shown now becomes the current one, and reading goes on at the ticket.
 */
export function followCurrentRow(): void {
  document.addEventListener("htmx:pushedIntoHistory", () => {
    if (!document.querySelector(".panes--ticket")) return;
    markCurrentRow(document, location.pathname);
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}

/** The row whose link leads to `path` is the current one, and has been read. */
export function markCurrentRow(root: ParentNode, path: string): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>(".pane--list .ticket-row__link")) {
    const row = link.closest(".ticket-row");
    const isCurrent = new URL(link.href, location.href).pathname === path;
    row?.classList.toggle("ticket-row--current", isCurrent);
    if (!isCurrent) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.ariaCurrent = "true";
    row?.classList.remove("ticket-row--unread");
    row?.querySelector(".ticket-row__dot + .visually-hidden")?.remove();
    row?.querySelector(".ticket-row__dot")?.remove();
  }
}
