import { type Editor, Node } from "@tiptap/core";
import type { Node as Shown } from "@tiptap/pm/model";
import { NodeSelection, Plugin } from "@tiptap/pm/state";

/** The address of a picture or film by what the Markdown calls it; nothing for one that nobody uploaded. */
export type PictureAddress = (path: string) => string | undefined;

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
    return { Enter: () => goOnAfter(this.editor) };
  },
  addProseMirrorPlugins() {
    return [new Plugin({ props: { handleKeyPress: () => goOnAfter(this.editor) && false } })];
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

/** What is written while a picture is chosen stands on a line of its own after it, and not in its place. */
export function goOnAfter(editor: Editor): boolean {
  const { selection } = editor.state;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== "picture") return false;
  return editor.chain().setTextSelection(selection.to).splitBlock().run();
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
