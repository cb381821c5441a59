import { expect, test } from "vitest";
import { move } from "./menu";

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
