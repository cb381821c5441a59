import { beforeEach, expect, test } from "vitest";
import { chosenRows } from "./chosen-rows";
import { startShortcuts } from "./shortcuts";

startShortcuts();

beforeEach(() => {
  document.body.innerHTML = `
    <div id="live"></div>
    <form data-chooses="list">
      <table id="list"><thead><tr><th><input type="checkbox" data-select-all></th></tr></thead>
        <tbody data-rows>${["T-1", "T-2", "T-3", "T-4"].map(row).join("")}</tbody></table>
      <div data-several data-none="Inget" data-one="1 valt" data-many="{count} valda">
        <p data-chosen-count></p><a href="?all" data-choose-all>Alla</a><a href="?none" data-let-go>Släpp</a>
        <button type="button" data-chosen-key="e">Lös</button>
      </div>
    </form>`;
  chosenRows(document);
});

function row(id: string): string {
  return `<tr data-row id="${id}"><td><label><input type="checkbox" data-select></label></td>
    <td><a class="ticket-row__link" href="#${id}">${id}</a></td></tr>`;
}

const box = (id: string): HTMLInputElement => document.querySelector<HTMLInputElement>(`#${id} input`)!;
const press = (selector: string, shiftKey = false): boolean =>
  document.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
const chosen = (): string[] =>
  [...document.querySelectorAll("[data-row]")].filter((each) => box(each.id).checked).map((each) => each.id);
const said = (): string => document.querySelector("[data-chosen-count]")!.textContent;
const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)!.focus();

function type(key: string, shiftKey = false): void {
  document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
}

test("what is chosen is counted and said", async () => {
  press("#T-1 input");
  expect([chosen(), said()]).toEqual([["T-1"], "1 valt"]);
  press("#T-3 input");
  expect(said()).toBe("2 valda");
  await expect.poll(() => document.getElementById("live")!.textContent).toBe("2 valda");
});

test("Shift takes all between the last one and this one, whichever way", () => {
  press("#T-4 input");
  press("#T-2 input", true);
  expect(chosen()).toEqual(["T-2", "T-3", "T-4"]);
});

test("Shift lets go of all between, and works beside the box too", () => {
  press("[data-choose-all]");
  press("#T-1 input");
  press("#T-3 td", true);
  expect(chosen()).toEqual(["T-4"]);
});

test("Shift on the ticket's link chooses nothing", () => {
  press("#T-2 a", true);
  expect(chosen()).toEqual([]);
});

test("one box takes the whole page, and shows when a part of it is chosen", () => {
  const all = document.querySelector<HTMLInputElement>("[data-select-all]")!;
  all.click();
  expect([chosen().length, said(), all.checked, all.indeterminate]).toEqual([4, "4 valda", true, false]);
  press("#T-2 input");
  expect([all.checked, all.indeterminate]).toEqual([false, true]);
});

test("x ticks the row that has focus, X all up to it, and j walks on from its box", () => {
  focus("#T-1 a");
  type("x");
  expect(chosen()).toEqual(["T-1"]);
  focus("#T-3 a");
  type("X", true);
  expect(chosen()).toEqual(["T-1", "T-2", "T-3"]);
  focus("#T-3 input");
  type("x");
  expect(chosen()).toEqual(["T-1", "T-2"]);
  type("j");
  expect(document.activeElement!.textContent).toBe("T-4");
});

test("Enter on a box does not send the form", () => {
  focus("#T-1 input");
  const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  document.activeElement!.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
});

test("Escape lets go, and focus comes back to the list", () => {
  press("#T-2 input");
  focus("[data-let-go]");
  type("Escape");
  expect([chosen(), said(), document.activeElement!.textContent]).toEqual([[], "Inget", "T-2"]);
});

test("a key presses its button while something is chosen, and not otherwise", () => {
  let pressed = 0;
  document.querySelector("[data-chosen-key]")!.addEventListener("click", () => (pressed += 1));
  focus("#T-1 a");
  type("e");
  expect(pressed).toBe(0);
  type("x");
  type("e");
  expect(pressed).toBe(1);
});

test("keys that are turned off choose nothing", () => {
  document.documentElement.dataset["shortcuts"] = "off";
  focus("#T-1 a");
  type("x");
  delete document.documentElement.dataset["shortcuts"];
  expect(chosen()).toEqual([]);
});

test("a row that goes away is not counted any more", async () => {
  press("[data-choose-all]");
  document.getElementById("T-1")!.remove();
  await expect.poll(said).toBe("3 valda");
});
