/* What is asked of Växel. No cookie goes along; a session that is over is begun again, once, by another token. */
import type { Host } from "./host.ts";

export interface Entered {
  session: string;
  desk: string;
  language: string;
  person: { name: string; organisation: string } | null;
  reads: boolean;
  accent: string;
}
export interface ArticleRow { slug: string; title: string; summary: string }
/** `fits`: they are what was asked for, not the newest. The last two are told of a search alone. */
export interface Articles { articles: ArticleRow[]; fits: boolean; meant?: string; is_too_common?: boolean }
export interface ProblemRow { number: number; title: string }
export interface News { notices: { title: string; html: string; ends: string }[]; problems: ProblemRow[] }
export interface Problem extends ProblemRow {
  state: string; is_open: boolean; html: string; workaround: string; said: boolean; updates: { at: string; html: string }[];
}
export interface Option { value: string; label: string; hint: string }
export interface Fault { field: string; text: string }
export interface Kept { name: string; url: string; facts: string }
export interface Person { name: string; role: string; phone: string; mail: string }
export interface Input {
  sort: "text" | "long-text" | "choice" | "date" | "number";
  name: string; label: string; value: string; hint: string; error: string; required: boolean; rows: number;
  options: Option[]; known: string[];
}
export interface KindPage {
  likely: Option[]; others: Option[]; kind: string; open: boolean; products: Option[]; product: string; topics: Option[]; topic: string;
}
export interface DetailsPage {
  kind: string; because: string[]; inputs: Input[];
  files: { label: string; hint: string; required: boolean; kept: Kept[]; error: string; whole_window: boolean };
  colleague: null | { label: string; hint: string; error: string; name: string; phone: string; email: string; copy: boolean };
  priority: null | { guidance: Input[]; levels: Input; standstill: Input | null; further: Input[] };
  offers_urgent: boolean; urgent: boolean; when_urgent: Input[];
  checklist: null | { options: Option[]; ticked: string[]; because: string; error: string };
}
export interface Way {
  destination: string; text: string; people: Person[]; helped_by: string; sends: boolean; goal: boolean;
  details: null | { phone: string; mail: string; web: string; hours: string };
  promises: { label: string; at: { exact: string } }[];
  when: string[]; costs: string[]; how: string[]; because: { text: string }[]; phone: string;
}
export interface ReviewPage { rows: { name: string; value: string; change_url: string }[]; way: Way; send_label: string }
export type Step =
  | { step: "words"; errors: Fault[] }
  | { step: "kind"; draft: string; page: KindPage; errors: Fault[] }
  | { step: "details"; draft: string; page: DetailsPage; errors: Fault[] }
  | { step: "review"; draft: string; page: ReviewPage; errors: Fault[] }
  | { step: "sent"; number: string; next: string; way: Way };

/** The server answered that it cannot be done. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}
/** Nobody answered: no network, or a server that is away for a while. */
export class Away extends Error {}

const ENDS_SESSION = "session-over";

export class Server {
  #session = "";
  #entered: Promise<Entered> | null = null;

  constructor(private readonly host: Host, private readonly language: string) {}

  /** Who stands here; asked once, and again when the session is over. */
  async enter(): Promise<Entered> {
    this.#entered ??= this.#enter().catch((fault: unknown) => {
      this.#entered = null;
      throw fault;
    });
    return this.#entered;
  }

  async post<T>(path: string, form: Record<string, string> | FormData = {}): Promise<T> {
    await this.enter();
    try {
      return await this.#send<T>(path, form);
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.code !== ENDS_SESSION) throw fault;
      this.#entered = null;
      await this.enter();
      return await this.#send<T>(path, form);
    }
  }

  async #enter(): Promise<Entered> {
    this.#session = "";
    const entered = await this.#begin(await this.#token());
    this.#session = entered.session;
    return entered;
  }

  /** Whoever the token does not name may still read; the panel says that they are not known. */
  async #begin(token: string): Promise<Entered> {
    try {
      return await this.#send<Entered>("session/", { token });
    } catch (fault) {
      if (!(fault instanceof Refused) || !fault.code.startsWith("token-")) throw fault;
      return await this.#send<Entered>("session/", {});
    }
  }

  /** The product's own page makes it, so it is asked with the product's own cookies, and only on its own origin. */
  async #token(): Promise<string> {
    if (!this.host.token) return "";
    const address = new URL(this.host.token, location.href);
    if (address.origin !== location.origin) return "";
    const answer = await reach(address, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) return "";
    const body = (await answer.json()) as { token?: unknown };
    return typeof body.token === "string" ? body.token : "";
  }

  async #send<T>(path: string, form: Record<string, string> | FormData): Promise<T> {
    const body = form instanceof FormData ? form : new FormData();
    if (!(form instanceof FormData)) for (const [name, value] of Object.entries(form)) body.append(name, value);
    body.set("language-of-page", this.language);
    const headers = new Headers(this.#session ? { Authorization: `Bearer ${this.#session}` } : {});
    const address = `${this.host.base}/widget/${encodeURIComponent(this.host.id)}/${path}`;
    const answer = await reach(address, { method: "POST", body, headers, credentials: "omit", cache: "no-store" });
    if (answer.ok) return (await answer.json()) as T;
    const said = (await answer.json().catch(() => ({}))) as { code?: string };
    throw new Refused(said.code ?? String(answer.status));
  }
}

async function reach(address: string | URL, request: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, request);
  } catch (fault) {
    throw new Away(String(fault));
  }
  if (answer.status >= 500) throw new Away(String(answer.status));
  return answer;
}
