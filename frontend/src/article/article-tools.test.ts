import { getSchema } from "@tiptap/core";
import { expect, test } from "vitest";
import { anchorsOf } from "./anchors";
import { articleAddress } from "./article-tools";
import { readMarkdown } from "./reading";
import { articleExtensions } from "./schema";

const schema = getSchema(articleExtensions({ address: () => undefined, callouts: {} }));

test("headings are found by the addresses that the server gives them", () => {
  const { doc } = readMarkdown("# Lägga till\n\n## Lägga till\n\n## Main\n\n## `Två` & tre – fyra_", schema);
  expect([...anchorsOf(doc)]).toEqual([
    ["#lagga-till", "Lägga till"],
    ["#lagga-till-2", "Lägga till"],
    ["#main-1", "Main"],
    ["#tva-tre-fyra", "Två & tre – fyra_"],
  ]);
});

test.each([
  ["../mallar/rapport.sv.md#steg", "../mallar/rapport.sv.md#steg"],
  ["#steg", "#steg"],
  ["manual.example/a", "https://manual.example/a"],
  ["javascript:alert(1)", ""],
  ["", ""],
])("the address %s is kept as %s", (typed, kept) => {
  expect(articleAddress(typed)).toBe(kept);
});
