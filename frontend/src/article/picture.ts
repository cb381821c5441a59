import { type Editor, Node } from "@tiptap/core";
import type { Node as Shown } from "@tiptap/pm/model";
import { NodeSelection, Plugin, Selection, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** The address of a picture or film by what the Markdown calls it; nothing for one that nobody uploaded. */
export type PictureAddress = (path: string) => string | undefined;

/** What browsers call such keys. */
const PUT_TOGETHER: ReadonlySet<string> = new Set(["Dead", "Process", "Unidentified"]);

const FILM = /\.(?:mp4|webm)$/i;

/** A picture or a short film of the manual: `![what it shows](path)`. */
export const Picture = Node.create<{ address: PictureAddress }>({
  name: "picture",
  group: "inline",
  inline: true,
  addOptions: () => ({ address: () => undefined }),
  addAttributes: () => ({
    path: { default: "", parseHTML: (shown) => shown.dataset["path"] ?? "" },
    alt: { default: "", parseHTML: (shown) => shown.getAttribute("alt") ?? "" },
    title: { default: null },
  }),
  // A picture of another page is not one of the manual: it is left out when that page is pasted.
  parseHTML: () => [{ tag: "img[data-path]" }],
  renderHTML: ({ node }) => ["img", { "data-path": path(node), alt: alt(node) }],
  addKeyboardShortcuts() {
    const leave = (to: (at: NodeSelection) => Selection) => () => leaveFor(this.editor, to);
    const goOn = () => goOnAfter(this.editor);
    return {
      Enter: goOn,
      "Mod-Enter": goOn,
      "Shift-Enter": goOn,
      ArrowLeft: leave(({ $from }) => TextSelection.create($from.doc, $from.pos)),
      ArrowRight: leave(({ $to }) => TextSelection.create($to.doc, $to.pos)),
      Home: leave(({ $from }) => TextSelection.create($from.doc, $from.start())),
      End: leave(({ $to }) => TextSelection.create($to.doc, $to.end())),
      ArrowUp: leave(above),
      ArrowDown: leave(below),
      "Mod-Home": leave(({ $from }) => Selection.atStart($from.doc)),
      "Mod-End": leave(({ $to }) => Selection.atEnd($to.doc)),
    };
  },
  addProseMirrorPlugins() {
    const goOn = (): boolean => goOnAfter(this.editor) && false;
    // What is dictated or chosen from a board of signs comes without a key.
    const beforeinput = (_view: unknown, event: InputEvent): boolean => {
      if (event.inputType !== "insertText" || !event.data || !goOnAfter(this.editor)) return false;
      event.preventDefault();
      return this.editor.commands.insertContent({ type: "text", text: event.data });
    };
    // The first key of a letter that is put together (´ and e): later the browser knows already where it will stand.
    const handleKeyDown = (_view: unknown, event: KeyboardEvent): boolean => PUT_TOGETHER.has(event.key) && goOn();
    const handleDOMEvents = { compositionstart: goOn, beforeinput };
    const soonAgain = { handleDoubleClickOn: choose, handleTripleClickOn: choose };
    const props = { handleKeyDown, handleKeyPress: goOn, handlePaste: goOn, handleDOMEvents, ...soonAgain };
    return [new Plugin({ props })];
  },
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("span");
      dom.className = "editor__picture";
      dom.append(shown(node, this.options.address));
      const update = (now: Shown): boolean => {
        if (now.type !== node.type || path(now) !== path(node)) return false;
        dom.replaceChildren(shown(now, this.options.address));
        return true;
      };
      return { dom, update };
    };
  },
});

/** Pressed twice it is chosen as by one press: a browser would make words of what is around it. */
function choose(view: EditorView, _pos: number, node: Shown, at: number): boolean {
  if (node.type.name !== "picture") return false;
  view.focus();
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
  return true;
}

/** What is written or put in while a picture is chosen stands on a line of its own after it, and not in its place. */
export function goOnAfter(editor: Editor): boolean {
  const chosen = chosenPicture(editor);
  if (!chosen) return false;
  return editor.chain().setTextSelection(chosen.to).splitBlock().run();
}

/** The picture that is chosen, alone. */
export function chosenPicture(editor: Editor): NodeSelection | undefined {
  const { selection } = editor.state;
  return selection instanceof NodeSelection && selection.node.type.name === "picture" ? selection : undefined;
}

/** A key that moves the caret leaves a chosen picture, also where a browser would see nothing to go from. */
function leaveFor(editor: Editor, to: (chosen: NodeSelection) => Selection): boolean {
  const chosen = chosenPicture(editor);
  if (!chosen) return false;
  editor.view.dispatch(editor.state.tr.setSelection(to(chosen)).scrollIntoView());
  return true;
}

/** The line above, or before the picture where there is none. */
function above({ $from }: NodeSelection): Selection {
  const before = TextSelection.create($from.doc, $from.pos);
  return $from.depth ? (Selection.findFrom($from.doc.resolve($from.before()), -1) ?? before) : before;
}

function below({ $to }: NodeSelection): Selection {
  const after = TextSelection.create($to.doc, $to.pos);
  return $to.depth ? (Selection.findFrom($to.doc.resolve($to.after()), 1) ?? after) : after;
}

function shown(node: Shown, address: PictureAddress): HTMLElement {
  const at = address(path(node));
  if (at === undefined) return nothing(node);
  if (FILM.test(path(node))) {
    const film = document.createElement("video");
    film.controls = true;
    film.preload = "none";
    film.src = at;
    film.setAttribute("aria-label", alt(node));
    return film;
  }
  const picture = document.createElement("img");
  picture.src = at;
  picture.alt = alt(node);
  return picture;
}

/** Where the manual has no such file: its words and its name, so that nobody wonders what stands there. */
function nothing(node: Shown): HTMLElement {
  const words = document.createElement("span");
  words.className = "editor__missing";
  words.textContent = [alt(node), path(node)].filter(Boolean).join(": ");
  return words;
}

const path = (node: Shown): string => String(node.attrs["path"]);
const alt = (node: Shown): string => String(node.attrs["alt"]);
