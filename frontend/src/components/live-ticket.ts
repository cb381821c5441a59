import { fresh } from "../enhance";
import { announce } from "./announce";
import { fetchPage, settled, watch } from "./stream";

const PAUSE_MS = 250;

/**
 * `data-live-ticket="KOM-1042"` with `data-stream="URL"` and the ticket's own `data-page="URL"` around a conversation: new messages are fetched when they
 * come, and wait behind a button below the ones that are being read. Nothing scrolls, focus stays. Whoever takes them
 * in, and whoever has no message to take in, sees the ticket as it is now: see `catchUp`.
 */
export function liveTickets(root: ParentNode): void {
  for (const conversation of fresh(root, "[data-live-ticket][data-stream]", "LiveTicket")) {
    const look = settled(() => void refresh(conversation, look), PAUSE_MS);
    watch(conversation.dataset["stream"] ?? "", ({ number }) => {
      // Another ticket may have taken its place on the page.
      if (!conversation.isConnected) return;
      if (concerns(conversation, number)) look();
    });
  }
}

/** Whether a change of this ticket (of any, when none is named) may be one of the open conversation. */
export function concerns(conversation: HTMLElement, number: number | null): boolean {
  return number === null || conversation.dataset["liveTicket"]?.split("-").at(-1) === String(number);
}

async function refresh(conversation: HTMLElement, later: () => void): Promise<void> {
  const page = await fetchPage(conversation.dataset["page"] ?? location.href);
  const now = page?.querySelector("[data-live-ticket]");
  if (!page || !now || !conversation.isConnected) return;
  const arrived = arrivals(conversation, now);
  if (arrived.some((item) => item.matches(".message"))) {
    offer(conversation, arrived, () => catchUp(document, page));
  } else if (isStale(document, page)) {
    // A menu that somebody is in stays as it is until they have left it.
    const used = document.activeElement?.closest<HTMLElement>(PART);
    if (used) used.addEventListener("focusout", later, { once: true });
    else {
      conversation.append(...arrived);
      catchUp(document, page);
      announce(arrived.map((item) => item.querySelector("p")?.firstChild?.textContent?.trim() ?? "").join(". "));
    }
  }
}

/** The messages and events that `now` holds and the open page does not. */
export function arrivals(conversation: Element, now: Element): HTMLElement[] {
  const told = conversation.querySelectorAll(".event").length;
  let events = 0;
  return [...now.querySelectorAll<HTMLElement>(".message[id], .event")].filter((item) =>
    item.matches(".event") ? ++events > told : !conversation.querySelector(`#${CSS.escape(item.id)}`),
  );
}

const PART = "[data-live-part]";
const SEEN = "input[type=hidden][name=version]";

function isStale(page: ParentNode, now: ParentNode): boolean {
  const [held, latest] = [page, now].map((each) => each.querySelector<HTMLInputElement>(SEEN)?.value);
  return latest !== undefined && held !== latest;
}

/**
 * Draws `[data-live-part="NAME"]` (head, panel, the buttons below the box) as `now` has them, and lets the forms of the
 * page say that their writer has seen it: what is sent upon older knowledge is refused. The words in the box stay.
 */
export function catchUp(page: ParentNode, now: ParentNode): void {
  for (const part of page.querySelectorAll<HTMLElement>(PART)) {
    const latest = now.querySelector(`[data-live-part="${part.dataset["livePart"] ?? ""}"]`);
    if (!latest) continue;
    part.replaceChildren(...latest.childNodes);
    // What makes elements livelier listens to this: see enhance.ts.
    part.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  }
  for (const name of ["version", "seen_event"]) {
    const held = `input[type=hidden][name=${name}]`;
    const latest = now.querySelector<HTMLInputElement>(held);
    if (latest) page.querySelectorAll<HTMLInputElement>(held).forEach((input) => (input.value = latest.value));
  }
}

/** A button with the number of the messages; pressed, it gives way to them and focus goes to the first. */
export function offer(conversation: HTMLElement, arrived: HTMLElement[], taken: () => void): void {
  conversation.querySelector("[data-arrivals]")?.remove();
  const messages = arrived.filter((item) => item.matches(".message"));
  const [first] = messages;
  if (!first) return;
  const words = (messages.length === 1 ? conversation.dataset["newsOne"] : conversation.dataset["newsMany"]) ?? "";
  const text = words.replace("{count}", String(messages.length));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--primary";
  button.dataset["arrivals"] = "";
  button.textContent = text;
  button.addEventListener("click", () => {
    button.replaceWith(...arrived);
    taken();
    first.tabIndex = -1;
    first.focus();
  });
  conversation.append(button);
  announce(text);
}
