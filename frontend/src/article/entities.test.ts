import { expect, test } from "vitest";
import { decodeHTML } from "./entities";

test.each([
  ["&auml;", "ä"],
  ["&amp;lt;", "&lt;"],
  ["&nosuchname;", "&nosuchname;"],
  ["&nbsp;", "\u00a0"],
  ["&lt;img onerror=x&gt;", "<img onerror=x>"],
])("%s is read as %s", (written, read) => {
  expect(decodeHTML(written)).toBe(read);
});
