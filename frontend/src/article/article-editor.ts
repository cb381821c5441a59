import type { Editor } from "@tiptap/core";
import type { Node, Schema } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";
import { inText } from "../components/caret";
import { closeEditor, openEditor, words as wordsOf } from "../components/editor-frame";
import { addressesOf, fileChooser, filesIn, upload } from "../components/picture-upload";
import { articleBar } from "./article-tools";
import { KeptText } from "./kept-text";
import { goOnAfter } from "./picture";
import { placeRow } from "./place-row";
import { readMarkdown, UnknownHereError } from "./reading";
import { articleExtensions } from "./schema";

/** An editor over the Markdown of an area. */
export interface ArticleEditor {
  readonly editor: Editor;
  /** Brings the Markdown up to date at once. */
  readonly write: () => void;
  /** Writes, and leaves the plain field. */
  readonly close: () => void;
}

/** Waits for a pause in typing this long before the Markdown is written: milliseconds. */
const PAUSE_MS = 120;
/** A long text takes longer to write: then it waits for so many times what the last one took. */
const PAUSES_PER_WRITE = 4;

/** A line that begins as a heading, an item, a quote, a table, code or a picture does in Markdown. */
const MARKED = /^(?:#{1,6} |[-*+] |\d+[.)] |> |\|.*\|$|```|~~~|!\[)/m;

/**
 * Opens the editor of answers, with what an article has besides, over a field of Markdown. The field stays what is
 * sent: it is written anew when the document changes, and then only where it changed.
 * Throws UnknownHereError for a text that the editor would change.
 */
export function openArticle(area: HTMLTextAreaElement): ArticleEditor {
  const words = wordsOf(area);
  const extensions = articleExtensions({ address: (path) => addressOf(area, path), callouts: calloutsOf(area) });
  const label = `${words["toolbar"] ?? ""}: ${nameOf(area)}`;
  const chooser = fileChooser((files) => take(files));
  const editor = openEditor(area, {
    extensions,
    bar: articleBar(label, area.dataset["articles"] ?? "", area.dataset["manual"] ?? "", () => chooser.click()),
    look: "manual editor__article",
    taken: { least: 4, tables: true },
    blocks: (text, schema) => (MARKED.test(text) ? blocksOf(text, schema)?.content : undefined),
    editorProps: {
      handlePaste: (_view, event) => take(filesIn(event.clipboardData)),
      handleDrop: (_view, event, _slice, moved) => !moved && take([...(event.dataTransfer?.files ?? [])]),
    },
  });
  function take(files: readonly File[]): boolean {
    if (files.length > 0) void upload(area, files, words, (markdown) => insertPicture(editor, markdown));
    return files.length > 0;
  }
  // Below the text: it comes and goes with the caret, and must not move what somebody points at.
  editor.view.dom.after(placeRow(editor, words));
  area.before(chooser);
  try {
    const { write, stop } = keepWritten(editor, area);
    return {
      editor,
      write,
      close() {
        write();
        stop();
        chooser.remove();
        closeEditor(area, editor);
      },
    };
  } catch (error) {
    chooser.remove();
    closeEditor(area, editor);
    throw error;
  }
}

/** Fills the editor from the area, and the area from the editor after each pause and whenever the form is read. */
function keepWritten(editor: Editor, area: HTMLTextAreaElement): { write: () => void; stop: () => void } {
  const kept = KeptText.of(area.value, editor.schema);
  fill(editor, kept);
  let timer = 0;
  let took = 0;
  const write = (): void => {
    if (!timer) return;
    window.clearTimeout(timer);
    timer = 0;
    const began = performance.now();
    const text = kept.write(editor.state.doc);
    took = performance.now() - began;
    if (text === area.value) return;
    area.value = text;
    // Drafts and the preview listen for input of the field.
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const collected = (event: FormDataEvent): void => {
    write();
    event.formData.set(area.name, area.value);
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(write, Math.max(PAUSE_MS, took * PAUSES_PER_WRITE));
  };
  editor.on("update", later);
  editor.on("blur", write);
  // Before drafts hear of it: what is sent needs no keeping.
  area.form?.addEventListener("submit", write, { capture: true });
  area.form?.addEventListener("formdata", collected);
  const stop = (): void => {
    area.form?.removeEventListener("submit", write, { capture: true });
    area.form?.removeEventListener("formdata", collected);
  };
  return { write, stop };
}

/** The very blocks that the text was read as, so that those which nobody touches are known again. */
function fill(editor: Editor, kept: KeptText): void {
  const { tr } = editor.state;
  tr.replaceWith(0, tr.doc.content.size, kept.doc.content);
  tr.setSelection(Selection.atStart(tr.doc));
  tr.setMeta("addToHistory", false).setMeta("preventUpdate", true);
  editor.view.dispatch(tr);
}

/** A picture stands by itself where the caret is, chosen, so that its words can be written at once. */
function insertPicture(editor: Editor, markdown: string): void {
  const read = blocksOf(markdown, editor.schema)?.firstChild;
  if (!read) return;
  goOnAfter(editor);
  // Somebody who has gone on to a field while it was on its way stays there.
  const steps = document.activeElement?.matches("input, select, textarea") ? editor.chain() : inText(editor);
  steps.insertContent(read.toJSON()).run();
  let at = -1;
  editor.state.doc.descendants((node, pos) => {
    if (node.type.name === "picture" && node.attrs["path"] === read.firstChild?.attrs["path"]) at = pos;
  });
  if (at >= 0) editor.commands.setNodeSelection(at);
}

/** The document of a Markdown text; nothing for one that the editor would change. */
function blocksOf(markdown: string, schema: Schema): Node | undefined {
  try {
    return readMarkdown(markdown, schema).doc;
  } catch (error) {
    if (error instanceof UnknownHereError) return undefined;
    throw error;
  }
}

/** A browser's spelling of a path names the same file as the letters that somebody typed. */
function addressOf(area: HTMLTextAreaElement, path: string): string | undefined {
  const addresses = addressesOf(area);
  try {
    return addresses.get(path) ?? addresses.get(decodeURIComponent(path));
  } catch {
    return undefined;
  }
}

/** What callouts are called in the text's language, which may be another than the page's. */
function calloutsOf(area: HTMLTextAreaElement): Record<string, string> {
  return JSON.parse(area.dataset["callouts"] ?? "{}") as Record<string, string>;
}

function nameOf(area: HTMLTextAreaElement): string {
  return area.labels[0]?.textContent?.trim() ?? "";
}
