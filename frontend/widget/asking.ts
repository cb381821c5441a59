/* A question from first words to receipt. Each step asks the server; one that it cannot reach is tried again by itself. */
import { el, button } from "./dom.ts";
import { detailsFields, faultList, kindFields } from "./form.ts";
import { keep, recall } from "./kept.ts";
import { showLikely } from "./news.ts";
import { notice, personLines, type Panel } from "./panel.ts";
import { Pictures } from "./pictures.ts";
import { Away, Refused, type DetailsPage, type Fault, type ReviewPage, type Step, type Way } from "./server.ts";
import { situation } from "./situation.ts";

/** Milliseconds between two tries to reach a server that is away. */
const TRY_AGAIN = 10_000;

/** What is sent, as it stands at that moment: somebody may write on while the server is away. */
type Form = () => Record<string, string> | FormData;

export class Asking {
  #words = "";
  #draft = "";
  #step: Step | null = null;
  #trying = 0;
  /** What could not be asked; the one thing to do when the server is back. */
  #held: (() => void) | null = null;

  constructor(private readonly panel: Panel, private readonly finished: () => void) {
    const kept = recall(panel.host);
    this.#words = kept?.words ?? "";
    this.#draft = kept?.draft ?? "";
    window.addEventListener("online", () => this.#held?.());
  }

  get isUnderWay(): boolean {
    return this.#words !== "";
  }

  /** Where it was left. */
  open(): void {
    if (this.#step) return this.#show(this.#step);
    if (this.#draft) return void this.#go("details/");
    this.#first([]);
  }

  /** What waited when the page was left is sent now. */
  async resend(): Promise<void> {
    await this.#send();
  }

  #first(faults: Fault[]): void {
    const { words, host } = this.panel;
    const box = el("textarea", { id: "words", name: "words", rows: "7" });
    box.value = this.#words;
    const names: Record<string, string> = words;
    const facts = Object.entries(situation(host)).flatMap(([name, text]) => [el("dt", {}, names[name] ?? name), el("dd", {}, text)]);
    const keepWords = (): void => {
      this.#words = box.value;
      this.#keep(false);
    };
    box.addEventListener("input", keepWords);
    this.#form(
      words.askTitle,
      faults,
      [
        el("div", { class: "field" }, el("label", { for: "words" }, words.askHere), el("small", {}, words.askHint), box),
        el("details", {}, el("summary", {}, words.goesAlong), el("dl", {}, facts)),
      ],
      () => void this.#begin(),
      () => void this.panel.home(),
    );
  }

  async #begin(): Promise<void> {
    const { host } = this.panel;
    await this.#ask("questions/", () => {
      const form: Record<string, string> = { words: this.#words };
      if (this.#draft) form.draft = this.#draft;
      if (host.product) form.product = host.product;
      for (const [name, text] of Object.entries(situation(host))) form[`situation-${name}`] = text;
      return form;
    });
  }

  async #go(step: string, form: Form = () => ({})): Promise<void> {
    await this.#ask(`questions/${this.#draft}/${step}`, form);
  }

  async #send(): Promise<void> {
    this.#keep(true);
    await this.#go("sent/");
  }

  async #ask(path: string, form: Form): Promise<void> {
    this.#hold(null);
    try {
      this.#show(await this.panel.server.post<Step>(path, form()));
    } catch (fault) {
      if (fault instanceof Refused && ["no-draft", "sent-already"].includes(fault.code)) this.#draft = "";
      this.#tell(fault, () => void this.#ask(path, form), path.endsWith("sent/"));
    }
  }

  /** Above what is shown: nothing that was written goes away. */
  #tell(fault: unknown, again: () => void, sending: boolean): void {
    const { words, main } = this.panel;
    const away = fault instanceof Away;
    main.querySelector("[data-fault]")?.remove();
    const text = away && sending ? words.awaySend : this.panel.faultWords(fault);
    const told = el("div", { "data-fault": "yes", role: "alert" }, notice(text, "bad"), away && button(words.tryNow, again));
    main.prepend(told);
    this.panel.markWaiting(away && sending);
    if (away) this.#hold(again);
  }

  #hold(again: (() => void) | null): void {
    window.clearTimeout(this.#trying);
    this.#held = again;
    if (again) this.#trying = window.setTimeout(again, TRY_AGAIN);
  }

  #show(step: Step): void {
    this.#step = step.step === "words" ? null : step;
    this.panel.markWaiting(false);
    if ("draft" in step) {
      this.#draft = step.draft;
      this.#keep(false);
    }
    if (step.step === "words") this.#first(step.errors);
    if (step.step === "kind") this.#kind(step);
    if (step.step === "details") this.#details(step.page, step.errors);
    if (step.step === "review") this.#review(step.page);
    if (step.step === "sent") this.#receipt(step);
  }

  #kind(step: Step & { step: "kind" }): void {
    const { words } = this.panel;
    const send = (form: HTMLFormElement): void => void this.#go("kind/", () => new FormData(form));
    const known = el("div");
    this.#form(words.kindTitle, step.errors, [known, ...kindFields(step.page, words)], send, () => this.#first([]));
    // What is known already is an offer: the question goes on without it.
    const asked = { words: this.#words, product: step.page.product };
    void showLikely(this.panel, known, asked).catch(() => undefined);
  }

  #details(page: DetailsPage, faults: Fault[]): void {
    const { words } = this.panel;
    const pictures = new Pictures(this.panel, this.#draft, page.files);
    const send = (form: HTMLFormElement): void =>
      void this.#go("details/", () => {
        const answers = new FormData(form);
        answers.set("answered", "yes");
        return answers;
      });
    const contents = [el("p", { class: "soft" }, page.kind), ...detailsFields(page, words), pictures.element];
    this.#form(words.detailsTitle, faults, contents, send, () => void this.#go("kind/"));
  }

  #form(title: string, faults: Fault[], contents: (Node | null)[], send: (form: HTMLFormElement) => void, back: () => void): void {
    const { words } = this.panel;
    const form = el("form", { novalidate: true }, contents, el("div", { class: "row" }, el("button", { type: "submit", class: "main" }, words.next)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    const list = faultList(faults, words);
    this.panel.show(back, el("h2", {}, title), list, form);
    list?.focus();
  }

  #review(page: ReviewPage): void {
    const { words } = this.panel;
    const change = (step: string): void => {
      if (step === "words") this.#first([]);
      else void this.#go(`${step}/`);
    };
    const rows = page.rows
      .filter((row) => row.value)
      .map((row) => [
        el("dt", { class: "row row--apart" }, row.name, el("button", { type: "button", class: "link", "aria-label": `${words.change}: ${row.name}`, click: () => change(row.change_url) }, words.change)),
        el("dd", {}, row.value),
      ]);
    const sends = page.way.sends;
    this.panel.show(
      () => void this.#go(sends ? "details/" : "kind/"),
      el("h2", {}, sends ? words.reviewTitle : words.elsewhere),
      ...this.#way(page.way),
      el("dl", {}, rows.flat()),
      sends ? el("p", {}, button(page.send_label, () => void this.#send(), "main")) : el("p", {}, button(words.done, () => this.#end())),
    );
  }

  #way(way: Way): HTMLElement[] {
    const { words } = this.panel;
    const facts: [string, (Node | string)[]][] = [
      [words.who, [way.destination, ...way.people.map((one) => el("div", {}, ...personLines(one)))]],
      [words.when, [...way.promises.map((one) => el("div", {}, `${way.goal ? `${words.goal}: ` : ""}${one.label} ${one.at.exact}`)), ...way.when]],
      [words.cost, way.costs],
      [words.phone, [way.phone, way.details?.phone ?? ""]],
      [words.mail, [way.details?.mail ?? ""]],
      [words.why, [...way.because.map((one) => el("div", {}, one.text)), ...way.how]],
    ];
    const lines = facts
      .map(([name, said]): [string, (Node | string)[]] => [name, said.filter(Boolean)])
      .filter(([, said]) => said.length)
      .flatMap(([name, said]) => [el("dt", {}, name), el("dd", {}, said)]);
    const text = [way.text, way.helped_by].filter(Boolean).join(" ");
    return [el("div", { class: "notice" }, text && el("p", {}, text), el("dl", {}, lines))];
  }

  #receipt(step: Step & { step: "sent" }): void {
    const { words } = this.panel;
    this.panel.show(
      null,
      el("h2", {}, words.sentTitle),
      el("p", {}, `${words.number}: `, el("b", {}, step.number)),
      el("p", {}, step.next),
      ...this.#way(step.way),
      el("p", {}, button(words.done, () => this.#end(), "main")),
    );
    this.finished();
  }

  #end(): void {
    this.finished();
    void this.panel.home();
  }

  #keep(waits: boolean): void {
    if (this.#words) keep(this.panel.host, { words: this.#words, draft: this.#draft, waits });
  }
}
