import { Editor, getSchema } from "@tiptap/core";
import { afterEach, expect, test, vi } from "vitest";
import { anchorsOf } from "./anchors";
import { articleAddress, articleBar, slugOf } from "./article-tools";
import { readMarkdown } from "./reading";
import { articleExtensions } from "./schema";

const extensions = articleExtensions({ address: () => undefined, callouts: {} });
const schema = getSchema(extensions);

afterEach(() => vi.unstubAllGlobals());

test("articles are offered for words, by their files, beside the headings of the text", async () => {
  const words = `Gör en <mark>rapportmall</mark><span class="visually-hidden"> (ny flik)</span>`;
  const found = `<a href="/kompass/help/sv/rapportmall/">${words}</a>`;
  const asked = vi.fn((_address: string) => Promise.resolve(new Response(found)));
  vi.stubGlobal("fetch", asked);
  const editor = new Editor({ extensions, content: "<h2>Så gör du</h2>" });
  const { places } = articleBar("Text", "/kompass/help/sv/suggest/", "", () => undefined);
  expect([...((await places?.(editor, "mall")) ?? [])]).toEqual([
    ["#sa-gor-du", "Så gör du"],
    ["rapportmall.sv.md", "Gör en rapportmall"],
  ]);
  expect(asked.mock.calls).toEqual([["/kompass/help/sv/suggest/?words=mall"]]);
});

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
  ["#top", "#top"],
  ["#ingenstans", ""],
  ["#rapport.md", ""],
  ["manual.example/a", "https://manual.example/a"],
  ["javascript:alert(1)", ""],
  ["rapportmall", ""],
  ["gör en mall.", ""],
  ["", ""],
])("the address %s is kept as %s", (typed, kept) => {
  expect(articleAddress(typed, new Map([["#steg", "Steg"]]))).toBe(kept);
});

test.each([
  ["rapport.sv.md", "rapport"],
  ["../mallar/rapport.md#steg", "rapport"],
  ["../mallar/index.sv.md", "mallar"],
  ["https://manual.example/a.md", ""],
  ["#steg", ""],
])("the file %s names the article %s", (address, slug) => {
  expect(slugOf(address)).toBe(slug);
});
