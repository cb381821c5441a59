import { beforeEach, expect, test, vi } from "vitest";
import { carriers, putBack } from "./carried";

const PAGE = `
  <form data-carries><button name="language" value="en">English</button></form>
  <form data-guard>
    <input type="hidden" name="token" value="theirs">
    <textarea name="words"></textarea>
    <input type="checkbox" name="sure" value="yes"><input type="radio" name="way" value="a" checked><input type="radio" name="way" value="b">
    <select name="kind"><option value="1">1</option><option value="2">2</option></select>
    <input type="password" name="secret">
  </form>
  <form data-guard data-draft="/draft"><input name="drafted"></form>`;

const page = (): void => {
  document.body.innerHTML = PAGE;
  carriers(document);
};
const field = <E extends HTMLElement>(selector: string): E => document.querySelector<E>(selector)!;
const leave = (): boolean => document.forms[0]!.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/kompass/ask/");
  page();
  field<HTMLTextAreaElement>("textarea").value = "Vi kan inte spara";
  field<HTMLInputElement>("[name=sure]").checked = true;
  field<HTMLInputElement>("[value=b]").checked = true;
  field<HTMLSelectElement>("select").value = "2";
  field<HTMLInputElement>("[name=secret]").value = "hemligt";
  field<HTMLInputElement>("[name=drafted]").value = "ligger i utkastet";
});

test("what was written stays when the language is changed", () => {
  leave();
  page();
  const told = vi.fn();
  field("textarea").addEventListener("input", told);
  putBack();

  expect(field<HTMLTextAreaElement>("textarea").value).toBe("Vi kan inte spara");
  expect([field<HTMLInputElement>("[name=sure]").checked, field<HTMLInputElement>("[value=b]").checked]).toEqual([true, true]);
  expect(field<HTMLSelectElement>("select").value).toBe("2");
  expect(told).toHaveBeenCalledOnce();
});

test("passwords and drafts are not carried", () => {
  leave();
  const kept = Object.values(sessionStorage).join();
  page();
  putBack();

  expect(["hemligt", "utkastet", "theirs"].filter((words) => kept.includes(words))).toEqual([]);
  expect([field<HTMLInputElement>("[name=secret]").value, field<HTMLInputElement>("[name=drafted]").value]).toEqual(["", ""]);
});

test("it is put back once, and on the same page alone", () => {
  leave();
  history.replaceState(null, "", "/kompass/tickets/");
  page();
  putBack();
  history.replaceState(null, "", "/kompass/ask/");
  putBack();

  expect(field<HTMLTextAreaElement>("textarea").value).toBe("");
  expect(sessionStorage.length).toBe(0);
});
