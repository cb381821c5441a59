import { inText } from "../components/caret";
import { cleanAddress } from "../components/editor-link";
import type { Bar, Tool } from "../components/editor-toolbar";
import { anchorsOf } from "./anchors";
import { goOnAfter } from "./picture";
import { insertTable } from "./tables";

/** The tools of answers, and those for what only an article has. */
function tools(choosePicture: () => void): readonly Tool[] {
  return [
    { name: "bold", icon: "bold", active: ["bold"], run: (editor) => inText(editor).toggleBold().run() },
    { name: "italic", icon: "italic", active: ["italic"], run: (editor) => inText(editor).toggleItalic().run() },
    { name: "key", icon: "keyboard", active: ["key"], run: (editor) => inText(editor).toggleMark("key").run() },
    { name: "code", icon: "code", active: ["code"], run: (editor) => inText(editor).toggleCode().run() },
    {
      name: "heading",
      icon: "heading",
      active: ["heading"],
      run: (editor) => inText(editor).toggleHeading({ level: 2 }).run(),
    },
    {
      name: "bullets",
      icon: "bullets",
      active: ["bulletList"],
      run: (editor) => inText(editor).toggleBulletList().run(),
    },
    {
      name: "numbers",
      icon: "numbers",
      active: ["orderedList"],
      run: (editor) => inText(editor).toggleOrderedList().run(),
    },
    {
      name: "quote",
      icon: "quote",
      active: ["blockquote"],
      run: (editor) => inText(editor).toggleBlockquote().run(),
    },
    {
      name: "callout",
      icon: "info",
      active: ["callout"],
      run: (editor) => inText(editor).toggleWrap("callout").run(),
    },
    {
      name: "block",
      icon: "codeblock",
      active: ["codeBlock"],
      run(editor) {
        // Code holds no picture: the one that is chosen stays above.
        goOnAfter(editor);
        inText(editor).toggleCodeBlock().run();
      },
    },
    { name: "table", icon: "table", active: ["table"], run: insertTable },
    { name: "picture", icon: "image", run: choosePicture },
    { name: "link", icon: "link", active: ["link"], run: () => undefined },
    { name: "undo", icon: "undo", run: (editor) => inText(editor).undo().run() },
    { name: "redo", icon: "redo", run: (editor) => inText(editor).redo().run() },
  ];
}

/** `find` is the address that answers with articles for words, as links; `manual` that of the manual's own pages. */
export function articleBar(label: string, find: string, manual: string, choosePicture: () => void): Bar {
  return {
    tools: tools(choosePicture),
    label,
    address: (typed, editor) => articleAddress(typed, anchorsOf(editor.state.doc)),
    missing: (address) => missingFrom(manual, slugOf(address)),
    // An address of another kind than the web's, or words that no article was found with.
    refusal: (typed) => (/^[a-z][a-z0-9+.-]*:/i.test(typed) ? "no_address" : "no_article"),
    places: async (editor, typed) => new Map([...anchorsOf(editor.state.doc), ...(await articlesFor(typed, find))]),
    saying: fileOf,
  };
}

/** Articles that fit the words: the file of each, in the language of the search, and its title. */
async function articlesFor(words: string, find: string): Promise<[string, string][]> {
  if (!find || words.length < 2 || /[:/#]/.test(words)) return [];
  const answer = await fetch(`${find}?${new URLSearchParams({ words })}`).catch(() => null);
  if (!answer?.ok || answer.redirected) return [];
  const { body } = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const hidden of body.querySelectorAll(".visually-hidden")) hidden.remove();
  return [...body.querySelectorAll("a")].flatMap((link) => {
    const [, language, slug] = /\/(\w+)\/([\w-]+)\/$/.exec(link.getAttribute("href") ?? "") ?? [];
    return language && slug ? [[`${slug}.${language}.md`, link.textContent.trim()]] : [];
  });
}

/** Whether the manual has no article of that name. A server that does not answer is no reason to refuse one. */
function missingFrom(manual: string, slug: string): Promise<boolean> | undefined {
  if (!manual || !slug) return undefined;
  const page = `${manual}articles/${encodeURIComponent(slug)}/`;
  return fetch(page, { method: "HEAD" }).then(
    ({ status }) => status === 404,
    () => false,
  );
}

/** The article that a file names, as in `domain/manual/body.py`; nothing for another address. */
export function slugOf(address: string): string {
  const [, folder, stem] = /^(?:[^\s:#]*?([^\s:#/]+)\/)?([^\s:#/.]+)[^\s:#/]*\.md(?:#.*)?$/.exec(address) ?? [];
  return (stem === "index" ? folder : stem) ?? "";
}

/** What another article's file is called, without its folder and its language; another address says itself. */
function fileOf(address: string): string {
  return /([^/]+?)(?:\.[a-z]{2})?\.md(?:#.*)?$/.exec(address)?.[1] ?? address;
}

/** Another article's file (`../mallar/rapport.sv.md#steg`), one of the headings, or what answers may link to. */
export function articleAddress(typed: string, headings: ReadonlyMap<string, string>): string {
  if (headings.has(typed) || typed === "#top") return typed;
  if (/^[^\s:#]+\.md(?:#\S*)?$/.test(typed)) return typed;
  // Words that an article was looked for with are no address.
  return /^[^\s.:]*$|\s/.test(typed) ? "" : cleanAddress(typed);
}
