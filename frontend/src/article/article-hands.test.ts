import { afterEach, describe, expect, test, vi } from "vitest";
import { type ArticleEditor, openArticle } from "./article-editor";

const WORDS = { toolbar: "Textverktyg", link: "Länk", no_article: "Ingen artikel heter så.", pictures_left: "Bilder följer inte med" };

function opened(markdown: string, articles = ""): ArticleEditor & { sent: () => string } {
  document.body.innerHTML = `<div id="live"></div><form><label for="m">Text</label><textarea id="m" name="m"></textarea></form>`;
  const area = document.querySelector("textarea")!;
  area.dataset["words"] = JSON.stringify(WORDS);
  area.dataset["articles"] = articles;
  area.value = markdown;
  const made = openArticle(area);
  const sent = (): string => {
    made.write();
    return area.value;
  };
  return { ...made, sent };
}

function key(editor: ArticleEditor["editor"], name: string, ctrlKey = false): void {
  editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key: name, ctrlKey, bubbles: true, cancelable: true }));
}

afterEach(() => vi.unstubAllGlobals());

describe("a chosen picture", () => {
  const chosen = () => {
    const made = opened("Före\n\n![ruta](bilder/ruta-a.png)\n\nEfter");
    made.editor.commands.setNodeSelection(7);
    return made;
  };

  test.each([
    ["Home", true, "XFöre\n\n![ruta](bilder/ruta-a.png)\n\nEfter"],
    ["End", true, "Före\n\n![ruta](bilder/ruta-a.png)\n\nEfterX"],
    ["ArrowUp", false, "FöreX\n\n![ruta](bilder/ruta-a.png)\n\nEfter"],
    ["ArrowDown", false, "Före\n\n![ruta](bilder/ruta-a.png)\n\nXEfter"],
    ["ArrowLeft", false, "Före\n\nX![ruta](bilder/ruta-a.png)\n\nEfter"],
    ["ArrowRight", false, "Före\n\n![ruta](bilder/ruta-a.png)X\n\nEfter"],
    ["Home", false, "Före\n\nX![ruta](bilder/ruta-a.png)\n\nEfter"],
    ["End", false, "Före\n\n![ruta](bilder/ruta-a.png)X\n\nEfter"],
  ])("is left by %s (Ctrl: %s)", (name, ctrlKey, standing) => {
    const { editor, sent } = chosen();
    key(editor, name, ctrlKey);
    editor.commands.insertContent("X");
    expect(sent()).toBe(standing);
  });

  test("alone in a text is left by the keys that find nothing beyond it", () => {
    const { editor, sent } = opened("![ruta](bilder/ruta-a.png)");
    for (const [name, letter] of [["ArrowDown", "e"], ["ArrowUp", "f"]] as const) {
      let at = 0;
      editor.state.doc.descendants((node, pos) => void (node.type.name === "picture" && (at = pos)));
      editor.commands.setNodeSelection(at);
      key(editor, name);
      editor.commands.insertContent(letter);
    }
    expect(sent()).toBe("f![ruta](bilder/ruta-a.png)e");
  });

  test.each([
    ["words", "text/plain", "Sedan", "Sedan"],
    ["a page's words", "text/html", "<p>Sedan <b>så</b></p>", "Sedan **så**"],
  ])("stays when %s are pasted, which stand below it", (_what, type, given, standing) => {
    const { editor, sent } = chosen();
    const paste = new Event("paste", { cancelable: true, bubbles: true });
    const getData = (asked: string): string => (asked === type ? given : "");
    Object.assign(paste, { clipboardData: { files: [], getData, types: [type] } });
    editor.view.dom.dispatchEvent(paste);
    expect(sent()).toBe(`Före\n\n![ruta](bilder/ruta-a.png)\n\n${standing}\n\nEfter`);
  });

  test("stays when a line, a table or code begins there", () => {
    const { editor, sent } = chosen();
    key(editor, "Enter", true);
    editor.commands.insertContent("X");
    editor.commands.setNodeSelection(7);
    document.querySelector<HTMLElement>("[aria-label=block]")!.click();
    editor.commands.insertContent("kod");
    editor.commands.setNodeSelection(7);
    document.querySelector<HTMLElement>("[aria-label=table]")!.click();
    expect(sent()).toBe(
      "Före\n\n![ruta](bilder/ruta-a.png)\n\n|  |  |\n| --- | --- |\n|  |  |\n\n```\nkod\n```\n\nX\n\nEfter",
    );
  });
});

describe("pasted", () => {
  const pasted = (markdown: string, given: Readonly<Record<string, string>>, at = 0): string => {
    const { editor, sent } = opened(markdown);
    if (at) editor.commands.setTextSelection(at);
    const paste = new Event("paste", { cancelable: true, bubbles: true });
    const getData = (type: string): string => given[type] ?? "";
    Object.assign(paste, { clipboardData: { files: [], getData, types: Object.keys(given) } });
    editor.view.dom.dispatchEvent(paste);
    return sent();
  };

  test.each([
    ["lines and paragraphs", "en\ntvå\r\n\r\ntre\n", "en\\\ntvå\n\ntre"],
    ["Markdown", "## Steg\n\n1. ett\n2. två\n\n| a | b |\n| --- | --- |\n| 1 | 2 |", undefined],
    ["Markdown that the editor would change", "- a\n\n<div>b</div>", "\\- a\n\n\\<div>b\\</div>"],
    ["a sum", "5 - 3 * 2", "5 - 3 \\* 2"],
  ])("%s as text stay what they are", (_what, text, standing) => {
    expect(pasted("", { "text/plain": text })).toBe(standing ?? text);
  });

  test("words go on in the sentence", () => {
    expect(pasted("Före efter", { "text/plain": "mitt " }, 6)).toBe("Före mitt efter");
  });

  test.each([
    ["text/plain", "en\n\ntvå"],
    ["text/html", "<p>en</p><p>två</p>"],
    ["text/html", "<ul><li>en</li><li>två</li></ul>"],
  ])("%s of two lines in a cell stays in the cell", (type, text) => {
    const table = "| a | b |\n| --- | --- |\n|  |  |";
    expect(pasted(table, { [type]: text }, 16)).toBe("| a | b |\n| --- | --- |\n| en<br>två |  |");
  });

  test("a table in a table's cell fills the cells", () => {
    const given = "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>";
    const table = "| a | b |\n| --- | --- |\n|  |  |";
    expect(pasted(table, { "text/html": given }, 16)).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
  });

  test("a page's pictures are left, and a sentence says so", () => {
    document.body.innerHTML = "";
    expect(pasted("", { "text/html": '<p>En <img src="https://a.example/b.png"> bild</p>' })).toBe("En bild");
    const said = document.querySelector<HTMLElement>(".editor .editor__why")!;
    expect([said.hidden, said.textContent]).toEqual([false, "Bilder följer inte med"]);
  });
});

test("Enter after what a picture shows leads back to the text, where the next words stand below it", () => {
  const { editor, sent } = opened("![ruta](bilder/ruta-a.png)");
  editor.commands.setNodeSelection(1);
  const field = document.querySelector<HTMLInputElement>(".editor__field:not([hidden]) .input")!;
  field.focus();
  field.value = "Rutan";
  field.dispatchEvent(new Event("change"));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  expect(document.activeElement).not.toBe(field);
  expect(editor.state.selection.from).toBe(1);
  key(editor, "Enter");
  editor.commands.insertContent("Sedan");
  expect(sent()).toBe("![Rutan](bilder/ruta-a.png)\n\nSedan");
});

describe("a picture that comes up", () => {
  const pasted = (editor: ArticleEditor["editor"]): void => {
    const headers = { "X-Address": "/bilder/1/" };
    vi.stubGlobal("fetch", async () => new Response("![ruta](bilder/ruta-a.png)", { headers }));
    const paste = new Event("paste", { cancelable: true, bubbles: true });
    const files = [new File(["bild"], "ruta.png", { type: "image/png" })];
    editor.view.dom.dispatchEvent(Object.assign(paste, { clipboardData: { files, getData: () => "", types: ["Files"] } }));
  };

  test("has a field for what it shows, which nothing takes whoever writes there away from", async () => {
    const { editor, sent } = opened("Före");
    const frames: FrameRequestCallback[] = [];
    vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
    pasted(editor);
    await vi.waitFor(() => expect(sent()).toContain("ruta-a.png"));

    const field = document.querySelector<HTMLInputElement>(".editor__field:not([hidden]) .input")!;
    field.focus();
    for (const frame of frames) frame(0);

    expect(document.activeElement).toBe(field);
  });

  test("leaves whoever has gone on to another field there", async () => {
    const { editor, sent } = opened("Före");
    const title = document.body.appendChild(document.createElement("input"));
    pasted(editor);
    title.focus();
    await vi.waitFor(() => expect(sent()).toBe("![ruta](bilder/ruta-a.png)\n\nFöre"));
    expect(document.activeElement).toBe(title);
  });
});

describe("a table", () => {
  const TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |";
  const button = (name: string): HTMLButtonElement =>
    [...document.querySelectorAll<HTMLButtonElement>(".editor__place button")].find((each) => each.textContent === name)!;

  test("has the caret in the row that was added, and in the column", () => {
    const { editor, sent } = opened(TABLE);
    editor.commands.setTextSelection(22);
    button("row_add").click();
    editor.commands.insertContent("3");
    button("column_add").click();
    editor.commands.insertContent("c");
    expect(sent()).toBe("| a |  | b |\n| --- | --- | --- |\n| 1 |  | 2 |\n| 3 | c |  |");
  });

  test("keeps its row of heads, and the button says so", () => {
    const { editor } = opened(TABLE);
    editor.commands.setTextSelection(4);
    expect(button("row_remove").disabled).toBe(true);
    editor.commands.setTextSelection(17);
    expect(button("row_remove").disabled).toBe(false);
  });
});

test.each([
  ["a table", "| a |\n| --- |\n| b |"],
  ["a box", "> [!TIP]\n> a"],
  ["code", "```\na\n```"],
  ["a quote", "> a"],
])("%s at the top lets a line stand above it", (_what, markdown) => {
  const { editor, sent } = opened(markdown);
  vi.spyOn(editor.view, "endOfTextblock").mockReturnValue(true);
  key(editor, "ArrowUp");
  editor.commands.insertContent("Först");
  expect(sent()).toBe(`Först\n\n${markdown}`);
});

test("words that name no article are refused, and what comes near is offered", async () => {
  const found = `<a href="/k/help/sv/rapportmall/">Gör en rapportmall</a>`;
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(found)));
  const { sent } = opened("## Rubrik", "/suggest/");
  document.querySelector<HTMLElement>("[aria-label=Länk]")!.click();
  const input = document.querySelector<HTMLInputElement>(".editor__link .input")!;
  input.value = "gör mall";
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
  const near = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".editor__near button")];
  await vi.waitFor(() => expect(near().map((each) => each.textContent)).toEqual(["Gör en rapportmall"]));
  expect(document.querySelector(".editor__refusal")!.textContent).toBe("Ingen artikel heter så.");
  near()[0]!.click();
  expect(sent()).toBe("## [Gör en rapportmall](rapportmall.sv.md)Rubrik");
});
