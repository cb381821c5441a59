import { fresh } from "../enhance";
import { rove } from "./editor-toolbar";
import { icon } from "./icon";
import { fileChooser, filesIn, upload } from "./picture-upload";

type Words = Readonly<Record<string, string>>;

/** What a tool puts around the chosen words, or before each of their lines. */
interface Tool {
  readonly name: string;
  readonly icon: string;
  readonly put: (chosen: string, words: Words) => string;
}

const lines = (chosen: string, mark: (index: number) => string): string =>
  chosen
    .split("\n")
    .map((line, index) => mark(index) + line)
    .join("\n");

const some = (chosen: string, words: Words): string => chosen || (words["text"] ?? "");

export const TOOLS: readonly Tool[] = [
  { name: "bold", icon: "bold", put: (chosen, words) => `**${some(chosen, words)}**` },
  { name: "italic", icon: "italic", put: (chosen, words) => `*${some(chosen, words)}*` },
  { name: "heading", icon: "heading", put: (chosen, words) => `## ${some(chosen, words)}` },
  { name: "bullets", icon: "bullets", put: (chosen, words) => lines(some(chosen, words), () => "- ") },
  { name: "numbers", icon: "numbers", put: (chosen, words) => lines(some(chosen, words), (index) => `${index + 1}. `) },
  {
    name: "callout",
    icon: "info",
    put: (chosen, words) => `> [!TIP]\n${lines(chosen || (words["save_first"] ?? ""), () => "> ")}`,
  },
  { name: "key", icon: "keyboard", put: (chosen) => `<kbd>${chosen || "Ctrl"}</kbd>` },
  { name: "table", icon: "table", put: (chosen) => `| ${chosen || "A"} | B |\n| --- | --- |\n|  |  |` },
  { name: "code", icon: "code", put: (chosen, words) => `\`${some(chosen, words)}\`` },
  { name: "link", icon: "link", put: (chosen, words) => `[${some(chosen, words)}](https://)` },
];

/** What stands on lines of its own, with an empty one before and after it. */
const BLOCKS: ReadonlySet<string> = new Set(["heading", "bullets", "numbers", "callout", "table"]);

/**
 * `textarea[data-markdown=URL]`: a bar of tools over a plain field, and pictures that are pasted, dropped or chosen and
 * then sent to the URL, which answers with the Markdown that shows them. The field stays what is sent, letter by letter.
 */
export function markdownTools(root: ParentNode): void {
  for (const area of fresh<HTMLTextAreaElement>(root, "textarea[data-markdown]", "Markdown")) {
    const words = JSON.parse(area.dataset["words"] ?? "{}") as Words;
    area.before(bar(area, words));
    area.addEventListener("paste", (event) => take(event, filesIn(event.clipboardData)));
    area.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    area.addEventListener("drop", (event) => take(event, [...(event.dataTransfer?.files ?? [])]));
    const take = (event: Event, files: readonly File[]): void => {
      if (files.length === 0) return;
      event.preventDefault();
      void upload(area, files, words, (shows) => insert(area, shows, true));
    };
  }
}

function bar(area: HTMLTextAreaElement, words: Words): HTMLElement {
  const made = document.createElement("div");
  made.className = "editor__tools";
  made.setAttribute("role", "toolbar");
  made.setAttribute("aria-label", `${words["toolbar"] ?? ""}: ${area.labels[0]?.textContent?.trim() ?? ""}`);
  made.setAttribute("aria-controls", area.id);
  const buttons = TOOLS.map((tool) => toolButton(tool.name, tool.icon, words, () => use(area, tool, words)));
  const chooser = fileChooser((files) => void upload(area, files, words, (shows) => insert(area, shows, true)));
  buttons.push(toolButton("picture", "image", words, () => chooser.click()));
  buttons.forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
  made.append(...buttons, chooser);
  made.addEventListener("keydown", (event) => rove(buttons, event));
  return made;
}

function toolButton(name: string, sign: string, words: Words, press: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "editor__tool";
  button.title = words[name] ?? name;
  button.setAttribute("aria-label", button.title);
  button.append(icon(sign));
  button.addEventListener("click", press);
  return button;
}

function use(area: HTMLTextAreaElement, tool: Tool, words: Words): void {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  insert(area, tool.put(chosen, words), BLOCKS.has(tool.name));
}

/** In the place of what is chosen, so that the browser's own undo takes it back. */
export function insert(area: HTMLTextAreaElement, text: string, block: boolean): void {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const start = block && before ? "\n".repeat(2 - Math.min(2, /\n*$/.exec(before)?.[0].length ?? 0)) : "";
  const end = block && after ? "\n".repeat(2 - Math.min(2, /^\n*/.exec(after)?.[0].length ?? 0)) : "";
  area.focus();
  // The old command is the only way into the field's own history; where it is gone the text is put in without.
  if (!document.execCommand?.("insertText", false, start + text + end)) {
    area.setRangeText(start + text + end, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
