import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
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
    <input type="radio" name="mode" data-key="n" data-then="body">
    <textarea id="body" data-key="r"></textarea>`;
  document.querySelector("button")!.addEventListener("click", () => clicked.push("a"));
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

test.each([
  ["while writing", () => press("a", document.querySelector("textarea")!)],
  ["with Ctrl", () => press("a", document.body, { ctrlKey: true })],
  ["when turned off", () => ((document.documentElement.dataset["shortcuts"] = "off"), press("a"))],
])("nothing happens %s", (_when, act) => {
  expect(act().defaultPrevented).toBe(false);
  expect(clicked).toEqual([]);
});

test("Escape leaves the box with its words, and keys count again", () => {
  const box = document.querySelector("textarea")!;
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
  const box = document.querySelector("textarea")!;
  box.addEventListener("keydown", (event) => event.preventDefault(), { once: true });
  box.focus();
  press("Escape", box);
  expect(document.activeElement).toBe(box);
  document.documentElement.dataset["shortcuts"] = "off";
  press("Escape", box);
  expect(document.activeElement).toBe(box);
});
