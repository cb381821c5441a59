import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { takePassages } from "./editor-passages";
import { toolbar } from "./editor-toolbar";

/**
 * Puts a rich-text editor over a plain `<textarea name="body">`. The area stays in the form, out of sight and filled
 * with the text alone; a hidden field `body_html` carries the HTML. Without script the area is simply used.
 * Toolbar words come from `data-words` (JSON of tool to label) on the area.
 */
export function startEditor(area: HTMLTextAreaElement): Editor {
  const frame = document.createElement("div");
  frame.className = "editor";
  const carrier = htmlField(area);
  const editor = new Editor({
    element: frame,
    // The stylesheet of the page has the few rules; injected ones would break the content security policy.
    injectCSS: false,
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
    editorProps: { attributes: textAttributes(area) },
  });
  frame.prepend(toolbar(editor, words(area)));
  const writing = document.activeElement === area;
  area.before(frame);
  area.classList.add("editor__source");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
  keepInSync(editor, area, carrier);
  if (area.form) takePassages(editor, area.form);
  // Somebody who was quicker than the editor goes on where they were.
  if (writing) editor.commands.focus("end");
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
  // A label, an error link or a shortcut that means the area means the editor.
  area.addEventListener("focus", () => editor.commands.focus());
  area.form?.addEventListener("reset", () => editor.commands.clearContent(true));
}

function textAttributes(area: HTMLTextAreaElement): Record<string, string> {
  const described = area.getAttribute("aria-describedby");
  return {
    class: "editor__text prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": area.labels[0]?.textContent?.trim() ?? "",
    ...(described ? { "aria-describedby": described } : {}),
  };
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

function words(area: HTMLTextAreaElement): Record<string, string> {
  return JSON.parse(area.dataset["words"] ?? "{}") as Record<string, string>;
}
