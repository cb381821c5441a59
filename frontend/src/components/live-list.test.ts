import { beforeEach, expect, test } from "vitest";
import { LiveList } from "./live-list";

let list: LiveList;

beforeEach(() => {
  document.body.innerHTML = `
    <div id="live"></div>
    <div id="list" data-news-one="1 nytt" data-news-many="{count} nya"><div data-news></div>
      <table><tbody data-rows>${row("T-1", "Ett")}${row("T-2", "Två")}</tbody></table></div>`;
  list = new LiveList(document.getElementById("list")!);
});

function row(id: string, text: string): string {
  return `<tr data-row id="${id}"><td><input type="checkbox" data-select><a href="#${id}">${text}</a></td></tr>`;
}

function shown(): string[] {
  return [...document.querySelectorAll("[data-rows] a")].map((link) => link.textContent ?? "");
}

function news(): string {
  return document.querySelector("[data-news]")!.textContent;
}

test("a new row comes first when nobody is in the list", () => {
  list.arrived(row("T-3", "Tre"));
  expect(shown()).toEqual(["Tre", "Ett", "Två"]);
});

test("new rows wait behind a button while focus is in the list", () => {
  document.querySelector<HTMLElement>("#T-2 a")!.focus();
  list.arrived(row("T-3", "Tre"));
  expect([shown(), news()]).toEqual([["Ett", "Två"], "1 nytt"]);
  list.arrived(row("T-4", "Fyra"));
  expect(news()).toBe("2 nya");
  document.querySelector<HTMLElement>("[data-news] button")!.click();
  expect([shown(), news()]).toEqual([["Fyra", "Tre", "Ett", "Två"], ""]);
});

test("a row that waits and changes waits once, with its newest words", () => {
  document.querySelector<HTMLElement>("#T-2 a")!.focus();
  list.arrived(row("T-3", "Tre"));
  list.arrived(row("T-3", "Tre igen"));
  expect(news()).toBe("1 nytt");
  document.querySelector<HTMLElement>("[data-news] button")!.click();
  expect(shown()).toEqual(["Tre igen", "Ett", "Två"]);
});

test("a known row changes in its place and keeps its tick and focus", () => {
  document.querySelector<HTMLInputElement>("#T-2 input")!.checked = true;
  document.querySelector<HTMLElement>("#T-2 a")!.focus();
  list.arrived(row("T-2", "Två, nytt svar"));
  expect(shown()).toEqual(["Ett", "Två, nytt svar"]);
  expect(document.querySelector<HTMLInputElement>("#T-2 input")!.checked).toBe(true);
  expect(document.activeElement?.textContent).toBe("Två, nytt svar");
});

test("a row that left goes at once, or stays marked while the list is in use", () => {
  list.left("T-1");
  expect(shown()).toEqual(["Två"]);
  document.querySelector<HTMLElement>("#T-2 a")!.focus();
  list.left("T-2");
  expect(document.getElementById("T-2")!.getAttribute("aria-disabled")).toBe("true");
});

test("what is not a row is left out", () => {
  list.arrived("<p>nej</p>");
  expect(shown()).toEqual(["Ett", "Två"]);
});
