import MarkdownIt from "markdown-it";
import type { StateBlock, StateCore, Token } from "markdown-it";

/**
 * The Markdown of articles, read by the rules that the server reads it with (`domain/manual/body.py`; its parser is a
 * port of this one): GitHub's tables, strike-through and callouts, headings of the levels 2 to 4, and of HTML
 * the few elements that stand within a line.
 */
export const MARKDOWN = new MarkdownIt("commonmark", { html: true }).enable(["table", "strikethrough"]);

/** Kinds of callouts, as the Markdown names them in capitals. */
export const CALLOUTS = ["note", "tip", "important", "warning", "caution"] as const;

const CALLOUT = new RegExp(String.raw`^>[ \t]*(\[!(${CALLOUTS.join("|")})\])[ \t]*$`, "i");
/** Elements within a line that are read, and what the tokens of each are called. */
const ELEMENTS = { kbd: "key", sub: "sub", sup: "sup", strong: "strong", em: "em", s: "s" } as const;
const ELEMENT = new RegExp(`^<(/?)(${Object.keys(ELEMENTS).join("|")})>$`, "i");
const BREAK = /^<br\s*\/?>$/i;

/** Where callouts begin, told from one rule to the other: the line and the depth to the kind. */
interface Notes {
  callouts?: Map<string, string>;
}

MARKDOWN.block.ruler.before("blockquote", "callout", markCallout);
MARKDOWN.core.ruler.after("block", "callouts", (state) => makeCallouts(state.tokens, state.env as Notes));
MARKDOWN.core.ruler.after("block", "levels", (state) => clampHeadings(state.tokens));
MARKDOWN.core.ruler.after("inline", "elements", readElements);
MARKDOWN.core.ruler.push("cells", fillCells);

/** Takes the first line of a callout for an empty line of the quote that it is otherwise, and remembers it. */
function markCallout(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  const said = state.src.slice(from, state.eMarks[line]);
  const found = CALLOUT.exec(said);
  if (silent || !found?.[1] || !found[2]) return false;
  const at = from + said.indexOf("[");
  state.src = state.src.slice(0, at) + " ".repeat(found[1].length) + state.src.slice(at + found[1].length);
  const notes = state.env as Notes;
  notes.callouts ??= new Map();
  notes.callouts.set(`${line}:${state.level}`, found[2].toLowerCase());
  return false;
}

function makeCallouts(tokens: Token[], notes: Notes): void {
  const open: (string | undefined)[] = [];
  for (const token of tokens) {
    if (token.type === "blockquote_open") {
      const kind = notes.callouts?.get(`${token.map?.[0]}:${token.level}`);
      open.push(kind);
      if (kind === undefined) continue;
      Object.assign(token, { type: "callout_open", tag: "div", meta: { kind } });
      token.attrSet("class", `callout callout--${kind}`);
    } else if (token.type === "blockquote_close" && open.pop() !== undefined) {
      Object.assign(token, { type: "callout_close", tag: "div" });
    }
  }
}

/** The page's title is its only h1, and nothing lies deeper than h4. */
function clampHeadings(tokens: Token[]): void {
  for (const token of tokens) {
    if (!token.type.startsWith("heading_")) continue;
    token.tag = `h${Math.min(Math.max(Number(token.tag.slice(1)), 2), 4)}`;
  }
}

/** `<kbd>…</kbd>` and its like become tokens of their own; one without its other half stays HTML. */
function readElements(state: StateCore): void {
  for (const { children } of state.tokens) {
    const open: { name: string; token: Token }[] = [];
    for (const token of children ?? []) {
      if (token.type !== "html_inline") continue;
      const [, end, name = ""] = ELEMENT.exec(token.content) ?? [];
      if (BREAK.test(token.content)) Object.assign(token, { type: "hardbreak", tag: "br", content: "" });
      else if (name && !end) open.push({ name: name.toLowerCase(), token });
      else if (name && open.at(-1)?.name === name.toLowerCase()) pair(open.pop()?.token, token, name.toLowerCase());
    }
  }
}

function pair(opens: Token | undefined, closes: Token, name: string): void {
  const type = ELEMENTS[name as keyof typeof ELEMENTS];
  if (opens) Object.assign(opens, { type: `${type}_open`, tag: name, nesting: 1, content: "" });
  Object.assign(closes, { type: `${type}_close`, tag: name, nesting: -1, content: "" });
}

/** A cell of the editor holds a paragraph; the paragraph is not shown in HTML. */
function fillCells(state: StateCore): void {
  for (let at = state.tokens.length - 1; at >= 0; at -= 1) {
    const token = state.tokens[at];
    if (token?.type !== "th_open" && token?.type !== "td_open") continue;
    const [opens, closes] = [1, -1].map((nesting) => {
      const made = new state.Token(nesting > 0 ? "paragraph_open" : "paragraph_close", "p", nesting as 1 | -1);
      made.hidden = true;
      return made;
    }) as [Token, Token];
    const inline = state.tokens[at + 1];
    if (inline?.type === "inline") state.tokens.splice(at + 1, 1, opens, inline, closes);
  }
}
