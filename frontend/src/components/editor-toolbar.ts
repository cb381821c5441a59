import type { Editor } from "@tiptap/core";
import { inText } from "./caret";
import { cleanAddress, linkRow } from "./editor-link";
import { icon } from "./icon";

export interface Tool {
  name: string;
  icon: string;
  run: (editor: Editor) => void;
  /** What the cursor stands in when the tool is on; tools without it only act. */
  active?: [string, Record<string, unknown>?];
}

/** What differs between texts that are written with it. */
export interface Bar {
  readonly tools: readonly Tool[];
  /** An address as it is kept; nothing for one that is not. */
  readonly address: (typed: string, editor: Editor) => string;
  /** Asks whether nothing is found at an address; nothing for one that need not be asked about. */
  readonly missing?: (address: string) => Promise<boolean> | undefined;
  /** The name of the words that say why something typed is no address. */
  readonly refusal: (typed: string) => string;
  /** What the bar is called where there are several. */
  readonly label?: string;
  /** Addresses that are offered for what is typed, with the words of each. */
  readonly places?: (editor: Editor, typed: string) => Promise<ReadonlyMap<string, string>>;
  /** What a link says that is put in where no words are chosen; without it the next words are the link. */
  readonly saying?: (address: string) => string;
}

/** The tools of answers. */
const TOOLS: readonly Tool[] = [
  { name: "bold", icon: "bold", active: ["bold"], run: (editor) => inText(editor).toggleBold().run() },
  { name: "italic", icon: "italic", active: ["italic"], run: (editor) => inText(editor).toggleItalic().run() },
  {
    name: "heading",
    icon: "heading",
    active: ["heading", { level: 2 }],
    run: (editor) => inText(editor).toggleHeading({ level: 2 }).run(),
  },
  {
    name: "bullets",
    icon: "bullets",
    active: ["bulletList"],
    run: (editor) => inText(editor).toggleBulletList().run(),
  },
  {
    name: "numbers",
    icon: "numbers",
    active: ["orderedList"],
    run: (editor) => inText(editor).toggleOrderedList().run(),
  },
  {
    name: "quote",
    icon: "quote",
    active: ["blockquote"],
    run: (editor) => inText(editor).toggleBlockquote().run(),
  },
  { name: "code", icon: "code", active: ["codeBlock"], run: (editor) => inText(editor).toggleCodeBlock().run() },
  { name: "link", icon: "link", active: ["link"], run: () => undefined },
  { name: "undo", icon: "undo", run: (editor) => inText(editor).undo().run() },
  { name: "redo", icon: "redo", run: (editor) => inText(editor).redo().run() },
];

export const ANSWERS: Bar = { tools: TOOLS, address: cleanAddress, refusal: () => "no_address" };

/** A labelled toolbar: one stop for Tab, arrows within it (the ARIA pattern), pressed tools say so. */
export function toolbar(editor: Editor, words: Readonly<Record<string, string>>, kind: Bar = ANSWERS): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "editor__tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", kind.label ?? words["toolbar"] ?? "");
  const link = linkRow(editor, words, kind);
  const buttons = kind.tools.map((tool, index) => {
    const button = toolButton(tool, words[tool.name] ?? tool.name, index === 0);
    button.addEventListener("click", () => (tool.name === "link" ? link.open() : tool.run(editor)));
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => rove(buttons, event));
  const show = (): void => showActive(editor, kind.tools, buttons);
  // Also what is turned on for the next letters alone.
  editor.on("transaction", show);
  const holder = document.createElement("div");
  holder.append(bar, link.row);
  return holder;
}

function toolButton(tool: Tool, label: string, first: boolean): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "editor__tool";
  button.tabIndex = first ? 0 : -1;
  button.title = label;
  button.setAttribute("aria-label", label);
  if (tool.active) button.setAttribute("aria-pressed", "false");
  button.append(icon(tool.icon));
  return button;
}

function showActive(editor: Editor, tools: readonly Tool[], buttons: readonly HTMLButtonElement[]): void {
  tools.forEach((tool, index) => {
    if (tool.active) buttons[index]?.setAttribute("aria-pressed", String(editor.isActive(...tool.active)));
  });
}

/** Left, Right, Home and End move the one tab stop along the bar. */
export function rove(buttons: readonly HTMLElement[], event: KeyboardEvent): void {
  const now = buttons.indexOf(document.activeElement as HTMLElement);
  const last = buttons.length - 1;
  const next = {
    ArrowRight: now === last ? 0 : now + 1,
    ArrowLeft: now === 0 ? last : now - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (next === undefined || now < 0) return;
  event.preventDefault();
  buttons.forEach((button, index) => (button.tabIndex = index === next ? 0 : -1));
  buttons[next]?.focus();
}
