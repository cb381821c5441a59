import type { Node } from "@tiptap/pm/model";

/** Ids that the page around an article has, as in `domain/manual/body.py`. */
const TAKEN = new Set(["main", "live", "alarm", "toasts", "account-menu", "main-menu", "q", "results", "words"]);

/** The words of a text's headings by their addresses, as the server makes them: `#lagga-till-en-person`. */
export function anchorsOf(doc: Node): Map<string, string> {
  const seen = new Map<string, number>();
  const found = new Map<string, string>();
  doc.descendants((node) => {
    if (node.type.name !== "heading") return;
    const name = slug(node.textContent) || "avsnitt";
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    found.set(times > 1 || TAKEN.has(name) ? `#${name}-${times}` : `#${name}`, node.textContent);
  });
  return found;
}

/** Django's slugify, cut as anchors are. */
function slug(words: string): string {
  const plain = words.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").toLowerCase();
  const dashed = plain.replace(/[^\w\s-]/g, "").replace(/[-\s]+/g, "-");
  return dashed.replace(/^[-_]+|[-_]+$/g, "").slice(0, 80);
}
