import { expect, test } from "vitest";
import { appendRest } from "./more-rows";

function list(...ids: string[]): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = `<table><tbody data-rows>${ids.map((id) => `<tr data-row id="${id}"></tr>`).join("")}</tbody></table>`;
  return holder;
}

test.each([
  ["the rest comes below what is shown", ["T-1", "T-2"], ["T-1", "T-2", "T-3", "T-4"], ["T-1", "T-2", "T-3", "T-4"]],
  ["what came above meanwhile is left to the live list", ["T-1", "T-2"], ["T-0", "T-1", "T-2", "T-3"], ["T-1", "T-2", "T-3"]],
  ["a list that has changed altogether comes below", ["T-1"], ["T-8", "T-9"], ["T-1", "T-8", "T-9"]],
])("%s", (_name, shown, whole, expected) => {
  const open = list(...shown);
  appendRest(open, list(...whole));
  expect([...open.querySelectorAll("[data-row]")].map((row) => row.id)).toEqual(expected);
});
