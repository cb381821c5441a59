import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getSchema } from "@tiptap/core";
import { describe, expect, test } from "vitest";
import { KeptText, writeAnew } from "./kept-text";
import { looks } from "./likeness";
import { UnknownHereError } from "./reading";
import { articleExtensions } from "./schema";

const schema = getSchema(articleExtensions({ address: () => undefined, callouts: {} }));

/** All of it written anew, as if every block had been touched. */
const anew = (markdown: string): string => writeAnew(KeptText.of(markdown, schema).doc);

describe("each thing that articles have comes back as it was", () => {
  test.each([
    "Ett stycke med **fet**, *kursiv* och ~~struken~~ text.",
    "## Rubrik\n\n### Mellan\n\n#### Liten",
    "- en\n- två\n  - inne\n  - med\n- tre",
    "- en\n\n- två med mer\n\n  och ett stycke",
    "3. tre\n4. fyra\n   1. inne",
    "9. nio\n10. tio\n\n    med ett stycke",
    "> Någon sa så.",
    "> [!TIP]\n> Spara först.\n>\n> - en\n> - två",
    "> [!WARNING]\n> Ett stycke.\n>\n> Ett till.",
    "- I en lista\n\n  > [!NOTE]\n  > står den också.",
    "<kbd>Ctrl</kbd> + <kbd>S</kbd>",
    "**<kbd>Esc</kbd>** och **`kod`**",
    "H<sub>2</sub>O och 10<sup>3</sup>",
    "<strong>Fet</strong>, <em>kursiv</em> och <s>struken</s>",
    "`8.9.0` och ``a`b``",
    "```python\nx = 1\n\ny = 2\n```",
    "````\n```\ninne\n```\n````",
    "| Namn | Betyder |\n| --- | --- |\n| A | `b` |\n| <kbd>C</kbd> |  |",
    "| a | b | c |\n| :--- | :---: | ---: |\n| 1 | 2 | 3 |",
    "| a |\n| --- |\n| `x\\|y` z\\|w<br>ny rad |",
    "![Rutan Ny mall](bilder/mall-0123456789abcdef.png)",
    "Se ![Visa](film.mp4) i texten",
    '[mallar](../rapporter/rapportmall.sv.md#utseende) och [ut](https://e.example "Titel")',
    "<https://e.example/a_b> och [här](#steg)",
    "Rad ett\\\nrad två",
    "Ett\n\n---\n\nTvå",
    "Priset är 5 \\* 3 och \\<kbd> \\[inte länk\\]",
    "Ditt namn ⟦namn⟧ & co",
    "en\n\n- a\n\n* b",
    "1. a\n\n1) b",
    "> [!NOTE]\n> | a |\n> | --- |\n> | b |\n>\n> ```\n> kod\n> ```",
    "- en\n\n  | a |\n  | --- |\n  | b |\n\n  ![x](a.png)",
  ])("%j", (markdown) => {
    expect(looks(anew(markdown))).toBe(looks(markdown));
  });
});

describe("what the editor does not have stays in Markdown, and the line is told", () => {
  test.each([
    ["Text\n\n<details>\n<summary>Mer</summary>\n</details>", 3],
    ["En <span>bit</span>", 1],
    ["<kbd>Ctrl", 1],
    ["Se [mallar][m].\n\n[m]: mallar.sv.md", 0],
    ["<kbd>A</kbd><kbd>B</kbd>", 0],
    ["Ett\n\n<!-- en tanke -->", 3],
  ])("%j at line %i", (markdown, line) => {
    let told: unknown;
    try {
      KeptText.of(markdown, schema);
    } catch (error) {
      told = error instanceof UnknownHereError ? error.line : error;
    }
    expect(told).toBe(line);
  });
});

describe("the manuals of the example desks", () => {
  const desks = join(import.meta.dirname, "../../../examples/desks");
  const articles = readdirSync(desks, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.manual\/.*\.md$/.test(path))
    .map((path) => [path, readFileSync(join(desks, path), "utf8").replace(/^---\n.*?\n---\n/s, "").trim()] as const);

  test("all come back as they were, and none stays in Markdown", () => {
    const same = articles.filter(([, text]) => looks(writeAnew(KeptText.of(text, schema).doc)) === looks(text));
    expect(articles.length).toBeGreaterThan(100);
    expect(same.length).toBe(articles.length);
  });

  test("each is written letter by letter as it was, also when every block is new", () => {
    const other = articles.filter(([, text]) => writeAnew(KeptText.of(text, schema).doc) !== text);
    expect(other.map(([path]) => path)).toEqual([]);
  });
});
