/* The panel: what to read, whom to ask, and the way to a question. Fetched when somebody presses Help. */
import { articleBody } from "./article.ts";
import { Asking } from "./asking.ts";
import { button, el } from "./dom.ts";
import type { Host } from "./host.ts";
import { forget, recall } from "./kept.ts";
import { showNews } from "./news.ts";
import { Away, Refused, Server, type Articles, type Entered, type Person } from "./server.ts";
import { PANEL, sheet } from "./style.ts";
import { pageLanguage, wordsIn, type Words } from "./words.ts";

let panel: Panel | null = null;

/** As in the stylesheet: the panel is as wide as the window. */
const NARROW = "(max-width: 480px)";

/** Open the panel, or close it when it is open; `from` gets the focus back. */
export async function showPanel(host: Host, root: ShadowRoot, opener: HTMLButtonElement, from: HTMLElement): Promise<void> {
  panel ??= new Panel(host, root, opener);
  await panel.toggle(from);
}

/** What is typed, or the title of the page in the product. */
type Sought = { search: string } | { page: string };

export class Panel {
  readonly words: Words;
  readonly server: Server;
  readonly main = el("div", { class: "body", tabindex: "-1" });
  readonly #frame: HTMLDialogElement;
  readonly #live = el("p", { class: "quiet", role: "status" });
  readonly #back: HTMLButtonElement;
  readonly #title = el("p", { id: "vaxel-name" });
  #goBack: (() => void) | null = null;
  #from: HTMLElement | null = null;
  #asking: Asking | null = null;
  /** The page that the beginning was shown for. */
  #begunAt = "";
  /** What the list of articles was last asked for. */
  #askedLast: object | null = null;

  constructor(readonly host: Host, readonly root: ShadowRoot, readonly opener: HTMLButtonElement) {
    const language = pageLanguage();
    this.words = wordsIn(language);
    this.server = new Server(host, language);
    this.#back = button(this.words.back, () => this.#goBack?.());
    this.#title.textContent = this.words.help;
    this.#frame = el(
      "dialog",
      { class: "panel", "aria-labelledby": "vaxel-name", lang: language },
      el("header", {}, this.#back, this.#title, button(this.words.close, () => this.close())),
      this.main,
      this.#live,
    );
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(PANEL)];
    root.append(this.#frame);
    this.#frame.addEventListener("keydown", (event) => {
      // The product has keys of its own: what is typed here is not for them.
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
    // A phone's way back closes a dialog without a key.
    this.#frame.addEventListener("close", () => this.#closed());
  }

  async toggle(from: HTMLElement): Promise<void> {
    if (this.#frame.open) return this.close();
    this.#from = from;
    // Where the panel covers the whole page it keeps the focus; beside a page both are in use at once.
    if (window.matchMedia(NARROW).matches) this.#frame.showModal();
    else this.#frame.show();
    this.opener.hidden = true;
    this.opener.setAttribute("aria-expanded", "true");
    // A product that changes its pages by itself has another one beneath the panel now.
    if (this.#begunAt && (this.#goBack || this.#begunAt === here())) return this.main.focus();
    await this.home();
  }

  close(): void {
    this.#frame.close();
  }

  #closed(): void {
    this.opener.hidden = !this.host.button;
    this.opener.setAttribute("aria-expanded", "false");
    (this.#from?.hidden ? this.opener : this.#from)?.focus();
  }

  /** Out of the picture while one is taken. */
  aside(away: boolean): void {
    this.#frame.hidden = away;
    if (!away) this.main.focus();
  }

  /** What the button says while nobody looks at the panel. */
  markWaiting(waits: boolean): void {
    this.opener.textContent = waits ? this.words.waits : this.words.help;
  }

  wide(on: boolean): void {
    this.#frame.classList.toggle("wide", on);
  }

  /** For a while another view; what is given back restores the one before. */
  leaveView(): () => void {
    const before = [...this.main.childNodes];
    const goBack = this.#goBack;
    return () => {
      this.main.replaceChildren(...before);
      this.#goBack = goBack;
      this.#back.hidden = !goBack;
    };
  }

  /** Another view: it begins at its heading, which is read out; `back` is where the button leads. */
  show(back: (() => void) | null, ...contents: (Node | string | null | false)[]): void {
    this.#goBack = back;
    this.#back.hidden = !back;
    this.main.replaceChildren(...contents.filter((each): each is Node | string => each !== null && each !== false && each !== ""));
    this.main.scrollTop = 0;
    const heading = this.main.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }

  say(text: string): void {
    this.#live.textContent = text;
  }

  /** What went wrong, in words. */
  faultWords(fault: unknown): string {
    if (fault instanceof Away) return this.words.away;
    if (fault instanceof Refused && fault.code === "too-fast") return this.words.tooFast;
    if (fault instanceof Refused && fault.code === "unknown-person") return this.words.notKnown;
    if (fault instanceof Refused && fault.code === "sent-already") return this.words.alreadySent;
    return this.words.failed;
  }

  async home(): Promise<void> {
    const { words } = this;
    this.#begunAt = here();
    this.show(null, el("h2", {}, words.help), el("p", { class: "soft" }, words.loading));
    let entered: Entered;
    try {
      entered = await this.server.enter();
    } catch (fault) {
      this.show(null, el("h2", {}, words.help), notice(this.faultWords(fault)), button(words.tryNow, () => void this.home()));
      return;
    }
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets.slice(0, 2), sheet(entered.accent)];
    const list = el("div");
    const contacts = el("div");
    const news = el("div");
    this.#title.textContent = entered.desk;
    this.show(
      null,
      el("h2", {}, words.help),
      news,
      entered.person ? this.#askButton() : this.#unknown(),
      entered.reads ? this.#search(list) : null,
      list,
      contacts,
    );
    // The panel is worth opening without news of the desk: no fault of theirs is told.
    const told = entered.person ? showNews(this, news).catch(() => undefined) : null;
    await Promise.all([told, entered.reads ? this.#articles(list, { page: document.title }) : null, this.#contacts(contacts, entered)]);
  }

  #askButton(): HTMLElement {
    const kept = recall(this.host);
    if (kept?.waits) queueMicrotask(() => void this.#ask().resend());
    const label = kept || this.#asking?.isUnderWay ? this.words.goOn : this.words.ask;
    return el("p", {}, button(label, () => this.#ask().open(), "main"));
  }

  #unknown(): HTMLElement {
    return notice(this.host.token ? this.words.notKnown : this.words.signIn);
  }

  #ask(): Asking {
    this.#asking ??= new Asking(this, () => {
      forget(this.host);
      this.#asking = null;
    });
    return this.#asking;
  }

  #search(list: HTMLElement): HTMLElement {
    const field = el("input", { type: "search", id: "vaxel-search", autocomplete: "off" });
    const search = (event: Event): void => {
      event.preventDefault();
      void this.#articles(list, field.value.trim() ? { search: field.value } : { page: document.title });
    };
    return el(
      "form",
      { role: "search", submit: search },
      el("label", { for: "vaxel-search" }, this.words.search),
      el("div", { class: "search" }, field, el("button", { type: "submit" }, this.words.doSearch)),
    );
  }

  /** Whoever was asked last is listened to: an answer to an earlier question may come after it. */
  async #articles(list: HTMLElement, asked: Sought): Promise<void> {
    const { words } = this;
    this.#askedLast = asked;
    try {
      const found = await this.server.post<Articles>("articles/", asked);
      if (this.#askedLast !== asked) return;
      const title = "search" in asked ? words.found : found.fits ? words.forPage : words.newest;
      const rows = found.articles.map((row) =>
        el("li", {}, el("button", { type: "button", class: "article", click: () => void this.#article(row.slug) }, el("b", {}, row.title), row.summary && el("span", {}, row.summary))),
      );
      const told = toldOfHits(words, asked, found);
      list.replaceChildren(el("h3", {}, title), ...(told ? [el("p", {}, told)] : []), ...(rows.length ? [el("ul", { class: "plain" }, rows)] : []));
      if ("search" in asked) this.say(told ? `${words.found}: ${rows.length}. ${told}` : `${words.found}: ${rows.length}`);
    } catch (fault) {
      if (this.#askedLast !== asked) return;
      list.replaceChildren(notice(this.faultWords(fault)));
    }
  }

  async #article(slug: string): Promise<void> {
    const { words, host } = this;
    try {
      const found = await this.server.post<{ title: string; language: string; html: string; address: string }>("article/", { slug });
      const address = new URL(found.address, host.base).href;
      this.show(
        () => void this.home(),
        el("h2", { lang: found.language }, found.title),
        el("div", { lang: found.language }, ...articleBody(found.html, host.base, words).childNodes),
        el("p", {}, el("a", { href: address, target: "_blank", rel: "noopener" }, words.openArticle)),
      );
    } catch (fault) {
      this.say(this.faultWords(fault));
    }
  }

  async #contacts(place: HTMLElement, entered: Entered): Promise<void> {
    const { words } = this;
    try {
      const found = await this.server.post<{ people: Person[]; mail: string }>("contacts/");
      if (entered.person) {
        const people = found.people.map((one) => el("li", {}, ...personLines(one)));
        place.replaceChildren(
          el("h3", {}, words.contacts),
          ...(people.length ? [el("p", { class: "soft" }, words.contactsText), el("ul", { class: "plain" }, people)] : [el("p", {}, words.noContacts)]),
        );
      } else if (found.mail) {
        place.replaceChildren(el("p", {}, `${words.mailUs} `, el("a", { href: `mailto:${found.mail}` }, found.mail)));
      }
    } catch (fault) {
      place.replaceChildren(notice(this.faultWords(fault)));
    }
  }
}

const here = (): string => `${location.href} ${document.title}`;

/** Why there are none, or that they are those of other words than were typed; else nothing. */
function toldOfHits(words: Words, asked: Sought, found: Articles): string {
  if (found.is_too_common) return words.tooCommon;
  if (!found.articles.length) return words.nothing;
  const named = ["search" in asked ? asked.search : "", found.meant ?? ""];
  return found.meant ? words.meant.replaceAll("%s", () => named.shift() ?? "") : "";
}

export function notice(text: string, kind = ""): HTMLElement {
  return el("p", { class: `notice ${kind}`.trim() }, text);
}

/** Somebody to turn to, with the ways to reach them. */
export function personLines(one: Person): Node[] {
  return [
    el("b", {}, one.name),
    el("div", { class: "soft" }, one.role),
    one.phone ? el("div", {}, el("a", { href: `tel:${one.phone.replace(/[^+\d]/g, "")}` }, one.phone)) : document.createTextNode(""),
    one.mail ? el("div", {}, el("a", { href: `mailto:${one.mail}` }, one.mail)) : document.createTextNode(""),
  ];
}
