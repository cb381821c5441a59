import type { JSONContent } from "@tiptap/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type ArticleEditor, openArticle } from "./article-editor";
import { startArticle } from "./article-modes";
import { looks, says } from "./likeness";
import { readMarkdown, UnknownHereError } from "./reading";

const WORDS = { toolbar: "Textverktyg", stays_at: "Rad {line} står kvar", stays: "Står kvar", pictures_left: "Bilder följer inte med", markdown: "Markdown" };

function field(markdown: string): HTMLTextAreaElement {
  document.body.innerHTML = `<div id="live"></div><form><input name="csrfmiddlewaretoken" value="t">
    <label for="m">Text</label><textarea id="m" name="m" data-markdown="/up/"></textarea></form>`;
  const area = document.querySelector("textarea")!;
  area.dataset["words"] = JSON.stringify(WORDS);
  area.value = markdown;
  return area;
}

function opened(markdown: string): ArticleEditor & { sent: () => string } {
  const area = field(markdown);
  const made = openArticle(area);
  const sent = (): string => {
    made.write();
    return area.value;
  };
  return { ...made, sent };
}

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** Written as people write, and not as we do. */
const ODD = [
  "Ett\n===",
  "* a\n* b\nlat rad",
  "En rad som\när bruten  \noch en till",
  "1) x",
  "~~~\nkod\n~~~",
  "|a|b|\n|-|:-:|\n|1|2|",
].join("\n\n");

describe("what nobody touched is sent as it stood", () => {
  test("letter by letter, whatever the caret does", () => {
    const { editor, sent } = opened(ODD);
    editor.commands.setTextSelection(2);
    expect(sent()).toBe(ODD);
  });

  test("also beside what was changed", () => {
    const { editor, sent } = opened(ODD);
    editor.commands.insertContentAt(1, "N");
    expect(sent()).toBe(ODD.replace("Ett\n===", "## NEtt"));
  });

  test("also when a change is taken back", () => {
    const { editor, sent } = opened(ODD);
    editor.chain().insertContentAt(1, "N").run();
    editor.commands.undo();
    expect(sent()).toBe(ODD);
  });

  test("also below a block that is gone", () => {
    const { editor, sent } = opened("Ett\n\n\n\nTvå\n***\nTre");
    editor.commands.deleteRange({ from: 0, to: editor.state.doc.firstChild!.nodeSize });
    expect(sent()).toBe("Två\n***\nTre");
  });
});

describe("what is written", () => {
  test.each([
    ["<kbd>x</kbd> &amp; <b", "\\<kbd>x\\</kbd> \\&amp; \\<b"],
    ["1) en", "1\\) en"],
    ["2. två", "2\\. två"],
    ["# ingen rubrik", "\\# ingen rubrik"],
    ["- ingen lista", "\\- ingen lista"],
    ["a_b och 5*3", "a_b och 5\\*3"],
    ["| a |", "| a |"],
    ["[a](b)", "\\[a\\](b)"],
    ["---", "\\---"],
    ["===", "==="],
    ["http://a.example", "http://a.example"],
  ])("%s is words, and stays so", (typed, written) => {
    const { editor, sent } = opened("");
    const content = [{ type: "text", text: typed }];
    editor.commands.setContent({ type: "doc", content: [{ type: "paragraph", content }] });
    expect(sent()).toBe(written);
  });

  test("a second paragraph of an item stays one", () => {
    const { editor, sent } = opened("- en\n- två");
    editor.commands.insertContentAt(5, { type: "paragraph", content: [{ type: "text", text: "mer" }] });
    expect(sent()).toBe("- en\n\n  mer\n\n- två");
  });

  test("a bold sign within a word is bold", () => {
    const { editor, sent } = opened("");
    const sign = { type: "text", text: "&", marks: [{ type: "bold" }] };
    const letter = { type: "text", text: "å" };
    editor.commands.setContent({ type: "doc", content: [{ type: "paragraph", content: [letter, sign, letter] }] });
    expect(sent()).toBe("å<strong>\\&</strong>å");
  });

  test("a mark before a link makes no picture of it", () => {
    const { editor, sent } = opened("x [a](b.md)");
    editor.commands.insertContentAt({ from: 1, to: 3 }, "!");
    expect(looks(sent())).toBe('<p>!<a href="b.md">a</a></p>');
  });

  test("a cell of a table holds bars and line ends", () => {
    const { editor, sent } = opened("| a |\n| --- |\n| b |");
    editor.commands.insertContentAt(4, [{ type: "text", text: "x|y" }, { type: "hardBreak" }]);
    expect(sent()).toBe("| x\\|y<br>a |\n| --- |\n| b |");
  });
});

/** A reproducible throw of the dice. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const PIECES = [
  ...["ord", " ", "*", "_", "**", "`", "~", "[", "](", "!", "<"],
  ...[">", "&", "|", "\\", "#", "1.", "- ", "å", ":", "(", ")"],
];
const MARKS = ["bold", "italic", "strike", "key", "code"];

interface Made {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string }[];
  content?: Made[];
}

type Roll = (sides: number) => number;

const several = <T>(roll: Roll, most: number, make: () => T): T[] => Array.from({ length: 1 + roll(most) }, make);
const words = (roll: Roll): string => several(roll, 4, () => PIECES[roll(PIECES.length)]).join("");

function paragraph(roll: Roll): Made {
  const run = (): Made => {
    if (roll(12) === 0) return { type: "hardBreak" };
    const text = { type: "text", text: words(roll) };
    return roll(2) ? { ...text, marks: [{ type: MARKS[roll(MARKS.length)] ?? "" }] } : text;
  };
  return { type: "paragraph", content: several(roll, 3, run) };
}

function block(roll: Roll, depth: number): Made {
  const within = (): Made[] => several(roll, 3, () => block(roll, depth - 1));
  const item = (): Made => ({ type: "listItem", content: [paragraph(roll), ...(roll(3) ? [] : within())] });
  const cells = (columns: number): Made => ({
    type: "tableRow",
    content: Array.from({ length: columns }, () => ({ type: "tableCell", content: [paragraph(roll)] })),
  });
  const kinds: (() => Made)[] = [
    () => paragraph(roll),
    () => ({ type: "heading", attrs: { level: 2 + roll(3) }, content: paragraph(roll).content ?? [] }),
    () => ({ type: "codeBlock", content: [{ type: "text", text: `${words(roll)}\n\n${words(roll)}` }] }),
    () => ({ type: "horizontalRule" }),
    () => {
      const columns = 1 + roll(3);
      return { type: "table", content: several(roll, 3, () => cells(columns)) };
    },
    () => ({ type: "bulletList", content: several(roll, 3, item) }),
    () => ({ type: "orderedList", attrs: { start: 1 + roll(11) }, content: several(roll, 3, item) }),
    () => ({ type: "blockquote", content: within() }),
    () => ({ type: "callout", attrs: { kind: "note" }, content: within() }),
  ];
  return kinds[roll(depth > 0 ? kinds.length : 5)]!();
}

test.each([
  ["words in marks", paragraph],
  ["blocks in blocks", (roll: Roll) => block(roll, 2)],
])("any %s are read as they were written", (_name, make) => {
  const { editor, sent } = opened("");
  const other: string[] = [];
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed);
    editor.commands.setContent({ type: "doc", content: several(roll, 3, () => make(roll)) } as JSONContent);
    const text = sent();
    if (says(readMarkdown(text, editor.schema).doc) !== says(editor.state.doc)) other.push(`${seed}: ${text}`);
  }
  expect(other).toEqual([]);
});

describe("the two ways to write", () => {
  const pressed = (): (string | null)[] =>
    [...document.querySelectorAll(".editor__mode")].map((button) => button.getAttribute("aria-pressed"));
  const press = (at: number): void => document.querySelectorAll<HTMLButtonElement>(".editor__mode")[at]!.click();

  test("the editor opens, and Markdown shows the same text", () => {
    const area = field("## Ett");
    startArticle(area);
    expect([pressed(), area.classList.contains("editor__source")]).toEqual([["true", "false"], true]);
    press(1);
    expect(pressed()).toEqual(["false", "true"]);
    expect([area.classList.contains("editor__source"), area.value]).toEqual([false, "## Ett"]);
    expect(document.querySelector(".editor")).toBeNull();
  });

  test("the way that was used last is the way that opens", () => {
    startArticle(field("Ett"));
    press(1);
    startArticle(field("Ett"));
    expect(pressed()).toEqual(["false", "true"]);
  });

  test("what is written in Markdown is read when the editor opens again", () => {
    const area = field("Ett");
    startArticle(area);
    press(1);
    area.value = "| a |\n| --- |\n| b |";
    press(0);
    expect(document.querySelectorAll(".editor__text td").length).toBe(1);
  });

  test("a text that the editor would change stays, and a sentence says where", () => {
    const area = field("Ett\n\n<div>x</div>");
    startArticle(area);
    expect([pressed(), document.querySelector(".editor__why")!.textContent]).toEqual([
      ["false", "true"],
      "Rad 3 står kvar",
    ]);
    expect([area.value, document.querySelector(".editor")]).toEqual(["Ett\n\n<div>x</div>", null]);
  });
});

test("nothing is left behind by an editor that cannot open", () => {
  const area = field("<div>x</div>");
  expect(() => openArticle(area)).toThrow(UnknownHereError);
  expect([area.className, area.form!.querySelectorAll("input").length]).toEqual(["", 1]);
});

test("a pasted picture is sent, stands in the text and can be told in words", async () => {
  const answer = new Response("![ruta](bilder/ruta-a.png)", { headers: { "X-Address": "/p/ruta.png" } });
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(answer)));
  const { editor, sent } = opened("");
  const paste = new Event("paste", { cancelable: true, bubbles: true });
  const files = [new File(["x"], "ruta.png")];
  Object.assign(paste, { clipboardData: { files, getData: () => "", types: ["Files"] } });
  editor.view.dom.dispatchEvent(paste);
  await vi.waitFor(() => expect(sent()).toBe("![ruta](bilder/ruta-a.png)"));
  expect(document.querySelector(".editor__picture img")!.getAttribute("src")).toBe("/p/ruta.png");
  const words = document.querySelector<HTMLInputElement>(".editor__field:not([hidden]) .input")!;
  words.value = "Rutan Ny mall";
  words.dispatchEvent(new Event("change"));
  expect(sent()).toBe("![Rutan Ny mall](bilder/ruta-a.png)");
});

test("a chosen picture stays when another one is pasted and when somebody writes on", async () => {
  const answer = () => new Response("![ruta](bilder/ruta-a.png)", { headers: { "X-Address": "/p/ruta.png" } });
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(answer())));
  const { editor, sent } = opened("");
  const paste = async (standing: string): Promise<void> => {
    const event = new Event("paste", { cancelable: true, bubbles: true });
    Object.assign(event, { clipboardData: { files: [new File(["x"], "ruta.png")], getData: () => "", types: ["Files"] } });
    editor.view.dom.dispatchEvent(event);
    await vi.waitFor(() => expect(sent()).toBe(standing));
  };
  await paste("![ruta](bilder/ruta-a.png)");
  await paste("![ruta](bilder/ruta-a.png)\n\n![ruta](bilder/ruta-a.png)");
  const letter = new KeyboardEvent("keypress", { key: "S", bubbles: true });
  Object.defineProperty(letter, "charCode", { value: 83 });
  editor.view.dom.dispatchEvent(letter);
  editor.commands.insertContent("Sedan");
  expect(sent()).toBe("![ruta](bilder/ruta-a.png)\n\n![ruta](bilder/ruta-a.png)\n\nSedan");
});

test("Enter goes on after a chosen picture", () => {
  const { editor, sent } = opened("![ruta](bilder/ruta-a.png)");
  editor.commands.setNodeSelection(1);
  editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  editor.commands.insertContent("Sedan");
  expect(sent()).toBe("![ruta](bilder/ruta-a.png)\n\nSedan");
});
