import { afterEach, expect, test, vi } from "vitest";
import { paragraphs, startEditor } from "./editor";
import { inline } from "./editor-passages";
import { cleanAddress } from "./editor-link";
import { rove } from "./editor-toolbar";

function page(text: string, html = ""): HTMLTextAreaElement {
  document.body.innerHTML = `<form><label for="body">Ditt svar</label>
    <textarea id="body" name="body" data-words='{"toolbar": "Textverktyg", "bold": "Fet",
      "address": "Adress", "save": "Spara", "unlink": "Ta bort länken", "no_address": "Det är ingen adress."}'></textarea>
    <input type="hidden" name="body_html"></form>`;
  const area = document.querySelector("textarea")!;
  area.value = text;
  area.form!.querySelector<HTMLInputElement>("[name=body_html]")!.value = html;
  return area;
}

function sentHtml(area: HTMLTextAreaElement): unknown {
  return new FormData(area.form!).get("body_html");
}

test("the plain field keeps the text and the hidden one carries the HTML", () => {
  const area = page("Hej Åsa!\n\nRad två");
  startEditor(area);
  expect(area.value).toBe("Hej Åsa!\n\nRad två");
  expect(sentHtml(area)).toBe("<p>Hej Åsa!</p><p>Rad två</p>");
});

test("a draft's HTML wins over its plain text", () => {
  const area = page("fet", "<p><strong>fet</strong></p>");
  startEditor(area);
  expect(sentHtml(area)).toBe("<p><strong>fet</strong></p>");
});

test("what is written goes into both fields and tells the draft", () => {
  const area = page("");
  let inputs = 0;
  area.form!.addEventListener("input", () => (inputs += 1));
  const editor = startEditor(area);
  editor.commands.insertContent("Nytt");
  expect([area.value, sentHtml(area), inputs]).toEqual(["Nytt", "<p>Nytt</p>", 1]);
});

test("whoever was writing before the editor came goes on in it without losing a key", () => {
  const area = page("Hej");
  area.focus();
  const editor = startEditor(area);
  expect(document.activeElement).toBe(editor.view.dom);
  editor.commands.insertContent(" Åsa");
  expect(area.value).toBe("Hej Åsa");
});

test("a link to the plain field leads to the editor at once", () => {
  const area = page("Hej");
  const editor = startEditor(area);
  area.focus();
  expect(document.activeElement).toBe(editor.view.dom);
});

test("the text has the label's name and the toolbar its own", () => {
  startEditor(page(""));
  expect(document.querySelector("[role=textbox]")!.getAttribute("aria-label")).toBe("Ditt svar");
  expect(document.querySelector("[role=toolbar]")!.getAttribute("aria-label")).toBe("Textverktyg");
});

test("the toolbar is one tab stop that arrows move", () => {
  startEditor(page(""));
  const tools = [...document.querySelectorAll<HTMLElement>(".editor__tool")];
  tools[0]!.focus();
  rove(tools, new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true }));
  rove(tools, new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true }));
  expect(tools.map((tool) => tool.tabIndex).indexOf(0)).toBe(2);
  expect(document.activeElement).toBe(tools[2]);
});

afterEach(() => vi.unstubAllGlobals());

function passages(area: HTMLTextAreaElement, html: string): HTMLButtonElement {
  area.form!.insertAdjacentHTML(
    "beforeend",
    `<div data-passages="/articles/"><button type="submit" name="passage" value="mallar#a">Infoga</button></div>`,
  );
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true, redirected: false, text: () => Promise.resolve(html) }));
  return area.form!.querySelector("button[name=passage]")!;
}

test("a link of the manual goes into the sentence where the caret is", async () => {
  const area = page("Före efter");
  const editor = startEditor(area);
  const button = passages(area, `<p><a href="https://a.example/">Mallar</a></p>`);
  editor.commands.focus(6);
  button.click();
  await vi.waitFor(() => expect(area.value).toBe("Före Mallarefter"));
});

test("a passage goes below the words while nobody has said where", async () => {
  const area = page("Hej");
  startEditor(area);
  passages(area, "<p>Först.</p><p>Sedan.</p>").click();
  await vi.waitFor(() => expect(area.value).toBe("Hej\n\nFörst.\n\nSedan."));
});

test("what is more than a paragraph stays as it is", () => {
  expect(["<p>En</p>", "<p>En</p><p>Två</p>", "<ul><li>En</li></ul>"].map(inline)).toEqual([
    ...["En", "<p>En</p><p>Två</p>", "<ul><li>En</li></ul>"],
  ]);
});

test("text becomes paragraphs without becoming markup", () => {
  expect(paragraphs("a < b\nc\n\n\nd")).toBe("<p>a &lt; b<br>c</p><p>d</p>");
});

test.each([
  ["https://manual.example/a", "https://manual.example/a"],
  ["manual.example/a", "https://manual.example/a"],
  ["mailto:a@b.example", "mailto:a@b.example"],
  ["MAILTO:a@b.example", "mailto:a@b.example"],
  ["a@b.example", "mailto:a@b.example"],
  ["manual.example:8443/a?b=c d", ""],
  ["manual.example:8443/a?b=c", "https://manual.example:8443/a?b=c"],
  ["http://intern/sida", "http://intern/sida"],
  ["https://", ""],
  ["http://a b", ""],
  ["javascript:alert(1)", ""],
  ["javascript:1", ""],
  ["data:text/html,a.b", ""],
  ["ftp://a.example", ""],
  ["läs mer", ""],
  ["lösenord", ""],
  ["", ""],
])("the address %s is kept as %s", (given, kept) => {
  expect(cleanAddress(given)).toBe(kept);
});

test("a link that is refused is told in words, and what was typed stays", () => {
  const area = page("Hej");
  const editor = startEditor(area);
  document.querySelector<HTMLElement>("[aria-label=link]")!.click();
  const input = document.querySelector<HTMLInputElement>(".editor__link .input")!;
  const press = (key: string): boolean => input.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  const said = (): unknown[] => {
    const refusal = document.getElementById(input.getAttribute("aria-describedby")!)!;
    return [refusal.hidden ? "" : refusal.textContent, input.getAttribute("aria-invalid"), input.value];
  };
  input.value = "javascript:alert(1)";
  press("Enter");
  expect(said()).toEqual(["Det är ingen adress.", "true", "javascript:alert(1)"]);
  expect([document.activeElement, editor.getHTML()]).toEqual([input, "<p>Hej</p>"]);
  input.value = "manual.example";
  input.dispatchEvent(new Event("input"));
  expect(said()).toEqual(["", null, "manual.example"]);
});

test("a link is taken away by a button of its own", () => {
  const area = page("", '<p><a href="https://a.example/">Mallar</a></p>');
  const editor = startEditor(area);
  editor.commands.setTextSelection(3);
  document.querySelector<HTMLElement>("[aria-label=link]")!.click();
  [...document.querySelectorAll<HTMLElement>(".editor__link button")].find((each) => each.textContent === "Ta bort länken")!.click();
  expect(editor.getHTML()).toBe("<p>Mallar</p>");
});
