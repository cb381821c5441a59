const LAST_OPENED = "last-ticket";

/**
 * Beside an open ticket the list stands where that ticket is, not at its top. Back in a list the ticket that was opened
 * last is marked, and keys walk on from there.
 */
export function showCurrentRow(): void {
  if (document.querySelector(".panes--ticket")) rememberOpened(location.pathname);
  else markLastOpened(document)?.scrollIntoView({ block: "nearest" });
  document.querySelector(".pane--list .ticket-row--current")?.scrollIntoView({ block: "nearest" });
}

/**
 * Opening a ticket from the list beside it changes only the ticket (htmx): the list stays where it was scrolled to,
 * the row of what is shown now becomes the current one, and reading goes on at the ticket.
 */
export function followCurrentRow(): void {
  document.addEventListener("htmx:pushedIntoHistory", () => {
    if (!document.querySelector(".panes--ticket")) return;
    rememberOpened(location.pathname);
    markCurrentRow(document, location.pathname);
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}

/** The ticket's own address, whatever form of its page one came from; only for as long as the tab is open. */
export function rememberOpened(path: string): void {
  const ticket = /^.*\/tickets\/[^/]+\//.exec(path)?.[0];
  try {
    if (ticket) sessionStorage.setItem(LAST_OPENED, ticket);
  } catch {
    // A browser that keeps nothing begins at the top.
  }
}

/** The row of the ticket that was opened last, where it is in the list; marked there. */
export function markLastOpened(root: ParentNode): HTMLElement | null {
  const last = lastOpened();
  if (!last || root.querySelector(".panes--ticket")) return null;
  const links = [...root.querySelectorAll<HTMLAnchorElement>("[data-rows] .ticket-row__link")];
  const row = links.find((link) => new URL(link.href, location.href).pathname === last)?.closest<HTMLElement>(".ticket-row");
  row?.classList.add("ticket-row--current");
  return row ?? null;
}

function lastOpened(): string | null {
  try {
    return sessionStorage.getItem(LAST_OPENED);
  } catch {
    return null;
  }
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
