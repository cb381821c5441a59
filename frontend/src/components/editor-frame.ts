import { Editor, type EditorOptions } from "@tiptap/core";
import { type Bar, toolbar } from "./editor-toolbar";

/** What is written in the frame, and with which tools. */
export interface Framed extends Partial<EditorOptions> {
  readonly bar?: Bar;
  /** What the text looks like, beside what all of them look like. */
  readonly look?: string;
}

/**
 * Puts a rich-text editor over a plain `<textarea>`, which stays in the form, out of sight: whoever opens it fills the
 * area. Words of the toolbar come from `data-words` (JSON of tool to label) on the area.
 */
export function openEditor(area: HTMLTextAreaElement, { bar, look = "", ...options }: Framed): Editor {
  const frame = document.createElement("div");
  frame.className = "editor";
  const editor = new Editor({
    ...options,
    element: frame,
    // The stylesheet of the page has the few rules; injected ones would break the content security policy.
    injectCSS: false,
    editorProps: { ...options.editorProps, attributes: textAttributes(area, look) },
  });
  frame.prepend(toolbar(editor, words(area), bar));
  const writing = document.activeElement === area;
  area.before(frame);
  area.classList.add("editor__source");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
  // A label, an error link or a shortcut that means the area means the editor.
  const meant = (): void => void editor.commands.focus();
  area.addEventListener("focus", meant);
  editor.on("destroy", () => area.removeEventListener("focus", meant));
  // Somebody who was quicker than the editor goes on where they were.
  if (writing) editor.commands.focus("end");
  return editor;
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
