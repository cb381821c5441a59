import { fresh } from "../enhance";

const PAUSE_MS = 900;

/**
 * `form[data-draft="URL"]`: what is typed goes to the server a moment after each pause, so that nothing is lost.
 * The answer's `X-Saved` header, if any, is the sentence for `[data-draft-state]`; `data-draft-failed` is said on failure.
 */
export function drafts(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-draft]", "Draft")) {
    const draft = new Draft(form);
    form.addEventListener("input", () => draft.touched());
    form.addEventListener("submit", () => draft.stop());
    // Leaving with words not yet saved: send them on the way out.
    window.addEventListener("pagehide", () => draft.leave());
  }
}

class Draft {
  private timer = 0;
  private running: AbortController | undefined;

  constructor(private readonly form: HTMLFormElement) {}

  touched(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), PAUSE_MS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.running?.abort();
  }

  leave(): void {
    if (!this.timer) return;
    this.stop();
    navigator.sendBeacon(this.url, this.words());
  }

  private async save(): Promise<void> {
    this.timer = 0;
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body: this.words(),
        credentials: "same-origin",
        signal: this.running.signal,
      });
      // Whoever has been signed out is led to the sign-in page: well answered, and nothing saved.
      const saved = answer.ok && !answer.redirected;
      this.say(saved ? decodeURIComponent(answer.headers.get("X-Saved") ?? "") : this.failed);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.say(this.failed);
    }
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
    if (place && text) place.textContent = text;
  }

  private get url(): string {
    return this.form.dataset["draft"] ?? "";
  }

  private get failed(): string {
    return this.form.dataset["draftFailed"] ?? "";
  }
}
