import { announce } from "./announce";

type Words = Readonly<Record<string, string>>;

/** Pictures and films that are pasted or dropped; none where text comes along, which is what is wanted then. */
export function filesIn(transfer: DataTransfer | null): File[] {
  return transfer?.getData("text/plain") ? [] : [...(transfer?.files ?? [])];
}

/** What a button opens to choose pictures and films with. */
export function fileChooser(chosen: (files: File[]) => void): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "file";
  input.hidden = true;
  input.multiple = true;
  input.accept = "image/png,image/jpeg,image/gif,image/webp,video/mp4,video/webm";
  input.addEventListener("change", () => {
    chosen([...(input.files ?? [])]);
    input.value = "";
  });
  return input;
}

/**
 * Sends the files one after the other to the address in `data-markdown` of the area, and gives the Markdown that shows
 * each to `put`. How it goes is said beside the button that saves, and to screen readers.
 */
export async function upload(
  area: HTMLTextAreaElement,
  files: readonly File[],
  words: Words,
  put: (markdown: string) => void,
): Promise<void> {
  for (const file of files) {
    say(area, (words["uploading"] ?? "").replace("{name}", file.name));
    const answer = await send(area, file);
    const text = answer?.ok || answer?.status === 422 ? await answer.text() : "";
    if (answer?.ok) {
      learn(area, text, answer.headers.get("X-Address"));
      put(text);
    }
    const said = answer?.ok ? words["uploaded"] : words["failed"];
    say(area, (said ?? "").replace("{name}", file.name) + (answer?.status === 422 ? `: ${text}` : ""), !answer?.ok);
  }
}

const known = new WeakMap<HTMLTextAreaElement, Map<string, string>>();

/** Where the pictures lie that the area's Markdown names: those of `data-pictures`, and what was uploaded since. */
export function addressesOf(area: HTMLTextAreaElement): Map<string, string> {
  const there = known.get(area);
  if (there) return there;
  const read = new Map(Object.entries(JSON.parse(area.dataset["pictures"] ?? "{}") as Record<string, string>));
  known.set(area, read);
  return read;
}

function learn(area: HTMLTextAreaElement, markdown: string, address: string | null): void {
  const path = /\]\((.+)\)$/.exec(markdown)?.[1];
  if (path && address) addressesOf(area).set(path, address);
}

/** Time to read what went wrong before the next word that all is kept: milliseconds. */
const READ_MS = 12_000;

/** For eyes beside the button that saves, and for ears. */
function say(area: HTMLTextAreaElement, text: string, failed = false): void {
  const place = area.form?.querySelector("[data-draft-state]");
  if (place) {
    place.textContent = text;
    place.classList.toggle("draft-failed", failed);
    place.toggleAttribute("data-stays", failed);
    if (failed) window.setTimeout(() => place.removeAttribute("data-stays"), READ_MS);
  }
  announce(text, failed);
}

async function send(area: HTMLTextAreaElement, file: File): Promise<Response | undefined> {
  const body = new FormData();
  const token = area.form?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
  if (token) body.append("csrfmiddlewaretoken", token);
  body.append("picture", file);
  try {
    return await fetch(area.dataset["markdown"] ?? "", { method: "POST", body, credentials: "same-origin" });
  } catch {
    return undefined;
  }
}
