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
  return `<tr data-row="" id="${id}"><td><input type="checkbox" data-select=""><a href="#${id}">${text}</a></td></tr>`;
}

function update(...rows: string[]): void {
  const holder = document.createElement("template");
  holder.innerHTML = `<table><tbody>${rows.join("")}</tbody></table>`;
  list.update([...holder.content.querySelectorAll<HTMLElement>("tr")]);
}

function shown(): string[] {
  return [...document.querySelectorAll("[data-rows] a")].map((link) => link.textContent ?? "");
}

function news(): string {
  return document.querySelector("[data-news]")!.textContent;
}

const focusSecond = (): void => document.querySelector<HTMLElement>("#T-2 a")!.focus();
const pressNews = (): void => document.querySelector<HTMLElement>("[data-news] button")!.click();

test("rows follow the server's order when nobody is in the list", () => {
  update(row("T-3", "Tre"), row("T-2", "Två"), row("T-1", "Ett"));
  expect(shown()).toEqual(["Tre", "Två", "Ett"]);
});

test("new rows wait behind a button while focus is in the list", () => {
  focusSecond();
  update(row("T-3", "Tre"), row("T-1", "Ett"), row("T-2", "Två"));
  expect([shown(), news()]).toEqual([["Ett", "Två"], "1 nytt"]);
  update(row("T-4", "Fyra"), row("T-3", "Tre"), row("T-1", "Ett"), row("T-2", "Två"));
  expect([shown(), news()]).toEqual([["Ett", "Två"], "2 nya"]);
  pressNews();
  expect([shown(), news()]).toEqual([["Fyra", "Tre", "Ett", "Två"], ""]);
});

test("a known row changes in its place and keeps its tick and focus", () => {
  document.querySelector<HTMLInputElement>("#T-2 input")!.checked = true;
  focusSecond();
  update(row("T-2", "Två, nytt svar"), row("T-1", "Ett"));
  expect(shown()).toEqual(["Ett", "Två, nytt svar"]);
  expect(document.querySelector<HTMLInputElement>("#T-2 input")!.checked).toBe(true);
  expect(document.activeElement?.textContent).toBe("Två, nytt svar");
});

test("a row that did not change stays the same element", () => {
  const before = document.getElementById("T-1");
  update(row("T-3", "Tre"), row("T-1", "Ett"));
  expect(document.getElementById("T-1")).toBe(before);
});

test("a row that left goes at once, or is marked while the list is in use", () => {
  update(row("T-2", "Två"));
  expect(shown()).toEqual(["Två"]);
  focusSecond();
  update();
  expect(document.getElementById("T-2")!.hasAttribute("data-gone")).toBe(true);
});

test("a ticked box keeps focus, and nothing moves while a row is chosen", () => {
  const box = document.querySelector<HTMLInputElement>("#T-2 input")!;
  box.checked = true;
  update(row("T-3", "Tre"), row("T-1", "Ett"));
  expect([shown(), news()]).toEqual([["Ett", "Två"], "1 nytt"]);
  expect(document.getElementById("T-2")!.hasAttribute("data-gone")).toBe(true);
  box.focus();
  update(row("T-1", "Ett"), row("T-2", "Två, nytt svar"));
  expect(document.activeElement).toBe(document.querySelector("#T-2 input"));
});
