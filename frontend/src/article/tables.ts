import { type Editor, type Extensions, Node } from "@tiptap/core";
import { Fragment, type Node as Block, Slice } from "@tiptap/pm/model";
import { type Command, type EditorState, Plugin, Selection, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import {
  CellSelection,
  TableMap,
  type TableRect,
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  selectedRect,
  tableEditing,
} from "@tiptap/pm/tables";
import { goOnAfter } from "./picture";

/** As Markdown has them: a row of heads, then rows of cells, each cell a line of words, none of them joined. */
const single = { default: 1, parseHTML: () => 1, rendered: false };
const cellAttributes = {
  colspan: single,
  rowspan: single,
  colwidth: { default: null, parseHTML: () => null, rendered: false },
  align: { default: null, parseHTML: () => null, rendered: false },
};

/** What prosemirror-tables knows the nodes by. */
const ROLES: Readonly<Record<string, string>> = {
  table: "table",
  tableRow: "row",
  tableHeader: "header_cell",
  tableCell: "cell",
};

const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  extendNodeSchema: ({ name }) => (name in ROLES ? { tableRole: ROLES[name] } : {}),
  parseHTML: () => [{ tag: "table" }],
  renderHTML: () => ["div", { class: "table-scroll" }, ["table", ["tbody", 0]]],
  addProseMirrorPlugins: () => [new Plugin({ props: { handlePaste: pasteIntoCell } }), tableEditing()],
  addKeyboardShortcuts() {
    // At the last cell Tab goes on to what comes after the text, so that nobody is caught in a table.
    return { Tab: () => run(this.editor, goToNextCell(1)), "Shift-Tab": () => run(this.editor, goToNextCell(-1)) };
  },
});

const TableRow = Node.create({
  name: "tableRow",
  content: "(tableCell | tableHeader)*",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});

const TableHeader = Node.create({
  name: "tableHeader",
  content: "paragraph",
  isolating: true,
  addAttributes: () => cellAttributes,
  parseHTML: () => [{ tag: "th" }],
  renderHTML: () => ["th", { scope: "col" }, 0],
});

const TableCell = Node.create({
  name: "tableCell",
  content: "paragraph",
  isolating: true,
  addAttributes: () => cellAttributes,
  parseHTML: () => [{ tag: "td" }],
  renderHTML: () => ["td", 0],
});

export const TABLES: Extensions = [Table, TableRow, TableHeader, TableCell];

/** Paragraphs and items that are pasted into a cell are lines of it; only a table fills other cells. */
function pasteIntoCell(view: EditorView, event: ClipboardEvent, slice: Slice): boolean {
  // The slice itself was read for this place: it has cells also where the page had none.
  const isTable = /<t[rdh]\b/i.test(event.clipboardData?.getData("text/html") ?? "");
  if (isTable || !isInTable(view.state) || view.state.selection instanceof CellSelection) return false;
  const lines: Block[][] = [];
  slice.content.descendants((node) => {
    if (node.isTextblock) lines.push([...node.children]);
    return !node.isTextblock;
  });
  if (lines.length < 2) return false;
  const { schema, tr } = view.state;
  const words = lines.flatMap((line, index) => (index > 0 ? [schema.node("hardBreak"), ...line] : line));
  const paragraph = schema.node("paragraph", null, words);
  view.dispatch(tr.replaceSelection(new Slice(Fragment.from(paragraph), 1, 1)).scrollIntoView());
  return true;
}

/** Two columns, a row of heads and a row of cells, with the caret in the first. */
export function insertTable(editor: Editor): void {
  const cell = (type: string) => ({ type, content: [{ type: "paragraph" }] });
  const row = (type: string) => ({ type: "tableRow", content: [cell(type), cell(type)] });
  editor.view.focus();
  // Markdown has no tables in tables.
  if (editor.isActive("table")) return;
  goOnAfter(editor);
  const at = editor.state.selection.from;
  editor
    .chain()
    .insertContent({ type: "table", content: [row("tableHeader"), row("tableCell")] })
    .command(({ tr, commands }) => {
      let first = -1;
      tr.doc.nodesBetween(Math.max(0, at - 1), tr.doc.content.size, (node, pos) => {
        if (first < 0 && node.type.name === "tableHeader") first = pos + 2;
        return first < 0;
      });
      return first < 0 || commands.setTextSelection(first);
    })
    .run();
}

/** What can be done where the caret stands in a table, by the name of the word on its button. */
export const TABLE_STEPS: Readonly<Record<string, Command>> = {
  row_add: (state, dispatch) =>
    addRowAfter(state, dispatch && ((tr) => dispatch(inCell(tr, state, ({ bottom }) => [bottom, 0])))),
  column_add: (state, dispatch) =>
    addColumnAfter(state, dispatch && ((tr) => dispatch(inCell(tr, state, ({ top, right }) => [top, right])))),
  row_remove: (state, dispatch) => !(isInTable(state) && selectedRect(state).top === 0) && deleteRow(state, dispatch),
  column_remove: deleteColumn,
  table_remove: deleteTable,
};

/** The caret in the row or column that was added: whoever adds one writes in it next. */
function inCell(tr: Transaction, before: EditorState, place: (chosen: TableRect) => [number, number]): Transaction {
  const chosen = selectedRect(before);
  const table = tr.doc.nodeAt(chosen.tableStart - 1);
  if (!table) return tr;
  const at = TableMap.get(table).positionAt(...place(chosen), table);
  return tr.setSelection(Selection.near(tr.doc.resolve(chosen.tableStart + at + 1)));
}

export function run(editor: Editor, step: Command): boolean {
  return step(editor.state, (transaction) => editor.view.dispatch(transaction));
}
