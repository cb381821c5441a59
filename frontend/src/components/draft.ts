import { fresh } from "../enhance";
import { announce } from "./announce";

const PAUSE_MS = 900;
/** A server that is away is asked again after this long: milliseconds. */
const AGAIN_MS = 10_000;

/**
 * `form[data-draft="URL"]`: what is typed goes to the server a moment after each pause, so that nothing is lost.
 * The answer's `X-Saved` header, if any, is the sentence for `[data-draft-state]`; `data-draft-failed` is said on failure.
 */
export function drafts(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-draft]", "Draft")) {
    const draft = new Draft(form);
    form.addEventListener("input", () => draft.touched());
    form.addEventListener("submit", () => draft.stop());
    // Leaving with words not yet saved: send them on the way out, and ask first where they would not arrive.
    window.addEventListener("pagehide", () => draft.leave());
    window.addEventListener("beforeunload", (event) => {
      if (form.isConnected && draft.isFailing) event.preventDefault();
    });
  }
}

class Draft {
  /** Whether the last try did not arrive. */
  isFailing = false;
  private timer = 0;
  /** How often somebody has typed, and how much of that the server has. */
  private typed = 0;
  private saved = 0;
  private running: AbortController | undefined;

  constructor(private readonly form: HTMLFormElement) {}

  touched(): void {
    this.typed += 1;
    this.in(PAUSE_MS);
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

  private async save(): Promise<void> {
    this.running?.abort();
    const sent = this.typed;
    this.running = new AbortController();
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body: this.words(),
        credentials: "same-origin",
        signal: this.running.signal,
      });
      // Whoever has been signed out is led to the sign-in page: well answered, and nothing saved.
      if (!answer.ok || answer.redirected) return this.missed(answer.status >= 500);
      this.saved = sent;
      this.isFailing = false;
      this.say(decodeURIComponent(answer.headers.get("X-Saved") ?? ""));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.missed(true);
    }
  }

  /** Says so, aloud the first time; a server that is away is tried until it is there. */
  private missed(isAway: boolean): void {
    if (!this.isFailing) announce(this.failed, true);
    this.isFailing = true;
    this.say(this.failed);
    if (isAway) this.in(AGAIN_MS);
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
