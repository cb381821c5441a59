import type { Mark, Node } from "@tiptap/pm/model";
import { MARKDOWN } from "./markdown";

const BLOCK = / ?(<\/?(?:p|br|li|[uo]l|div)\b[^>]*>) ?/g;

/** What readers see of a Markdown text: its HTML without the spaces and line ends that show nothing. */
export function looks(text: string): string {
  const parts = MARKDOWN.render(text).split(/(<pre>[\s\S]*?<\/pre>)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, " ").replace(BLOCK, "$1"))).join("");
}

/**
 * What a document says, in a form that is the same for two that read the same: which spaces are bold, paragraphs
 * that hold nothing and how an address is spelt make no difference.
 */
export function says(node: Node): string {
  if (node.type.spec.code) return `${head(node)}[${JSON.stringify(node.textContent)}]`;
  if (node.isTextblock) return `${head(node)}[${inline(node).trim()}]`;
  const within: string[] = [];
  node.forEach((child) => {
    if (!isEmpty(child)) within.push(says(child));
  });
  return `${head(node)}(${within.join("")})`;
}

/** A paragraph of nothing, or of nothing but spaces. */
export const isEmpty = (node: Node): boolean => node.type.name === "paragraph" && !inline(node).trim();

const SHOWN: readonly string[] = ["level", "kind", "language", "start", "path", "alt", "title", "align"];

function head(node: Node): string {
  const attributes = SHOWN.flatMap((name) => {
    const value: unknown = node.attrs[name];
    return value === undefined || value === null || value === "" ? [] : [`${name}=${spelt(String(value))}`];
  });
  // The first row of a table holds its heads, whatever they were where the table was copied from.
  const name = node.type.name === "tableHeader" ? "tableCell" : node.type.name;
  return [name, ...attributes].join(" ");
}

function inline(block: Node): string {
  let said = "";
  let before = "";
  block.forEach((child, _at, index) => {
    if (child.type.name === "hardBreak") {
      // A heading is a line, and what ends a text ends no line.
      said += index === block.childCount - 1 ? "" : block.type.name === "heading" ? " " : "\n";
      return;
    }
    const marks = child.marks.map(named).sort().join(",");
    for (const run of child.isText ? (child.text ?? "").split(/(\s+)/) : [`<${head(child)}>`]) {
      if (!run) continue;
      if (!run.trim()) said += " ";
      else if (marks === before) said += run;
      else said += `{${(before = marks)}}${run}`;
    }
  });
  return said.replace(/ *\n */g, "\n").replace(/ {2,}/g, " ");
}

function named(mark: Mark): string {
  const href: unknown = mark.attrs["href"];
  return typeof href === "string" ? `${mark.type.name}=${spelt(href)}` : mark.type.name;
}

function spelt(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
