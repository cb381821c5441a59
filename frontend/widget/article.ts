/*
 * An article's HTML as elements of ours: tags that we know, without attributes but a few. The server has cleaned it
 * already; this keeps what a fault there could let through from running in somebody else's product.
 */
import { el } from "./dom.ts";
import type { Words } from "./words.ts";

const TAGS = new Set(
  "p br hr h2 h3 h4 ul ol li blockquote pre code kbd a strong em s sub sup table thead tbody tr th td div details summary".split(" "),
);

export function articleBody(html: string, base: string, words: Words): DocumentFragment {
  const found = new DOMParser().parseFromString(trusted(html), "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...copies(found.body, base, words));
  return fragment;
}

function copies(from: Node, base: string, words: Words): Node[] {
  return [...from.childNodes].flatMap((node): Node[] => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? "")];
    if (!(node instanceof Element)) return [];
    const name = node.localName;
    if (name === "img") return [link(node.getAttribute("src"), `${words.picture}: ${node.getAttribute("alt") ?? ""}`, base)];
    if (name === "video") return [link(node.getAttribute("src"), words.film, base)];
    if (!TAGS.has(name)) return copies(node, base, words);
    if (name === "a") return [link(node.getAttribute("href"), node.textContent ?? "", base)];
    // The panel has the levels above.
    const copy = el((name === "h2" ? "h3" : name === "h3" ? "h4" : name) as "div");
    if (name === "table" || name === "pre") copy.tabIndex = 0;
    copy.append(...copies(node, base, words));
    return [copy];
  });
}

/** Pictures of a manual that is not public need a sign-in of their own, so they are a link here. */
function link(address: string | null, text: string, base: string): Node {
  let url: URL | null = null;
  try {
    url = address && !address.startsWith("#") ? new URL(address, base) : null;
  } catch {
    url = null;
  }
  if (!url || !["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return document.createTextNode(text);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

interface Policies { createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string } }
let policy: { createHTML(text: string): string } | null = null;

/** Under Trusted Types parsing needs a policy; hosts that use them allow the name "vaxel". */
function trusted(html: string): string {
  const types = (window as unknown as { trustedTypes?: Policies }).trustedTypes;
  if (!types) return html;
  policy ??= types.createPolicy("vaxel", { createHTML: (text) => text });
  return policy.createHTML(html);
}
