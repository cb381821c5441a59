import { beforeEach, expect, test, vi } from "vitest";
import { guards } from "./submit-guard";

let form: HTMLFormElement;
let button: HTMLButtonElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<form data-guard><button>Skicka</button></form>`;
  form = document.forms[0]!;
  button = form.querySelector("button")!;
  guards(document);
});

function send(): boolean {
  const event = new SubmitEvent("submit", { cancelable: true, bubbles: true, submitter: button });
  return form.dispatchEvent(event);
}

test("a second press is stopped while the first is under way", () => {
  expect(send()).toBe(true);
  expect(button.getAttribute("aria-busy")).toBe("true");
  expect(send()).toBe(false);
});

test("a press counts again when no answer came", () => {
  send();
  vi.advanceTimersByTime(8000);
  expect(button.hasAttribute("aria-busy")).toBe(false);
  expect(send()).toBe(true);
});

test("a press counts again when the browser comes back to the page", () => {
  send();
  window.dispatchEvent(new Event("pageshow"));
  expect(send()).toBe(true);
});

test("a button of the form that stands elsewhere counts again too", () => {
  document.body.insertAdjacentHTML("afterbegin", `<button form="box">Lös</button>`);
  form.id = "box";
  button = document.querySelector("[form=box]")!;
  send();
  expect(button.getAttribute("aria-busy")).toBe("true");
  vi.advanceTimersByTime(8000);
  expect(button.hasAttribute("aria-busy")).toBe(false);
});
