import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drafts } from "./draft";

const sent: FormData[] = [];
let answer: () => Promise<Response>;

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  answer = () => Promise.resolve(new Response(null, { status: 204, headers: { "X-Saved": encodeURIComponent("Sparat 10:14 på väg") } }));
  vi.stubGlobal("fetch", (_url: string, options: RequestInit) => {
    sent.push(options.body as FormData);
    return answer();
  });
  document.body.innerHTML = `<form data-draft="/draft" data-draft-failed="Kunde inte spara">
    <input name="words" value="hej"><input type="file" name="files"><p data-draft-state></p></form>`;
  drafts(document);
});

afterEach(() => {
  // Nothing is left to be sent when another test leaves its page.
  document.forms[0]!.dispatchEvent(new Event("submit"));
  vi.unstubAllGlobals();
});

function type(): void {
  document.querySelector("input")!.dispatchEvent(new Event("input", { bubbles: true }));
}

function state(): string {
  return document.querySelector("[data-draft-state]")!.textContent;
}

test("words are sent once after a pause, without files", async () => {
  type();
  await vi.advanceTimersByTimeAsync(500);
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect(sent.map((form) => [...form.entries()])).toEqual([[["words", "hej"]]]);
  expect(state()).toBe("Sparat 10:14 på väg");
});

test("words that came with the page and are in no draft yet are kept without a touch", async () => {
  document.body.innerHTML = `<form data-draft="/draft" data-draft-unsaved><input name="words" value="en mall"></form>`;
  drafts(document);
  await vi.advanceTimersByTimeAsync(900);
  expect(sent.map((form) => [...form.entries()])).toEqual([[["words", "en mall"]]]);
});

test("nothing is sent as a draft once the form itself is", async () => {
  type();
  document.forms[0]!.dispatchEvent(new Event("submit"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toEqual([]);
});

test("a draft that could not be kept is said", async () => {
  answer = () => Promise.reject(new TypeError("offline"));
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect(state()).toBe("Kunde inte spara");
});

test("a draft that was answered by the sign-in page is not kept, and that is said", async () => {
  answer = () => Promise.resolve(Object.defineProperty(new Response("sign in"), "redirected", { value: true }));
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect(state()).toBe("Kunde inte spara");
});

test("a server that is away is asked again, and leaving asks first until it has the words", async () => {
  const leaving = (): boolean => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  const works = answer;
  answer = () => Promise.reject(new TypeError("offline"));
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect([state(), leaving()]).toEqual(["Kunde inte spara", true]);
  answer = works;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([state(), leaving(), sent.length]).toEqual(["Sparat 10:14 på väg", false, 2]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent.length).toBe(2);
});

test("a draft that is refused is not sent over and over", async () => {
  answer = () => Promise.resolve(new Response(null, { status: 413 }));
  type();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([state(), sent.length]).toEqual(["Kunde inte spara", 1]);
});

test("words that are on their way when the page is left are sent again on the way out", async () => {
  const beacon = vi.fn(() => true);
  vi.stubGlobal("navigator", { sendBeacon: beacon });
  answer = () => new Promise(() => undefined);
  type();
  await vi.advanceTimersByTimeAsync(900);
  window.dispatchEvent(new Event("pagehide"));
  expect(beacon).toHaveBeenCalledOnce();
});

test("another form that is sent takes the words along before the page is left", () => {
  const beacon = vi.fn(() => true);
  vi.stubGlobal("navigator", { sendBeacon: beacon });
  document.body.insertAdjacentHTML("beforeend", "<form id='language'></form>");
  type();
  document.getElementById("language")!.dispatchEvent(new SubmitEvent("submit", { bubbles: true }));
  expect(beacon).toHaveBeenCalledOnce();
});

test("what else went wrong is not covered by the word that all is kept", async () => {
  const place = document.querySelector("[data-draft-state]")!;
  place.textContent = "bild.pdf gick inte att ladda upp";
  place.setAttribute("data-stays", "");
  type();
  await vi.advanceTimersByTimeAsync(900);
  expect([state(), sent.length]).toEqual(["bild.pdf gick inte att ladda upp", 1]);
});

describe("a form that waits for its draft", () => {
  const submitted: string[] = [];

  beforeEach(() => {
    submitted.length = 0;
    const form = document.forms[0]!;
    form.setAttribute("data-draft-first", "");
    form.addEventListener("submit", (event) => {
      const { submitter } = event;
      if (!event.defaultPrevented && submitter instanceof HTMLButtonElement) submitted.push(submitter.value);
      event.preventDefault();
    });
    form.insertAdjacentHTML("beforeend", `<button name="save" value="yes">Spara</button>`);
  });

  afterEach(() => document.forms[0]!.removeAttribute("data-draft-first"));

  const press = async (): Promise<void> => {
    document.querySelector("button")!.click();
    await vi.advanceTimersByTimeAsync(0);
  };

  test("is sent with the button that was pressed", async () => {
    await press();
    expect([submitted, sent.length]).toEqual([["yes"], 1]);
  });

  test("stays while the server is away, and is sent when it is there", async () => {
    const works = answer;
    answer = () => Promise.reject(new TypeError("offline"));
    await press();
    expect([submitted, state()]).toEqual([[], "Kunde inte spara"]);
    answer = works;
    await press();
    expect([submitted, state()]).toEqual([["yes"], "Sparat 10:14 på väg"]);
  });

  test("stays when the server does not answer in time", async () => {
    vi.stubGlobal("fetch", (_url: string, { signal }: RequestInit) => {
      return new Promise((_done, fail) => signal!.addEventListener("abort", () => fail(signal!.reason as Error)));
    });
    await press();
    await vi.advanceTimersByTimeAsync(6000);
    expect([submitted, state()]).toEqual([[], "Kunde inte spara"]);
    vi.stubGlobal("fetch", () => answer());
  });

  test("is sent when the draft is refused, so that the page says why", async () => {
    answer = () => Promise.resolve(new Response(null, { status: 413 }));
    await press();
    expect(submitted).toEqual(["yes"]);
  });
});
