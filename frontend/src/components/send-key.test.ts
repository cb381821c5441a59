import { beforeAll, beforeEach, expect, test } from "vitest";
import { startSendKey } from "./send-key";

let clicked: string[];

beforeAll(startSendKey);

beforeEach(() => {
  clicked = [];
  document.body.innerHTML = `
    <form><textarea></textarea>
      <button type="button" id="close">Skicka och stäng</button>
      <span id="first"><button type="button" id="send" data-sends>Skicka</button></span>
      <span id="second" style="display: none"><button type="button" id="keep" data-sends>Behåll</button></span></form>
    <input>`;
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => clicked.push(button.id));
  }
});

function press(selector: string, more: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more });
  document.querySelector(selector)!.dispatchEvent(event);
  return event;
}

test.each([{ ctrlKey: true }, { metaKey: true }])("with %o Enter presses the button that sends", (more) => {
  expect(press("textarea", more).defaultPrevented).toBe(true);
  expect(clicked).toEqual(["send"]);
});

test("of several the one that is shown is pressed", () => {
  document.querySelector<HTMLElement>("#first")!.style.display = "none";
  document.querySelector<HTMLElement>("#second")!.style.display = "";
  press("textarea", { ctrlKey: true });
  expect(clicked).toEqual(["keep"]);
});

test.each([
  ["textarea", {}],
  ["textarea", { ctrlKey: true, isComposing: true }],
  ["textarea", { ctrlKey: true, repeat: true }],
  ["input", { ctrlKey: true }],
])("in %s with %o nothing is pressed", (selector, more) => {
  expect(press(selector, more).defaultPrevented).toBe(false);
  expect(clicked).toEqual([]);
});
