import { fresh } from "../enhance";
import { announce } from "./announce";
import { release } from "./submit-guard";

const PAUSE_MS = 900;
/** A server that is away is asked again after this long: milliseconds. */
const AGAIN_MS = 10_000;
/** A server that has not answered for so long is away for whoever waits for the next page: milliseconds. */
const PATIENCE_MS = 6000;

/**
 * `form[data-draft="URL"]`: what is typed goes to the server a moment after each pause, so that nothing is lost.
 * The answer's `X-Saved` header, if any, is the sentence for `[data-draft-state]`; `data-draft-failed` is said on failure.
 * `data-draft-unsaved`: what the form holds is in no draft yet, as words that were put in or came back.
 * With `data-draft-first` the form itself is sent when the draft has arrived: while the server is away nobody is led to
 * the browser's own page of errors, and the words stay.
 */
export function drafts(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-draft]", "Draft")) {
    const draft = new Draft(form);
    form.addEventListener("input", () => draft.touched());
    form.addEventListener("submit", (event) => draft.sending(event));
    // Leaving with words not yet saved: send them on the way out, and ask first where they would not arrive.
    window.addEventListener("pagehide", () => draft.leave());
    // Another form of the page, as that of the language, may lead back here: its page is made before this one is left.
    document.addEventListener("submit", (event) => event.target !== form && form.isConnected && draft.leave());
    window.addEventListener("beforeunload", (event) => {
      if (form.isConnected && draft.isFailing) event.preventDefault();
    });
    if ("draftUnsaved" in form.dataset) draft.touched();
  }
}

class Draft {
  /** Whether the last try did not arrive. */
  isFailing = false;
  /** Whether the form waits for its draft to arrive. */
  private isHeld = false;
  /** Whether the server has just answered, and the form may follow. */
  private arrived = false;
  private timer = 0;
  /** How often somebody has typed, and how much of that the server has. */
  private typed = 0;
  private saved = 0;
  private running: AbortController | undefined;

  constructor(private readonly form: HTMLFormElement) {}

  touched(): void {
    this.typed += 1;
    // What is typed while the form waits goes with it, or with the next try.
    if (!this.isHeld) this.in(PAUSE_MS);
  }

  /** The form is on its way: nothing more is kept of it. Those that wait for their draft are held until it is there. */
  sending(event: SubmitEvent): void {
    const waits = this.form.hasAttribute("data-draft-first") && !this.arrived;
    this.arrived = false;
    this.stop();
    if (!waits) return;
    event.preventDefault();
    void this.first(event.submitter);
  }

  private async first(submitter: HTMLElement | null): Promise<void> {
    this.isHeld = true;
    const answered = await this.save(PATIENCE_MS);
    this.isHeld = false;
    release(this.form);
    this.arrived = answered;
    if (answered) this.form.requestSubmit(submitter);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.saved = this.typed;
    this.isFailing = false;
    this.running?.abort();
  }

  leave(): void {
    if (this.saved === this.typed) return;
    this.stop();
    navigator.sendBeacon(this.url, this.words());
  }

  private in(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  /** Whether the server answered, be it with a refusal: then the form itself is told why. */
  private async save(patience?: number): Promise<boolean> {
    this.running?.abort();
    const sent = this.typed;
    const running = (this.running = new AbortController());
    const late = new DOMException("The server takes too long", "TimeoutError");
    const timer = patience && window.setTimeout(() => running.abort(late), patience);
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body: this.words(),
        credentials: "same-origin",
        signal: running.signal,
      });
      // Whoever has been signed out is led to the sign-in page: well answered, and nothing saved.
      if (!answer.ok || answer.redirected) return this.missed(answer.status >= 500);
      this.saved = sent;
      this.isFailing = false;
      this.say(decodeURIComponent(answer.headers.get("X-Saved") ?? ""));
      return true;
    } catch (error) {
      return error instanceof DOMException && error.name === "AbortError" ? true : this.missed(true);
    } finally {
      window.clearTimeout(timer);
    }
  }

  /** Says so, aloud the first time; a server that is away is tried until it is there. */
  private missed(isAway: boolean): boolean {
    if (!this.isFailing) announce(this.failed, true);
    this.isFailing = true;
    this.say(this.failed);
    if (isAway) this.in(AGAIN_MS);
    return !isAway;
  }

  /** The form's fields without its files: those are sent with the form itself. */
  private words(): FormData {
    const words = new FormData();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") words.append(name, value);
    }
    return words;
  }

  private say(text: string): void {
    const place = this.form.querySelector("[data-draft-state]");
    // Something else went wrong and is still being read.
    if (!place || (place.hasAttribute("data-stays") && !this.isFailing)) return;
    if (text) place.textContent = text;
    place.classList.toggle("draft-failed", this.isFailing);
  }

  private get url(): string {
    return this.form.dataset["draft"] ?? "";
  }

  private get failed(): string {
    return this.form.dataset["draftFailed"] ?? "";
  }
}
