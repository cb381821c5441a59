/**
 * Brings what stands beside the views (how many, and whether it presses) up to a page that was fetched just now. The
 * links stay the same elements, so that focus and pointer stay where they are, and nothing is announced: the list does.
 */
export function refreshCounts(page: ParentNode, shown: ParentNode = document): void {
  const now = new Map([...page.querySelectorAll<HTMLAnchorElement>(".views a")].map((link) => [address(link), link]));
  for (const link of shown.querySelectorAll<HTMLAnchorElement>(".views a")) {
    const next = now.get(address(link));
    if (!next || link.innerHTML === next.innerHTML) continue;
    link.className = next.className;
    link.replaceChildren(...next.cloneNode(true).childNodes);
  }
}

function address(link: HTMLAnchorElement): string {
  return link.getAttribute("href") ?? "";
}
