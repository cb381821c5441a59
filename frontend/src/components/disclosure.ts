import { fresh } from "../enhance";

const KEY = "vaxel.closed";

/** `details[data-remember]`: folded stays folded on the next page, on this machine. */
export function rememberDisclosures(root: ParentNode): void {
  const closed = new Set(read());
  for (const details of fresh<HTMLDetailsElement>(root, "details[data-remember][id]", "Remember")) {
    if (closed.has(details.id)) details.open = false;
    details.addEventListener("toggle", () => {
      const now = new Set(read());
      if (details.open) now.delete(details.id);
      else now.add(details.id);
      write([...now]);
    });
  }
}

// Storage may be turned off; then nothing is remembered and nothing breaks.
function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function write(ids: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // see above
  }
}
