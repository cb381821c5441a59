import { fresh } from "../enhance";
import { announce } from "./announce";
import { fetchPage, settled, watch } from "./stream";

const PAUSE_MS = 250;

/**
 * `data-live-ticket="KOM-1042"` with `data-stream="URL"` around a conversation: new messages and events are fetched
 * when they come, and wait behind a button below the ones that are being read. Nothing scrolls, focus stays.
 */
export function liveTickets(root: ParentNode): void {
  for (const conversation of fresh(root, "[data-live-ticket][data-stream]", "LiveTicket")) {
    const look = settled(() => void refresh(conversation), PAUSE_MS);
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

async function refresh(conversation: HTMLElement): Promise<void> {
  const page = await fetchPage(location.href);
  const now = page?.querySelector("[data-live-ticket]");
  if (page && now) offer(conversation, arrivals(conversation, now), () => catchUp(document, page));
}

/** The messages that `now` holds and the open page does not. */
export function arrivals(conversation: Element, now: Element): HTMLElement[] {
  return [...now.querySelectorAll<HTMLElement>(".message[id]")].filter(
    (message) => !conversation.querySelector(`#${CSS.escape(message.id)}`),
  );
}

/**
 * The forms of the page hold what its reader has seen, and what is sent upon older knowledge is refused. Who has taken
 * in the new messages has seen the ticket as `now` has it.
 */
export function catchUp(page: ParentNode, now: ParentNode): void {
  for (const name of ["version", "seen_event"]) {
    const held = `input[type=hidden][name=${name}]`;
    const latest = now.querySelector<HTMLInputElement>(held);
    if (latest) page.querySelectorAll<HTMLInputElement>(held).forEach((input) => (input.value = latest.value));
  }
}

/** A button with their number; pressed, it gives way to the messages and focus goes to the first of them. */
export function offer(conversation: HTMLElement, messages: HTMLElement[], taken: () => void): void {
  conversation.querySelector("[data-arrivals]")?.remove();
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
    button.replaceWith(...messages);
    taken();
    first.tabIndex = -1;
    first.focus();
  });
  conversation.append(button);
  announce(text);
}
