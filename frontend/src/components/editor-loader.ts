import { fresh } from "../enhance";

/** `textarea[data-editor]`: the rich-text editor is fetched only by pages that have one. */
export function loadEditors(root: ParentNode): void {
  for (const area of fresh<HTMLTextAreaElement>(root, "textarea[data-editor]", "Editor")) {
    void import("./editor").then(({ startEditor }) => startEditor(area));
  }
}
