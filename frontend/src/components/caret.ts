import type { ChainedCommands, Editor } from "@tiptap/core";

/**
 * Steps that begin with the caret in the text, at once. The editor's own command for that waits for the next picture on
 * the screen: letters that come before are lost, and whoever has gone to a field since is taken back from it.
 */
export function inText(editor: Editor): ChainedCommands {
  editor.view.focus();
  return editor.chain();
}
