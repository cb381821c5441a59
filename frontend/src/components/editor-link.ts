import type { Editor } from "@tiptap/core";
import { announce } from "./announce";
import { inText } from "./caret";
import type { Bar } from "./editor-toolbar";
import { icon } from "./icon";

type Words = Readonly<Record<string, string>>;
type Places = ReadonlyMap<string, string>;

/** The row under the bar, and what opens it. */
export interface LinkRow {
  readonly row: HTMLElement;
  readonly open: () => void;
}

/** The address of a link is written in a row of its own under the bar, not in a browser's prompt. */
export function linkRow(editor: Editor, words: Words, kind: Bar): LinkRow {
  const { row, input, save, remove, refusal, near } = fields(words);
  const offer = kind.places ? offered(input, row, (typed) => kind.places?.(editor, typed)) : undefined;
  const refuse = (said: string): void => {
    refusal.replaceChildren(...(said ? [icon("warning"), said] : []));
    refusal.hidden = !said;
    if (said) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    near.replaceChildren();
  };
  const close = (): void => {
    row.hidden = true;
    editor.view.focus();
  };
  const put = (href: string): void => {
    setLink(editor, href, kind.saying && (() => offer?.words(href) ?? kind.saying?.(href) ?? href));
    close();
  };
  const sendBack = (typed: string): void => {
    // What was typed stays, so that a slip is mended and not written again.
    const why = words[kind.refusal(typed)] ?? "";
    refuse(why);
    announce(why, true);
    offer?.near(typed, (places) => near.replaceChildren(...places.map(([at, said]) => small(said, () => put(at)))));
    input.focus();
  };
  const apply = (): void => {
    if (input.readOnly) return;
    const typed = input.value.trim();
    const href = kind.address(offer?.named(typed) ?? typed, editor);
    if (typed && !href) return sendBack(typed);
    // What was offered is there: whoever goes on writing at once need not wait.
    const asked = offer?.words(href) ? undefined : kind.missing?.(href);
    if (!asked) return put(href);
    input.readOnly = true;
    void asked.then((isMissing) => {
      input.readOnly = false;
      if (row.hidden) return;
      if (isMissing) sendBack(typed);
      else put(href);
    });
  };
  save.addEventListener("click", apply);
  remove.addEventListener("click", () => {
    setLink(editor, "");
    close();
  });
  input.addEventListener("input", () => refuse(""));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") apply();
  });
  const open = (): void => {
    const known: unknown = editor.getAttributes("link")["href"];
    input.value = typeof known === "string" ? known : "";
    remove.hidden = !input.value;
    refuse("");
    offer?.look();
    row.hidden = false;
    input.focus();
  };
  return { row, open };
}

let rows = 0;

function fields(words: Words) {
  const row = document.createElement("div");
  row.className = "editor__link";
  row.hidden = true;
  const refusal = document.createElement("p");
  refusal.className = "field__error editor__refusal";
  refusal.id = `link-refusal-${(rows += 1)}`;
  refusal.hidden = true;
  const input = document.createElement("input");
  input.className = "input";
  // Not of the kind "url": a browser would stop the whole form for it, and an article's words are no address.
  input.inputMode = "url";
  input.autocapitalize = "off";
  input.placeholder = "https://";
  input.setAttribute("aria-label", words["address"] ?? "");
  input.setAttribute("aria-describedby", refusal.id);
  const near = document.createElement("div");
  near.className = "editor__near row";
  near.setAttribute("role", "group");
  near.setAttribute("aria-labelledby", refusal.id);
  const save = small(words["save"] ?? "");
  const remove = small(words["unlink"] ?? "");
  row.append(input, save, remove, refusal, near);
  return { row, input, save, remove, refusal, near };
}

function small(label: string, press?: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = label;
  if (press) made.addEventListener("click", press);
  return made;
}

interface Offer {
  /** What the address that was offered stands for. */
  readonly words: (address: string) => string | undefined;
  /** The address that was offered under just these words. */
  readonly named: (words: string) => string | undefined;
  readonly look: () => void;
  /** What comes near to words that name nothing: a browser's own list shows only what holds them letter by letter. */
  readonly near: (words: string, show: (places: readonly (readonly [string, string])[]) => void) => void;
}

/** So many are offered for words that name nothing. */
const MOST_NEAR = 5;

/** A list that the browser offers while an address or words are written. */
function offered(
  input: HTMLInputElement,
  row: HTMLElement,
  find: (typed: string) => Promise<Places> | undefined,
): Offer {
  const list = document.createElement("datalist");
  list.id = `places-${rows}`;
  input.setAttribute("list", list.id);
  row.append(list);
  let places: Places = new Map();
  const show = (found: Places): void => {
    places = found;
    list.replaceChildren();
    for (const [value, words] of found) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = words;
      list.append(option);
    }
  };
  let timer = 0;
  const look = (): void => {
    window.clearTimeout(timer);
    // What was chosen from the list is no word to look for.
    if (!places.has(input.value)) timer = window.setTimeout(() => void find(input.value.trim())?.then(show), LOOK_MS);
  };
  input.addEventListener("input", look);
  const named = (words: string): string | undefined =>
    [...places].find(([, title]) => title.toLowerCase() === words.toLowerCase())?.[0];
  const near: Offer["near"] = (words, showNear) =>
    void find(words)?.then((found) => {
      show(found);
      const holds = (said: string): boolean => said.toLowerCase().includes(words.toLowerCase());
      // All headings of the text are among them, whatever was looked for.
      const fitting = [...found].filter(([address, said]) => !address.startsWith("#") || holds(said));
      if (input.value.trim() === words) showNear(fitting.slice(0, MOST_NEAR));
    });
  return { words: (address) => places.get(address), named, look, near };
}

const LOOK_MS = 200;

/** An empty address takes the link away. */
export function setLink(editor: Editor, href: string, saying?: () => string): void {
  const chain = inText(editor).extendMarkRange("link");
  if (href && saying && editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: saying(), marks: [{ type: "link", attrs: { href } }] }).run();
  } else if (href) chain.setLink({ href }).run();
  else chain.unsetLink().run();
}

/** A bare name becomes https and a bare mail address mailto; nothing for what leads nowhere or is not the web. */
export function cleanAddress(typed: string): string {
  if (/\s/.test(typed)) return "";
  const mail = typed.replace(/^mailto:/i, "");
  if (/^[^@:/]+@[^@:/]+\.[^@:/]+$/.test(mail)) return `mailto:${mail}`;
  if (/^https?:\/\//i.test(typed)) return URL.canParse(typed) ? typed : "";
  // Only a name with a dot in it is sure to be a name: `manual.example/a`, not a word or a script.
  const [host = ""] = typed.split(/[/?#]/);
  return /^[^:@]+\.[^:@]+(?::\d+)?$/.test(host) && URL.canParse(`https://${typed}`) ? `https://${typed}` : "";
}
