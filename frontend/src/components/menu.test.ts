import { expect, test, vi } from "vitest";
import { menus, move } from "./menu";

test("arrows, Home and End walk the items and wrap round", () => {
  document.body.innerHTML = `<div id="menu"><a href="#a">A</a><input type="hidden"><button>B</button><a href="#c">C</a></div>`;
  const list = document.getElementById("menu")!;
  list.querySelector("a")!.focus();
  const steps: [string, string][] = [
    ["ArrowDown", "B"],
    ["ArrowDown", "C"],
    ["ArrowDown", "A"],
    ["ArrowUp", "C"],
    ["Home", "A"],
    ["End", "C"],
    ["x", "C"],
  ];
  for (const [key, text] of steps) {
    move(list, new KeyboardEvent("keydown", { key, cancelable: true }));
    expect([key, document.activeElement?.textContent]).toEqual([key, text]);
  }
});

test("an opened menu has its first way in focus, also when a form's hidden fields stand before it", () => {
  document.body.innerHTML = `
    <div data-menu><button popovertarget="list">Status</button>
      <div id="list" popover><form><input type="hidden" name="version"><button>Open</button></form></div></div>`;
  const list = document.getElementById("list")!;
  vi.spyOn(list, "matches").mockReturnValue(true);
  menus(document);
  list.dispatchEvent(new Event("toggle"));
  expect(document.activeElement?.textContent).toBe("Open");
});
