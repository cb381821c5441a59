import { expect, test, vi } from "vitest";
import { arrivals, catchUp, concerns, offer } from "./live-ticket";

const message = (id: string): string => `<article class="message" id="${id}">${id}</article>`;

function conversation(...ids: string[]): HTMLElement {
  const made = document.createElement("div");
  made.dataset["newsOne"] = "1 nytt svar";
  made.dataset["newsMany"] = "{count} nya svar";
  made.innerHTML = ids.map(message).join("");
  return made;
}

test("only messages that are not on the page count as new", () => {
  const found = arrivals(conversation("m1", "m2"), conversation("m1", "m2", "m3"));
  expect(found.map((item) => item.id)).toEqual(["m3"]);
});

test("a change concerns the open ticket alone, or all when it names none", () => {
  const open = conversation();
  open.dataset["liveTicket"] = "KOM-1042";
  expect([1042, 42, null].map((number) => concerns(open, number))).toEqual([true, false, true]);
});

test("new messages wait behind one button that says how many they are", () => {
  const open = conversation("m1");
  document.body.replaceChildren(open);
  const taken = vi.fn();
  offer(open, [...conversation("m2").querySelectorAll<HTMLElement>(".message")], taken);
  offer(open, [...conversation("m2", "m3").querySelectorAll<HTMLElement>(".message")], taken);
  expect(taken).not.toHaveBeenCalled();
  const buttons = [...open.querySelectorAll("button")];
  expect(buttons.map((button) => button.textContent)).toEqual(["2 nya svar"]);
  buttons[0]!.click();
  expect([...open.children].map((child) => child.id)).toEqual(["m1", "m2", "m3"]);
  expect(document.activeElement?.id).toBe("m2");
  expect(taken).toHaveBeenCalledTimes(1);
});

test("who has taken in the news acts on the ticket as it is now", () => {
  const form = (version: number): HTMLElement => {
    const made = document.createElement("form");
    made.innerHTML = `<input type="hidden" name="version" value="${version}"><input name="version" value="typed">`;
    return made;
  };
  const open = form(3);
  catchUp(open, form(4));
  expect([...open.querySelectorAll("input")].map((input) => input.value)).toEqual(["4", "typed"]);
});

test("events come with the messages, each once and in their order", () => {
  const open = conversation("m1");
  const now = conversation("m1");
  open.insertAdjacentHTML("beforeend", `<div class="event">öppnade</div>`);
  now.insertAdjacentHTML("beforeend", `<div class="event">öppnade</div>${message("m2")}<div class="event">löste</div>`);
  expect(arrivals(open, now).map((item) => item.textContent)).toEqual(["m2", "löste"]);
});

test("the parts of the page that tell how it stands are drawn anew, and the words in the box stay", () => {
  const page = (status: string, words: string): HTMLElement => {
    const made = document.createElement("div");
    made.innerHTML = `<p data-live-part="head">${status}</p><textarea>${words}</textarea>`;
    return made;
  };
  const open = page("Öppet", "Hej!");
  const enhanced = vi.fn();
  open.addEventListener("htmx:load", enhanced);
  catchUp(open, page("Löst", ""));
  expect([open.querySelector("p")?.textContent, open.querySelector("textarea")?.value]).toEqual(["Löst", "Hej!"]);
  expect(enhanced).toHaveBeenCalledTimes(1);
});
