import { Fragment, type Node } from "@tiptap/pm/model";
import { MarkdownSerializer, type MarkdownSerializerState } from "prosemirror-markdown";
import { isEmpty } from "./likeness";
import { ELEMENTS, isBare, MARKS, target } from "./writing-marks";

/**
 * How carefully words are kept from being read as marks: the usual ones, or every sign that could be one. Then bold is
 * an element too: two stars between a letter and a bracket are stars.
 */
export type Care = "usual" | "every";

type State = MarkdownSerializerState;
type NodeWriter = ConstructorParameters<typeof MarkdownSerializer>[0][string];

/** What a list's items begin with. The next list of the same kind needs the other sign to be one of its own. */
export interface Signs {
  readonly bullet: "-" | "*";
  readonly number: "." | ")";
}

export const SIGNS: Signs = { bullet: "-", number: "." };
export const OTHER_SIGNS: Signs = { bullet: "*", number: ")" };

/** The Markdown of one block. */
export function writeBlock(block: Node, care: Care = "usual", signs: Signs = SIGNS): string {
  const doc = block.type.schema.topNodeType.create(null, trimmed(block));
  return serializer(care, signs, "\\\n").serialize(doc).trimEnd();
}

/** The block without the spaces that its lines begin and end with: before a list's words they would mean something. */
function trimmed(node: Node): Node {
  if (node.type.spec.code || node.isLeaf) return node;
  const parts = children(node);
  if (!node.isTextblock) return node.copy(Fragment.from(parts.map(trimmed)));
  const bare = (at: number, spaces: RegExp): void => {
    const part = parts.at(at);
    const text = part?.text?.replace(spaces, "");
    if (!part?.isText || text === part.text) return;
    parts.splice(at, 1, ...(text ? [part.type.schema.text(text, part.marks)] : []));
    if (!text) bare(at, spaces);
  };
  bare(0, /^\s+/);
  bare(-1, /\s+$/);
  return node.copy(Fragment.from(parts));
}

function children(node: Node): Node[] {
  return Array.from({ length: node.childCount }, (_, index) => node.child(index));
}

function serializer(care: Care, signs: Signs, lineBreak: string): MarkdownSerializer {
  const nodes = { ...blocks(care, signs), ...words(care, lineBreak) };
  return new MarkdownSerializer(nodes, care === "every" ? ELEMENTS : MARKS, {
    hardBreakNodeName: "hardBreak",
    escapeExtraCharacters: /<(?=[a-z/!?])|&(?=#?\w+;)/gi,
  });
}

function blocks(care: Care, signs: Signs): Record<string, NodeWriter> {
  return {
    paragraph: (state, node) => lines(state, node),
    heading(state, node) {
      state.write(`${"#".repeat(Number(node.attrs["level"]))} `);
      state.renderInline(node, false);
      state.closeBlock(node);
    },
    blockquote: (state, node) => state.wrapBlock("> ", null, node, () => state.renderContent(node)),
    callout(state, node) {
      state.wrapBlock("> ", null, node, () => {
        state.write(`[!${String(node.attrs["kind"]).toUpperCase()}]`);
        state.ensureNewLine();
        state.renderContent(node);
      });
    },
    bulletList(state, node, parent, index) {
      const sign = `${signsAt(parent, index, signs).bullet} `;
      state.renderList(spaced(node), "  ", () => sign);
    },
    orderedList(state, node, parent, at) {
      const start = Number(node.attrs["start"] ?? 1);
      const width = String(start + node.childCount - 1).length + 2;
      const sign = signsAt(parent, at, signs).number;
      const number = (index: number): string => `${start + index}${sign} `.padEnd(width);
      // Numbers of one width: what follows in an item is indented alike.
      state.renderList(spaced(node), " ".repeat(width), number);
    },
    listItem: item,
    codeBlock: code,
    horizontalRule(state, node) {
      state.write("---");
      state.closeBlock(node);
    },
    table(state, node) {
      state.text(table(node, care), false);
      state.closeBlock(node);
    },
  };
}

function words(care: Care, lineBreak: string): Record<string, NodeWriter> {
  return {
    text(state, node, parent, index) {
      const link = node.marks.find((mark) => mark.type.name === "link");
      if (link && isBare(link, parent, index)) state.text(node.text ?? "", false);
      else if (care === "every") state.text((node.text ?? "").replace(/[!-/:-@[-`{-~]/g, "\\$&"), false);
      else state.text(node.text ?? "");
    },
    hardBreak(state, _node, parent, index) {
      if (index === parent.childCount - 1) return;
      state.write(parent.type.name === "heading" ? " " : lineBreak);
    },
    picture(state, node) {
      const alt = String(node.attrs["alt"]).replace(/[[\]\\`*_<]/g, "\\$&");
      state.write(`![${alt}](${target(node.attrs["path"], node.attrs["title"])})`);
    },
  };
}

/** Every other one of lists right below each other has the other signs. */
function signsAt(parent: Node, index: number, signs: Signs): Signs {
  let before = 0;
  while (parent.maybeChild(index - before - 1)?.type === parent.child(index).type) before += 1;
  if (before % 2 === 0) return signs;
  return signs === SIGNS ? OTHER_SIGNS : SIGNS;
}

/** An item that begins with something else than words begins on the line below its sign. */
function item(state: State, node: Node): void {
  const wordless = node.childCount > 1 && node.firstChild !== null && isEmpty(node.firstChild);
  if (wordless) {
    state.write();
    state.ensureNewLine();
  }
  node.forEach((child, _at, index) => {
    if (!wordless || index > 0) state.render(child, node, index);
  });
}

/** A paragraph that nobody wrote in leaves nothing behind. */
function lines(state: State, node: Node): void {
  state.renderInline(node);
  state.closeBlock(node);
}

/**
 * Where something in an item would go on with the paragraph above it, the list has empty lines between its blocks: a
 * second paragraph, or numbers that do not begin with one.
 */
function spaced(list: Node): Node {
  const apart = children(list).some((item) =>
    children(item).some((child, index) => {
      const words = child.isTextblock && !child.type.spec.code;
      const late = child.type.name === "orderedList" && child.attrs["start"] !== 1;
      return index > 0 && (words || late);
    }),
  );
  return list.type.create({ ...list.attrs, tight: list.attrs["tight"] !== false && !apart }, list.content);
}

function code(state: State, node: Node): void {
  const ticks = node.textContent.match(/`{3,}/g)?.map((run) => run.length) ?? [];
  const fence = "`".repeat(Math.max(2, ...ticks) + 1);
  state.write(`${fence}${String(node.attrs["language"] ?? "")}\n`);
  if (node.textContent) state.text(`${node.textContent}\n`, false);
  state.write(fence);
  state.closeBlock(node);
}

const RULES: Readonly<Record<string, string>> = { left: ":---", center: ":---:", right: "---:" };

function table(node: Node, care: Care): string {
  const written: string[] = [];
  node.forEach((row, _at, index) => {
    const cells: string[] = [];
    const rules: string[] = [];
    row.forEach((cell) => {
      cells.push(cellText(cell, care));
      rules.push(RULES[String(cell.attrs["align"])] ?? "---");
    });
    written.push(`| ${cells.join(" | ")} |`);
    if (index === 0) written.push(`| ${rules.join(" | ")} |`);
  });
  return written.join("\n");
}

/** A cell is a line; a bar in it would end it, also within code. */
function cellText(cell: Node, care: Care): string {
  const doc = cell.type.schema.topNodeType.create(null, cell.content);
  return serializer(care, SIGNS, "<br>").serialize(doc).trim().replaceAll("|", "\\|");
}
