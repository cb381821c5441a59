import { beforeEach, expect, test } from "vitest";
import { refreshCounts } from "./view-counts";

const view = (name: string, count: string, look = ""): string =>
  `<li><a class="views__link ${look}" href="?view=${name}">${name}${count}</a></li>`;
const counted = (count: number): string => ` <span class="views__count">${count}</span>`;

beforeEach(() => {
  document.body.innerHTML = `<div class="views"><ul>${view("mine", counted(3))}${view("due", counted(0))}</ul></div>`;
});

function fetched(...views: string[]): Document {
  return new DOMParser().parseFromString(`<div class="views"><ul>${views.join("")}</ul></div>`, "text/html");
}

test("counts become those of the page that was fetched, and the links stay", () => {
  const [mine, due] = document.querySelectorAll("a");
  mine!.focus();
  refreshCounts(fetched(view("due", counted(2), "views__link--alarm"), view("mine", counted(4))));
  expect([mine!.textContent, due!.textContent]).toEqual(["mine 4", "due 2"]);
  expect(due!.className).toBe("views__link views__link--alarm");
  expect(document.activeElement).toBe(mine);
});

test("a view that the page does not have keeps what it says", () => {
  refreshCounts(fetched(view("mine", counted(4))));
  expect(document.querySelectorAll("a")[1]!.textContent).toBe("due 0");
});
