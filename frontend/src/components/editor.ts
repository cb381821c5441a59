import type { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { openEditor } from "./editor-frame";
import { takePassages } from "./editor-passages";

/**
 * Puts a rich-text editor over a plain `<textarea name="body">`. The area stays in the form, out of sight and filled
 * with the text alone; a hidden field `body_html` carries the HTML. Without script the area is simply used.
 * Toolbar words come from `data-words` (JSON of tool to label) on the area.
 */
export function startEditor(area: HTMLTextAreaElement): Editor {
  const carrier = htmlField(area);
  const editor = openEditor(area, {
    content: carrier.value || paragraphs(area.value),
    extensions: [
      // What letters need and every mail program shows; an underlined word would look like a link.
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, autolink: true },
        underline: false,
        strike: false,
        horizontalRule: false,
      }),
    ],
  });
  keepInSync(editor, area, carrier);
  if (area.form) takePassages(editor, area.form);
  return editor;
}

function keepInSync(editor: Editor, area: HTMLTextAreaElement, carrier: HTMLInputElement): void {
  const sync = (): void => {
    area.value = editor.getText({ blockSeparator: "\n\n" });
    carrier.value = editor.isEmpty ? "" : editor.getHTML();
  };
  editor.on("update", () => {
    sync();
    // Drafts listen for input; the editor's own events do not reach the form as such.
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  sync();
  area.form?.addEventListener("reset", () => editor.commands.clearContent(true));
}

function htmlField(area: HTMLTextAreaElement): HTMLInputElement {
  const name = `${area.name}_html`;
  const there = area.form?.elements.namedItem(name);
  if (there instanceof HTMLInputElement) return there;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = name;
  area.after(made);
  return made;
}

/** Plain text as the editor's HTML: an empty line parts paragraphs, other line ends stay. */
export function paragraphs(text: string): string {
  const escape = (words: string): string =>
    words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return text
    .split(/\n{2,}/)
    .map((part) => `<p>${escape(part).replaceAll("\n", "<br>")}</p>`)
    .join("");
}
