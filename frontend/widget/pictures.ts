/* Files of a question: chosen, pasted, dropped or taken of the window; each is stored with the draft at once. */
import { button, el } from "./dom.ts";
import { notice, type Panel } from "./panel.ts";
import { isCropped } from "./cropped.ts";
import type { Taken } from "./capture.ts";
import type { DetailsPage, Fault, Kept } from "./server.ts";

export class Pictures {
  readonly element: HTMLElement;
  readonly #list = el("ul", { class: "plain" });
  readonly #told = el("div", { role: "status" });

  constructor(private readonly panel: Panel, private readonly draft: string, private readonly asked: DetailsPage["files"]) {
    const { words } = panel;
    const input = el("input", { type: "file", id: "files", multiple: true, "aria-describedby": "files-hint" });
    input.addEventListener("change", () => void this.#add([...(input.files ?? [])]).then(() => (input.value = "")));
    this.element = el(
      "div",
      { class: "field" },
      el("label", { for: "files" }, asked.label, asked.required ? "" : ` (${words.optional})`),
      el("small", { id: "files-hint" }, asked.hint),
      asked.error && el("p", { class: "error" }, asked.error),
      this.#list,
      this.#told,
      el("div", { class: "row" }, button(words.takePicture, () => void this.#take())),
      input,
    );
    this.element.addEventListener("paste", (event) => void this.#add([...(event.clipboardData?.files ?? [])]));
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.#add([...(event.dataTransfer?.files ?? [])]);
    });
    this.#show(asked.kept);
  }

  /** The form stays where it is: the picture is made in another view, and the view before comes back. */
  async #take(way?: "render"): Promise<void> {
    const { panel } = this;
    const before = panel.leaveView();
    let picture: Taken = null;
    try {
      const { canCapture, takePicture } = await import("./capture.ts");
      picture = await takePicture(panel, way ?? (canCapture() ? "capture" : "render"));
    } finally {
      before();
    }
    this.element.querySelector("button")?.focus();
    if (picture instanceof File) await this.#add([picture]);
    else this.#tellNone(picture);
  }

  /** Whoever says no to the browser's question, or may not be asked, can have the page drawn instead. */
  #tellNone(why: "refused" | null): void {
    const { words } = this.panel;
    const other = why === "refused" && el("div", { class: "row" }, button(words.drawPage, () => void this.#take("render")));
    this.#told.replaceChildren(notice(words.noPicture), ...(other ? [other] : []));
  }

  async #add(files: File[]): Promise<void> {
    if (!files.length) return;
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    const cropped = this.asked.whole_window && (await Promise.all(files.map(isCropped))).some(Boolean);
    const faults = await this.#post(form);
    const { words } = this.panel;
    this.#told.replaceChildren(...faults.map((one) => notice(one.text, "bad")), ...(cropped ? [notice(words.cropped)] : []));
  }

  async #remove(name: string): Promise<void> {
    const form = new FormData();
    form.append("remove", name);
    await this.#post(form);
  }

  async #post(form: FormData): Promise<Fault[]> {
    try {
      const answer = await this.panel.server.post<{ kept: Kept[]; errors: Fault[] }>(`questions/${this.draft}/files/`, form);
      this.#show(answer.kept);
      return answer.errors;
    } catch (fault) {
      return [{ field: "files", text: this.panel.faultWords(fault) }];
    }
  }

  #show(kept: Kept[]): void {
    const { words } = this.panel;
    const rows = kept.map((one) => {
      const remove = button(words.remove, () => void this.#remove(one.url), "link");
      remove.setAttribute("aria-label", `${words.remove}: ${one.name}`);
      return el("li", { class: "row row--apart" }, `${one.name} (${one.facts})`, remove);
    });
    this.#list.replaceChildren(...rows);
  }
}
