import { Editor, type EditorOptions } from "@tiptap/core";
import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";
import { announce } from "./announce";
import { type Bar, toolbar } from "./editor-toolbar";
import { picturesIn, type Taken, tidied } from "./pasted";

/** What is written in the frame, and with which tools. */
export interface Framed extends Partial<EditorOptions> {
  readonly bar?: Bar;
  /** What the text looks like, beside what all of them look like. */
  readonly look?: string;
  /** What is taken of a page or a document that is pasted. */
  readonly taken?: Taken;
  /** Blocks that a pasted text stands for; nothing where it is words alone. */
  readonly blocks?: (text: string, schema: Schema) => Fragment | undefined;
}

/** Letters have no tables and two levels of headings. */
const LETTER: Taken = { least: 3, tables: false };

/**
 * Puts a rich-text editor over a plain `<textarea>`, which stays in the form, out of sight: whoever opens it fills the
 * area. Words of the toolbar come from `data-words` (JSON of tool to label) on the area.
 */
export function openEditor(area: HTMLTextAreaElement, { bar, look = "", taken = LETTER, blocks, ...options }: Framed): Editor {
  const frame = document.createElement("div");
  frame.className = "editor";
  const left = document.createElement("p");
  left.className = "editor__why";
  left.hidden = true;
  const editor = new Editor({
    ...options,
    element: frame,
    // The stylesheet of the page has the few rules; injected ones would break the content security policy.
    injectCSS: false,
    editorProps: {
      ...options.editorProps,
      attributes: textAttributes(area, look),
      transformPastedHTML(html) {
        left.hidden = picturesIn(html) === 0;
        if (!left.hidden) announce(left.textContent);
        return tidied(html, taken);
      },
      clipboardTextParser: (text, at, plain) => sliceOf(text, at, plain ? undefined : blocks),
    },
  });
  left.textContent = words(area)["pictures_left"] ?? "";
  editor.view.dom.before(left);
  editor.on("blur", () => (left.hidden = true));
  frame.prepend(toolbar(editor, words(area), bar));
  const writing = document.activeElement === area;
  area.before(frame);
  area.classList.add("editor__source");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
  // A label, an error link or a shortcut that means the area means the editor.
  const meant = (): void => write(editor);
  area.addEventListener("focus", meant);
  editor.on("destroy", () => area.removeEventListener("focus", meant));
  if (writing) {
    // Somebody who was quicker than the editor goes on where they were.
    editor.commands.setTextSelection(Selection.atEnd(editor.state.doc));
    write(editor);
  }
  return editor;
}

/**
 * Lets whoever types do so in the editor, at once: its own command for that waits for the next picture on the screen, and
 * what is typed until then goes into the area out of sight, where it is lost.
 */
function write(editor: Editor): void {
  editor.view.focus();
  editor.commands.scrollIntoView();
}

/** An empty line parts paragraphs, other line ends stay; within a table's cell all of them do. */
function sliceOf(text: string, at: ResolvedPos, blocks: Framed["blocks"]): Slice {
  const { schema } = at.doc.type;
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  const inCell = at.depth > 1 && at.node(-1).type.spec.isolating === true;
  const read = inCell ? undefined : blocks?.(lines, schema);
  if (read) return new Slice(read, 0, 0);
  const parts = inCell ? [lines.replace(/\n+/g, "\n")] : lines.split(/\n{2,}/);
  const paragraphs = parts.map((part) => {
    const words = part.split("\n").flatMap((line, index): Node[] => [
      ...(index > 0 ? [schema.node("hardBreak")] : []),
      ...(line ? [schema.text(line, at.marks())] : []),
    ]);
    return schema.node("paragraph", null, words);
  });
  return Slice.maxOpen(Fragment.from(paragraphs));
}

/** Takes the editor away: the area is the plain field that it was. */
export function closeEditor(area: HTMLTextAreaElement, editor: Editor): void {
  const frame = editor.view.dom.closest(".editor");
  editor.destroy();
  frame?.remove();
  area.classList.remove("editor__source");
  area.removeAttribute("tabindex");
  area.removeAttribute("aria-hidden");
}

export function words(area: HTMLTextAreaElement): Record<string, string> {
  return JSON.parse(area.dataset["words"] ?? "{}") as Record<string, string>;
}

function textAttributes(area: HTMLTextAreaElement, look: string): Record<string, string> {
  const described = area.getAttribute("aria-describedby");
  return {
    class: `editor__text prose ${look}`.trim(),
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": area.labels[0]?.textContent?.trim() ?? "",
    ...(described ? { "aria-describedby": described } : {}),
    ...(area.lang ? { lang: area.lang } : {}),
    ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
  };
}
