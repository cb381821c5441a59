import { expect, test } from "vitest";
import { palettes } from "./palette";

function page(): HTMLDialogElement {
  document.body.innerHTML = `<dialog data-palette><form><input></form><a href="#one">Ett</a><a href="#two">Två</a></dialog>`;
  palettes(document);
  return document.querySelector("dialog")!;
}

function press(target: EventTarget, key: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

test("Ctrl+K opens the palette, asks for its first offers and arrows walk them", () => {
  const dialog = page();
  let asked = 0;
  dialog.addEventListener("opened", () => (asked += 1));
  press(document, "k", { ctrlKey: true });
  expect([dialog.open, asked]).toEqual([true, 1]);
  dialog.querySelector("input")!.focus();
  press(dialog.querySelector("input")!, "ArrowDown");
  expect(document.activeElement?.textContent).toBe("Ett");
});

test("a plain k is left to the list", () => {
  const dialog = page();
  press(document, "k");
  expect(dialog.open).toBe(false);
});

test("Enter in the field takes the first that was found", () => {
  const dialog = page();
  const taken: string[] = [];
  dialog.addEventListener("click", (event) => taken.push((event.target as Element).textContent ?? ""));
  dialog.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  expect(taken).toEqual(["Ett"]);
});
