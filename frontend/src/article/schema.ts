import { type Editor, Extension, type Extensions, Mark, Node, mergeAttributes } from "@tiptap/core";
import { BulletList, OrderedList } from "@tiptap/extension-list";
import { Code } from "@tiptap/extension-code";
import { Heading } from "@tiptap/extension-heading";
import { Selection } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { Picture, type PictureAddress } from "./picture";
import { TABLES } from "./tables";

export interface ArticleOptions {
  /** Where the picture lies that the Markdown calls by a path. */
  address: PictureAddress;
  /** What each kind of callout is called. */
  callouts: Readonly<Record<string, string>>;
}

/** Whether a list's items stand close, without paragraphs of their own: the Markdown keeps it, nothing shows it. */
const tight = { tight: { default: true, rendered: false } };

/** What an article's Markdown has, no more and no less: everything of it is written by `writing.ts`. */
export function articleExtensions(options: ArticleOptions): Extensions {
  return [
    StarterKit.configure({
      bulletList: false,
      code: false,
      heading: false,
      link: { openOnClick: false, autolink: false, HTMLAttributes: { target: null, rel: null } },
      orderedList: false,
      underline: false,
    }),
    Heading.configure({ levels: [2, 3, 4] }),
    BulletList.extend({ addAttributes: () => tight }),
    OrderedList.extend({
      addAttributes() {
        return { ...this.parent?.(), ...tight };
      },
    }),
    element("key", "kbd"),
    element("sub", "sub"),
    element("sup", "sup"),
    // Bold code is bold and code, as Markdown has it; being the innermost of all marks, its words need no care.
    Code.extend({ excludes: "" }),
    Callout.configure({ titles: options.callouts }),
    Picture.configure({ address: options.address }),
    ...TABLES,
    LineAbove,
  ];
}

/** A text that begins with a table, a box, a quote or code gets a line above it by the key that goes there. */
const LineAbove = Extension.create({
  name: "lineAbove",
  addKeyboardShortcuts: () => ({ ArrowUp: ({ editor }) => lineAbove(editor) }),
});

function lineAbove({ state, view }: Editor): boolean {
  const { $from, empty } = state.selection;
  const isPlain = $from.depth === 1 && !$from.parent.type.spec.code;
  const isFirst = Array.from({ length: $from.depth }, (_, depth) => depth).every(
    (depth) => $from.index(depth) === 0 || $from.node(depth).type.name === "tableRow",
  );
  if (!empty || isPlain || !isFirst || !view.endOfTextblock("up")) return false;
  const { tr, schema } = state;
  tr.insert(0, schema.node("paragraph"));
  view.dispatch(tr.setSelection(Selection.atStart(tr.doc)).scrollIntoView());
  return true;
}

/** A mark that is an element of HTML also in the Markdown. */
function element(name: string, tag: string): Mark {
  return Mark.create({
    name,
    exitable: true,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });
}

const Callout = Node.create<{ titles: Readonly<Record<string, string>> }>({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addOptions: () => ({ titles: {} }),
  addAttributes: () => ({
    kind: {
      default: "tip",
      parseHTML: (box) => box.className.match(/callout--(\w+)/)?.[1] ?? "tip",
      rendered: false,
    },
  }),
  parseHTML: () => [{ tag: "div.callout", contentElement: (box) => box.querySelector(".callout__words") ?? box }],
  renderHTML({ node, HTMLAttributes }) {
    const kind = String(node.attrs["kind"]);
    return [
      "div",
      mergeAttributes(HTMLAttributes, { class: `callout callout--${kind}` }),
      ["p", { class: "callout__title", contenteditable: "false" }, this.options.titles[kind] ?? kind],
      ["div", { class: "callout__words" }, 0],
    ];
  },
});
