import { announce } from "../components/announce";
import { words as wordsOf } from "../components/editor-frame";
import { type ArticleEditor, openArticle } from "./article-editor";
import { UnknownHereError } from "./reading";

type Mode = "editor" | "markdown";

const KEY = "vaxel.writes";

/**
 * Two ways to write the same text, and a switch between them above the field: the editor, and the Markdown itself. It
 * begins with the one that was used last on this machine. A text that the editor would change stays in Markdown,
 * and a sentence says so.
 */
export function startArticle(area: HTMLTextAreaElement): void {
  const modes = new Modes(area);
  if (read() === "editor") modes.edit();
  else modes.show();
}

class Modes {
  private open: ArticleEditor | undefined;
  private readonly words: Readonly<Record<string, string>>;
  private readonly buttons: Readonly<Record<Mode, HTMLButtonElement>>;
  private readonly why = document.createElement("p");
  /** The tools of the plain field, which are there before. */
  private readonly tools: HTMLElement | undefined;

  constructor(private readonly area: HTMLTextAreaElement) {
    this.words = wordsOf(area);
    this.tools = toolsAbove(area);
    this.buttons = {
      editor: this.button("editor", () => this.chosen("editor")),
      markdown: this.button("markdown", () => this.chosen("markdown")),
    };
    this.why.className = "editor__why";
    this.why.hidden = true;
    (this.tools ?? area).before(this.group(), this.why);
  }

  /** Opens the editor, or says why the text stays as it is. */
  edit(): void {
    try {
      this.open ??= openArticle(this.area);
      this.why.hidden = true;
    } catch (error) {
      if (!(error instanceof UnknownHereError)) throw error;
      this.stays(error.line);
    }
    this.show();
  }

  show(): void {
    const now: Mode = this.open ? "editor" : "markdown";
    for (const mode of ["editor", "markdown"] as const) {
      this.buttons[mode].setAttribute("aria-pressed", String(mode === now));
    }
    if (this.tools) this.tools.hidden = this.open !== undefined;
  }

  private chosen(mode: Mode): void {
    write(mode);
    if (mode === "editor") {
      this.edit();
      if (this.open) this.open.editor.commands.focus("start");
      else announce(this.why.textContent ?? "");
      return;
    }
    this.open?.close();
    this.open = undefined;
    this.show();
    this.area.focus();
  }

  private stays(line: number): void {
    const said = line > 0 ? this.words["stays_at"] : this.words["stays"];
    this.why.textContent = (said ?? "").replace("{line}", String(line));
    this.why.hidden = false;
  }

  private group(): HTMLElement {
    const group = document.createElement("div");
    group.className = "editor__modes";
    group.setAttribute("role", "group");
    const field = this.area.labels[0]?.textContent?.trim() ?? "";
    group.setAttribute("aria-label", `${this.words["write_in"] ?? ""}: ${field}`);
    group.append(this.buttons.editor, this.buttons.markdown);
    return group;
  }

  private button(mode: Mode, press: () => void): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "editor__mode";
    made.textContent = this.words[mode] ?? mode;
    made.addEventListener("click", press);
    return made;
  }
}

function toolsAbove(area: HTMLTextAreaElement): HTMLElement | undefined {
  const before = area.previousElementSibling;
  return before instanceof HTMLElement && before.classList.contains("editor__tools") ? before : undefined;
}

// Storage may be turned off; then the editor opens and nothing breaks.
function read(): Mode {
  try {
    return localStorage.getItem(KEY) === "markdown" ? "markdown" : "editor";
  } catch {
    return "editor";
  }
}

function write(mode: Mode): void {
  try {
    localStorage.setItem(KEY, mode);
  } catch {
    // see above
  }
}
