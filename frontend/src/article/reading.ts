import type { Attrs, Node, Schema } from "@tiptap/pm/model";
import type { Token } from "markdown-it";
import { MarkdownParser, type ParseSpec } from "prosemirror-markdown";
import { MARKDOWN } from "./markdown";

/** The Markdown holds what the editor does not have; `line` counts from 1, 0 when it is no line in particular. */
export class UnknownHereError extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`);
  }
}

/** A block of the text, letter by letter, and what stood between the one before and it. */
export interface Source {
  readonly text: string;
  readonly gap: string;
}

export interface Reading {
  readonly doc: Node;
  /** What each block of the document was made of, in its order. */
  readonly sources: readonly Source[];
}

/** The document of a Markdown text. Throws UnknownHereError. */
export function readMarkdown(text: string, schema: Schema): Reading {
  const env: { references?: object } = {};
  const tokens = MARKDOWN.parse(text, env);
  const strange = unknown(tokens);
  // Where an address stands apart from its link, moving one would lose the other.
  if (strange > 0 || env.references) throw new UnknownHereError(strange);
  const doc = new MarkdownParser(schema, MARKDOWN, TOKENS).parse(text);
  const sources = sourcesOf(text, tokens);
  if (sources.length !== (text.trim() ? doc.childCount : 0)) throw new UnknownHereError(0);
  return { doc, sources };
}

/** The line of the first token that has no place in the document; 0 for none. */
function unknown(tokens: readonly Token[], line = 1): number {
  let at = line;
  for (const token of tokens) {
    if (token.map) at = token.map[0] + 1;
    const name = token.type.replace(/_(open|close)$/, "");
    if (!(name in TOKENS) && !KNOWN.has(name)) return at;
    const within = unknown(token.children ?? [], at);
    if (within > 0) return within;
  }
  return 0;
}

function sourcesOf(text: string, tokens: readonly Token[]): Source[] {
  const lines = text.split("\n");
  const found: Source[] = [];
  let last = 0;
  for (const token of tokens) {
    if (token.level !== 0 || token.nesting < 0 || !token.map || token.type === "inline") continue;
    const [from, to] = token.map;
    let end = to;
    while (end > from && !lines[end - 1]?.trim()) end -= 1;
    found.push({ text: lines.slice(from, end).join("\n"), gap: "\n".repeat(from - last + 1) });
    last = end;
  }
  return found;
}

const fence = (token: Token): Attrs => ({ language: token.info.trim() || null });

/** Whether no item of the list that begins at `at` has paragraphs that show. */
function isTight(tokens: readonly Token[], at: number): boolean {
  for (let next = at + 1; next < tokens.length; next += 1) {
    if (tokens[next]?.type !== "list_item_open") return tokens[next]?.hidden ?? false;
  }
  return false;
}

function alignment(token: Token): Attrs {
  const [, align = null] = /text-align:(\w+)/.exec(token.attrGet("style") ?? "") ?? [];
  return { align };
}

/** Tokens that the parser itself knows. */
const KNOWN: ReadonlySet<string> = new Set(["inline", "text", "softbreak"]);

const TOKENS: Readonly<Record<string, ParseSpec>> = {
  paragraph: { block: "paragraph" },
  heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  blockquote: { block: "blockquote" },
  callout: { block: "callout", getAttrs: (token) => token.meta as Attrs },
  bullet_list: { block: "bulletList", getAttrs: (_token, tokens, at) => ({ tight: isTight(tokens, at) }) },
  ordered_list: {
    block: "orderedList",
    getAttrs: (token, tokens, at) => ({ start: Number(token.attrGet("start") ?? 1), tight: isTight(tokens, at) }),
  },
  list_item: { block: "listItem" },
  code_block: { block: "codeBlock", noCloseToken: true },
  fence: { block: "codeBlock", getAttrs: fence, noCloseToken: true },
  hr: { node: "horizontalRule" },
  table: { block: "table" },
  thead: { ignore: true },
  tbody: { ignore: true },
  tr: { block: "tableRow" },
  th: { block: "tableHeader", getAttrs: alignment },
  td: { block: "tableCell", getAttrs: alignment },
  image: {
    node: "picture",
    getAttrs: (token) => ({
      path: token.attrGet("src") ?? "",
      alt: token.content,
      title: token.attrGet("title") || null,
    }),
  },
  hardbreak: { node: "hardBreak" },
  em: { mark: "italic" },
  strong: { mark: "bold" },
  s: { mark: "strike" },
  key: { mark: "key" },
  sub: { mark: "sub" },
  sup: { mark: "sup" },
  link: {
    mark: "link",
    getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") || null }),
  },
  code_inline: { mark: "code", noCloseToken: true },
};
