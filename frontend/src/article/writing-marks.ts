import type { Mark, Node } from "@tiptap/pm/model";
import type { MarkdownSerializer } from "prosemirror-markdown";

type MarkWriter = ConstructorParameters<typeof MarkdownSerializer>[1][string];

/** An address as it stands in brackets, with its title. */
export function target(address: unknown, title: unknown): string {
  const plain = String(address);
  const said = /[\s()<>]/.test(plain) || !plain ? `<${plain.replace(/[<>\\]/g, "\\$&")}>` : plain;
  return typeof title === "string" && title ? `${said} "${title.replace(/["\\]/g, "\\$&")}"` : said;
}

/** `<https://…>` where the words are the address. */
export function isBare(mark: Mark, parent: Node, index: number): boolean {
  const first = parent.maybeChild(index);
  const href = String(mark.attrs["href"]);
  const alone = !mark.isInSet(parent.maybeChild(index + 1)?.marks ?? []);
  const says = first?.text === href && first.marks.length === 1 && !mark.attrs["title"];
  return alone && says && /^https?:[^\s<>]+$/i.test(href);
}

function between(open: string, close: string): MarkWriter {
  return { open, close, mixable: true, expelEnclosingWhitespace: true };
}

const around = (sign: string): MarkWriter => between(sign, sign);
const element = (tag: string): MarkWriter => between(`<${tag}>`, `</${tag}>`);

/** As people write them. */
export const MARKS: Record<string, MarkWriter> = {
  italic: around("*"),
  bold: around("**"),
  strike: around("~~"),
  key: element("kbd"),
  sub: element("sub"),
  sup: element("sup"),
  link: {
    open: (_state, mark, parent, index) => (isBare(mark, parent, index) ? "<" : "["),
    close: (_state, mark, parent, index) =>
      isBare(mark, parent, index - 1) ? ">" : `](${target(mark.attrs["href"], mark.attrs["title"])})`,
    mixable: true,
  },
  code: {
    open: (_state, _mark, parent, index) => ticks(parent.child(index), "before"),
    close: (_state, _mark, parent, index) => ticks(parent.child(index - 1), "after"),
    escape: false,
  },
};

/** Where stars would be stars: between a letter and a bracket, say. */
export const ELEMENTS: Record<string, MarkWriter> = {
  ...MARKS,
  italic: element("em"),
  bold: element("strong"),
  strike: element("s"),
};

function ticks(node: Node, side: "before" | "after"): string {
  const text = node.text ?? "";
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  let count = 1;
  while (runs.includes(count)) count += 1;
  const sign = "`".repeat(count);
  const space = /^`|`$|^ .*[^ ].* $/.test(text) ? " " : "";
  return side === "before" ? sign + space : space + sign;
}
