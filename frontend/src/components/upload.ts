import { isCropped } from "../../widget/cropped";
import { fresh } from "../enhance";
import { announce } from "./announce";
import { icon } from "./icon";

/** The same unit as the server's limit, or 30 of one would be 31,5 of the other. */
const MEGABYTE = 1024 * 1024;

/**
 * `data-upload`: dropping and pasting add to the browser's own file input, whose files stay the only truth.
 * Each chosen file is listed with its size and a button that takes it away again.
 */
export function uploads(root: ParentNode): void {
  for (const zone of fresh(root, "[data-upload]", "Upload")) {
    const input = zone.querySelector<HTMLInputElement>("input[type=file]");
    const list = zone.querySelector<HTMLElement>("[data-files]");
    if (input && list) new Upload(zone, input, list).start();
  }
}

class Upload {
  private chosen: File[] = [];

  constructor(
    private readonly zone: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
  ) {}

  start(): void {
    this.input.addEventListener("change", () => this.add([...(this.input.files ?? [])]));
    this.zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.zone.classList.add("upload--over");
    });
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("upload--over"));
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.zone.classList.remove("upload--over");
      this.add([...(event.dataTransfer?.files ?? [])]);
    });
    const { form } = this.input;
    form?.addEventListener("paste", (event) => this.paste(event));
    // Beside the zone too: a browser would leave the page, and what is written there, to show the file.
    form?.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    form?.addEventListener("drop", (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (event.defaultPrevented || files.length === 0) return;
      event.preventDefault();
      this.add(files);
    });
  }

  /** A picture on the clipboard becomes a file; text is left to the field that it was pasted into. */
  private paste(event: ClipboardEvent): void {
    const pictures = [...(event.clipboardData?.files ?? [])];
    if (pictures.length === 0 || event.clipboardData?.getData("text/plain")) return;
    event.preventDefault();
    this.add(pictures.map((picture) => named(picture, new Date())));
  }

  private add(files: File[]): void {
    const known = new Set(this.chosen.map(identity));
    const added = files.filter((file) => !known.has(identity(file)));
    this.chosen = this.input.multiple ? [...this.chosen, ...added] : added.slice(-1);
    this.show();
    // Somebody who pastes a picture into the words sees where it went.
    const folded = this.zone.closest("details");
    if (folded) folded.open = true;
    if (added.length > 0) announce(this.say("addedLabel", added.map((file) => file.name).join(", ")));
  }

  private remove(file: File): void {
    this.chosen = this.chosen.filter((other) => other !== file);
    this.show();
    announce(this.say("removedLabel", file.name));
    this.input.focus();
  }

  private show(): void {
    const transfer = new DataTransfer();
    for (const file of this.chosen) transfer.items.add(file);
    this.input.files = transfer.files;
    this.list.replaceChildren(...this.chosen.map((file) => this.row(file)));
  }

  private row(file: File): HTMLElement {
    const row = element("li", "file");
    const name = element("span", "file__name", file.name);
    name.append(element("span", "file__facts", size(file.size, document.documentElement.lang)));
    const problem = this.problem(file);
    if (problem) name.append(element("span", "file__problem", problem));
    void this.hint(file, name);
    const button = element("button", "button button--quiet button--icon");
    button.append(icon("close"));
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", this.say("removeLabel", file.name));
    button.addEventListener("click", () => this.remove(file));
    row.append(picture(file), name, button);
    return row;
  }

  private problem(file: File): string {
    const most = Number(this.zone.dataset["maxBytes"] ?? 0);
    if (file.size === 0) return this.zone.dataset["emptyLabel"] ?? "";
    return most > 0 && file.size > most ? (this.zone.dataset["largeLabel"] ?? "") : "";
  }

  /** A picture of less than the whole window is sent all the same (A9). */
  private async hint(file: File, name: HTMLElement): Promise<void> {
    const text = this.zone.dataset["croppedLabel"] ?? "";
    if (!text || !(await isCropped(file))) return;
    name.append(element("span", "file__hint", text));
    announce(`${file.name}: ${text}`);
  }

  private say(key: string, name: string): string {
    return (this.zone.dataset[key] ?? "").replace("{name}", name);
  }
}

/** Bytes as people say them: "412 kB", "1,2 MB". */
export function size(bytes: number, language: string): string {
  const [value, unit] = bytes < MEGABYTE ? [Math.max(1, Math.round(bytes / 1024)), "kB"] : [bytes / MEGABYTE, "MB"];
  return `${new Intl.NumberFormat(language || "sv", { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}

function identity(file: File): string {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

/** Pasted pictures are all called "image.png"; the time tells them apart. */
function named(file: File, now: Date): File {
  const stamp = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([file], `${stamp} ${file.name}`, { type: file.type, lastModified: now.getTime() });
}

function picture(file: File): Element {
  if (!file.type.startsWith("image/")) return icon("attach");
  const preview = document.createElement("img");
  preview.className = "file__picture";
  preview.alt = "";
  preview.src = URL.createObjectURL(file);
  preview.addEventListener("load", () => URL.revokeObjectURL(preview.src), { once: true });
  return preview;
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}
