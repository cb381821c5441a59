import { beforeEach, expect, test, vi } from "vitest";
import { size, uploads } from "./upload";

let input: HTMLInputElement;
let zone: HTMLElement;

beforeEach(() => {
  document.documentElement.lang = "sv";
  document.body.innerHTML = `
    <div id="live"></div>
    <form><div data-upload data-max-bytes="2000" data-remove-label="Ta bort {name}" data-added-label="{name} lades till"
      data-removed-label="{name} togs bort" data-large-label="Filen är för stor" data-empty-label="Filen är tom">
      <ul data-files></ul><input type="file" multiple></div></form>`;
  zone = document.querySelector<HTMLElement>("[data-upload]")!;
  input = document.querySelector("input")!;
  uploads(document);
});

function drop(...files: File[]): void {
  const event = new Event("drop", { cancelable: true, bubbles: true });
  Object.assign(event, { dataTransfer: { files } });
  zone.dispatchEvent(event);
}

function listed(): string[] {
  return [...zone.querySelectorAll(".file__name")].map((name) => name.textContent ?? "");
}

test("dropped files join the input's own and are listed with their size", () => {
  drop(new File(["a".repeat(1500)], "bild.txt"));
  drop(new File(["b"], "logg.txt"));
  expect([...input.files!].map((file) => file.name)).toEqual(["bild.txt", "logg.txt"]);
  expect(listed()).toEqual(["bild.txt1 kB", "logg.txt1 kB"]);
});

test("the same file dropped twice is one file", () => {
  const file = new File(["a"], "bild.txt", { lastModified: 1 });
  drop(file);
  drop(file);
  expect(listed()).toEqual(["bild.txt1 kB"]);
});

test("the remove button takes the file from the input and says so", () => {
  vi.useFakeTimers();
  drop(new File(["a"], "bild.txt"), new File(["b"], "logg.txt"));
  zone.querySelector<HTMLButtonElement>("[aria-label='Ta bort bild.txt']")!.click();
  vi.runAllTimers();
  expect([...input.files!].map((file) => file.name)).toEqual(["logg.txt"]);
  expect(document.getElementById("live")!.textContent).toBe("bild.txt togs bort");
});

test("a file that is too large or empty is said to be so before it is sent", () => {
  drop(new File(["a".repeat(2001)], "film.txt"), new File([], "tom.txt"));
  expect([...zone.querySelectorAll(".file__problem")].map((problem) => problem.textContent)).toEqual([
    "Filen är för stor",
    "Filen är tom",
  ]);
});

test.each([
  [1, "1 kB"],
  [412_300, "403 kB"],
  [1_234_567, "1,2 MB"],
])("%i bytes read as %s", (bytes, words) => {
  expect(size(bytes, "sv")).toBe(words);
});

test("a file that is dropped beside the zone is taken too, and where it went is seen", () => {
  document.body.innerHTML = `<form><p>Ord</p><details><summary>Filer</summary>
    <div data-upload><ul data-files></ul><input type="file" multiple></div></details></form>`;
  uploads(document);
  const event = new Event("drop", { cancelable: true, bubbles: true });
  Object.assign(event, { dataTransfer: { files: [new File(["a"], "bild.txt")] } });
  document.querySelector("p")!.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  expect(document.querySelector("details")!.open).toBe(true);
  expect(document.querySelector(".file__name")!.textContent).toBe("bild.txt1 kB");
});
