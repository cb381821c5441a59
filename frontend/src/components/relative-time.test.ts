import { expect, test } from "vitest";
import { relative } from "./relative-time";

const MINUTE = 60_000;

test.each([
  [130 * MINUTE, "sv", "om 2 h 10 min"],
  [120 * MINUTE, "sv", "om 2 h"],
  [2164 * MINUTE, "sv", "om 36 h"],
  [24 * MINUTE, "sv", "om 24 min"],
  [-48 * MINUTE, "sv", "för 48 min sedan"],
  [0, "sv", "om 0 min"],
  [3 * 24 * 60 * MINUTE, "sv", "om 3 dagar"],
  [130 * MINUTE, "en", "in 2 h 10 min"],
  [-48 * MINUTE, "en-GB", "48 min ago"],
])("a span of %i ms reads in %s as %s", (span, language, words) => {
  expect(relative(span, language)).toBe(words);
});
