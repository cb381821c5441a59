/* Where the person stands in the product: what goes with a question, and is shown to them before (A8). */
import type { Host } from "./host.ts";

/** The address without its secrets: only the query parameters that the product has allowed, and nothing after #. */
export function safeAddress(address: string, keep: ReadonlySet<string>): string {
  const url = new URL(address);
  const kept = [...url.searchParams].filter(([name]) => keep.has(name));
  url.search = new URLSearchParams(kept).toString();
  url.hash = url.username = url.password = "";
  return url.href;
}

export function situation(host: Host): Record<string, string> {
  const parts = {
    page: safeAddress(location.href, host.keep),
    title: document.title,
    product: host.product,
    version: host.version,
    role: host.role,
    window: `${window.innerWidth} × ${window.innerHeight} (${window.devicePixelRatio})`,
    browser: navigator.userAgent,
    errors: host.errors.join("\n"),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text));
}
