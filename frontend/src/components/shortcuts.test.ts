import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startShortcuts } from "./shortcuts";

let clicked: string[];

beforeAll(startShortcuts);

beforeEach(() => {
  clicked = [];
  document.body.innerHTML = `
    <table><tbody data-rows>
      <tr><td><a class="ticket-row__link" href="#1">1</a></td></tr>
      <tr><td><a class="ticket-row__link" href="#2">2</a></td></tr>
    </tbody></table>
    <button data-key="A">Ta ärendet</button>
    <button id="solve" data-key="e" data-careful="send-solve">Lös</button>
    <form><textarea data-editor></textarea><button type="button" id="send-solve">Skicka och lös</button></form>
    <input type="radio" name="mode" data-key="n" data-then="body">
    <textarea id="body" data-key="r"></textarea>`;
  document.querySelector("button")!.addEventListener("click", () => clicked.push("a"));
  for (const id of ["solve", "send-solve"]) {
    document.getElementById(id)!.addEventListener("click", () => clicked.push(id));
  }
});

afterEach(() => {
  delete document.documentElement.dataset["shortcuts"];
});

function press(key: string, from: Element = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  from.dispatchEvent(event);
  return event;
}

test("j and k walk the rows", () => {
  press("j");
  expect(document.activeElement?.textContent).toBe("1");
  press("j");
  expect(document.activeElement?.textContent).toBe("2");
  press("k");
  expect(document.activeElement?.textContent).toBe("1");
});

test("back in a list keys walk on from the ticket that was opened last", () => {
  document.querySelector("tr")!.classList.add("ticket-row--current");
  press("j");
  expect(document.activeElement?.textContent).toBe("2");
});

test("an element's own key clicks it, a field's focuses it", () => {
  press("a");
  expect(clicked).toEqual(["a"]);
  press("r");
  expect(document.activeElement?.tagName).toBe("TEXTAREA");
});

test("a choice is made and then what it is for has focus", () => {
  press("n");
  expect(document.querySelector("input")!.checked).toBe(true);
  expect(document.activeElement?.id).toBe("body");
});

test("who types a greeting outside the box solves nothing: the key leads to the button", () => {
  for (const key of "hej") press(key, document.activeElement!);
  expect(clicked).toEqual([]);
  press("e");
  expect(document.activeElement?.id).toBe("solve");
});

test("with words in the box the key leads to the button that sends them too", () => {
  document.querySelector<HTMLTextAreaElement>("[data-editor]")!.value = "Hej";
  press("e");
  expect(document.activeElement?.id).toBe("send-solve");
  expect(clicked).toEqual([]);
});

test("nothing happens while a menu is open, wherever focus is", () => {
  document.body.insertAdjacentHTML("beforeend", `<div popover id="menu"><button>Öppet</button></div>`);
  const found = vi.spyOn(document, "querySelector").mockImplementation(() => document.getElementById("menu"));
  expect(press("a").defaultPrevented).toBe(false);
  found.mockRestore();
  expect(clicked).toEqual([]);
});

test.each([
  ["while writing", () => press("a", document.querySelector<HTMLTextAreaElement>("#body")!)],
  ["with Ctrl", () => press("a", document.body, { ctrlKey: true })],
  ["when turned off", () => ((document.documentElement.dataset["shortcuts"] = "off"), press("a"))],
])("nothing happens %s", (_when, act) => {
  expect(act().defaultPrevented).toBe(false);
  expect(clicked).toEqual([]);
});

test("Escape leaves the box with its words, and keys count again", () => {
  const box = document.querySelector<HTMLTextAreaElement>("#body")!;
  box.value = "Hej";
  box.focus();
  press("Escape", box);
  expect(document.activeElement).toBe(document.body);
  expect(box.value).toBe("Hej");
  press("a");
  expect(clicked).toEqual(["a"]);
});

test("Escape leaves the editor, which takes the key and does nothing with it", () => {
  const box = document.createElement("div");
  box.className = "ProseMirror";
  box.tabIndex = 0;
  box.addEventListener("keydown", (event) => event.preventDefault());
  document.body.append(box);
  box.focus();
  press("Escape", box);
  expect(document.activeElement).toBe(document.body);
});

test("Escape is left to whoever has taken it, and to those who use no shortcuts", () => {
  const box = document.querySelector<HTMLTextAreaElement>("#body")!;
  box.addEventListener("keydown", (event) => event.preventDefault(), { once: true });
  box.focus();
  press("Escape", box);
  expect(document.activeElement).toBe(box);
  document.documentElement.dataset["shortcuts"] = "off";
  press("Escape", box);
  expect(document.activeElement).toBe(box);
});
