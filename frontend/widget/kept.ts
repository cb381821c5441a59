/*
 * A question that is not sent yet outlives a reload of the tab: its words and the name of its draft, in the product's
 * own sessionStorage, which ends with the tab. Pictures and answers lie in the draft on the server, never here.
 */
import { keptKey, type Host } from "./host.ts";

export interface KeptQuestion {
  words: string;
  draft: string;
  /** Everything is said, and only the sending is left. */
  waits: boolean;
}

export function keep(host: Host, question: KeptQuestion): void {
  try {
    sessionStorage.setItem(keptKey(host), JSON.stringify(question));
  } catch {
    // A product may forbid it, or it is full: the question is in the page's memory then.
  }
}

export function recall(host: Host): KeptQuestion | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(keptKey(host)) ?? "null") as Partial<KeptQuestion> | null;
    if (!found || typeof found.words !== "string" || typeof found.draft !== "string") return null;
    return { words: found.words, draft: found.draft, waits: found.waits === true };
  } catch {
    return null;
  }
}

export function forget(host: Host): void {
  try {
    sessionStorage.removeItem(keptKey(host));
  } catch {
    // Nothing was kept.
  }
}
