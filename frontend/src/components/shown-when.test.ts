import { beforeEach, expect, test } from "vitest";
import { shownWhen } from "./shown-when";

beforeEach(() => {
  document.body.innerHTML = `
    <form>
      <input type="checkbox" id="urgent">
      <div id="deadline" data-shown-when="urgent"><input name="deadline"></div>
      <div id="lost" data-shown-when="nobody"></div>
      <input type="radio" name="way" id="fetched" checked>
      <input type="radio" name="way" id="handed-over">
      <div id="server" data-shown-when="fetched"></div>
    </form>`;
  shownWhen(document);
});

function part(id: string): HTMLElement {
  return document.getElementById(id)!;
}

test("a part follows its box", () => {
  const box = part("urgent") as HTMLInputElement;
  const seen = [part("deadline").hidden];
  box.click();
  seen.push(part("deadline").hidden);
  box.click();
  seen.push(part("deadline").hidden);

  expect(seen).toEqual([true, false, true]);
});

test("a part follows its radio button, though another one is pressed", () => {
  const seen = [part("server").hidden];
  part("handed-over").click();
  seen.push(part("server").hidden);

  expect(seen).toEqual([false, true]);
});

test("a part without a box stays", () => {
  expect(part("lost").hidden).toBe(false);
});
