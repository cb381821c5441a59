import type { Editor } from "@tiptap/core";
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
  readonly address: (typed: string) => string;
  /** What the bar is called where there are several. */
  readonly label?: string;
  /** Addresses that are offered for what is typed, with the words of each. */
  readonly places?: (editor: Editor, typed: string) => Promise<ReadonlyMap<string, string>>;
  /** What a link says that is put in where no words are chosen; without it the next words are the link. */
  readonly saying?: (address: string) => string;
}

/** The tools of answers. */
const TOOLS: readonly Tool[] = [
  { name: "bold", icon: "bold", active: ["bold"], run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: "italic", icon: "italic", active: ["italic"], run: (editor) => editor.chain().focus().toggleItalic().run() },
  {
    name: "heading",
    icon: "heading",
    active: ["heading", { level: 2 }],
    run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    name: "bullets",
    icon: "bullets",
    active: ["bulletList"],
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: "numbers",
    icon: "numbers",
    active: ["orderedList"],
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: "quote",
    icon: "quote",
    active: ["blockquote"],
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  { name: "code", icon: "code", active: ["codeBlock"], run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  { name: "link", icon: "link", active: ["link"], run: () => undefined },
  { name: "undo", icon: "undo", run: (editor) => editor.chain().focus().undo().run() },
];

export const ANSWERS: Bar = { tools: TOOLS, address: cleanAddress };

/** A labelled toolbar: one stop for Tab, arrows within it (the ARIA pattern), pressed tools say so. */
export function toolbar(editor: Editor, words: Readonly<Record<string, string>>, kind: Bar = ANSWERS): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "editor__tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", kind.label ?? words["toolbar"] ?? "");
  const linkRow = linkField(editor, words, kind);
  const buttons = kind.tools.map((tool, index) => {
    const button = toolButton(tool, words[tool.name] ?? tool.name, index === 0);
    button.addEventListener("click", () => (tool.name === "link" ? linkRow.open() : tool.run(editor)));
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => rove(buttons, event));
  const show = (): void => showActive(editor, kind.tools, buttons);
  // Also what is turned on for the next letters alone.
  editor.on("transaction", show);
  const holder = document.createElement("div");
  holder.append(bar, linkRow.row);
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

/** The address of a link is written in a row of its own under the bar, not in a browser's prompt. */
function linkField(
  editor: Editor,
  words: Readonly<Record<string, string>>,
  kind: Bar,
): { row: HTMLElement; open: () => void } {
  const row = document.createElement("div");
  row.className = "editor__link";
  row.hidden = true;
  const input = document.createElement("input");
  input.className = "input";
  input.type = kind.places ? "text" : "url";
  input.placeholder = "https://";
  input.setAttribute("aria-label", words["address"] ?? "");
  const save = document.createElement("button");
  save.type = "button";
  save.className = "button button--small";
  save.textContent = words["save"] ?? "";
  row.append(input, save);
  const offer = kind.places ? offered(input, row, (typed) => kind.places?.(editor, typed)) : undefined;
  const close = (): void => {
    row.hidden = true;
    editor.commands.focus();
  };
  const apply = (): void => {
    const typed = input.value.trim();
    const href = kind.address(typed);
    input.setAttribute("aria-invalid", String(Boolean(typed && !href)));
    if (typed && !href) return input.focus();
    setLink(editor, href, kind.saying && (() => offer?.words(href) ?? kind.saying?.(href) ?? href));
    close();
  };
  save.addEventListener("click", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") apply();
  });
  const open = (): void => {
    const known: unknown = editor.getAttributes("link")["href"];
    input.value = typeof known === "string" ? known : "";
    offer?.look();
    row.hidden = false;
    input.focus();
  };
  return { row, open };
}

interface Offer {
  /** What the address that was offered stands for. */
  readonly words: (address: string) => string | undefined;
  readonly look: () => void;
}

type Places = ReadonlyMap<string, string>;

/** A list that the browser offers while an address or words are written. */
function offered(
  input: HTMLInputElement,
  row: HTMLElement,
  find: (typed: string) => Promise<Places> | undefined,
): Offer {
  const list = document.createElement("datalist");
  list.id = `places-${(offers += 1)}`;
  input.setAttribute("list", list.id);
  row.append(list);
  let places: Places = new Map();
  const show = (found: Places): void => {
    places = found;
    list.replaceChildren();
    for (const [value, words] of found) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = words;
      list.append(option);
    }
  };
  let timer = 0;
  const look = (): void => {
    window.clearTimeout(timer);
    // What was chosen from the list is no word to look for.
    if (!places.has(input.value)) timer = window.setTimeout(() => void find(input.value.trim())?.then(show), LOOK_MS);
  };
  input.addEventListener("input", look);
  return { words: (address) => places.get(address), look };
}

let offers = 0;
const LOOK_MS = 200;

/** An empty address takes the link away. */
export function setLink(editor: Editor, href: string, saying?: () => string): void {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (href && saying && editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: saying(), marks: [{ type: "link", attrs: { href } }] }).run();
  } else if (href) chain.setLink({ href }).run();
  else chain.unsetLink().run();
}

/** A bare name becomes https; only web and mail addresses are kept. */
export function cleanAddress(address: string): string {
  if (!address) return "";
  if (/^(https?:\/\/|mailto:)/i.test(address)) return address;
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? "" : `https://${address}`;
}
