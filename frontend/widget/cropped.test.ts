import { describe, expect, it } from "vitest";
import { looksCropped, type Screen, type Size } from "./cropped";

/** Screens that people have: size in CSS pixels, and pixels for each. */
const SCREENS: [string, number, number, number][] = [
  ["laptop", 1366, 768, 1],
  ["office", 1920, 1080, 1],
  ["office, enlarged", 1536, 864, 1.25],
  ["sharp laptop", 1512, 982, 2],
  ["large and sharp", 2560, 1440, 1.5],
  ["tablet", 820, 1180, 2],
];

function screenOf(width: number, height: number, ratio: number): Screen {
  const outer = { width, height: height - 40 };
  return { inner: { width, height: outer.height - 120 }, outer, screen: { width, height }, ratio };
}

const times = (size: Size, factor: number): Size => ({ width: Math.round(size.width * factor), height: Math.round(size.height * factor) });

/** Pictures of a screen, and whether each shows less than the whole window. */
function pictures(screen: Screen): [string, Size, boolean][] {
  const { inner, outer, ratio } = screen;
  return [
    ["the page's area", times(inner, ratio), false],
    ["the window", times(outer, ratio), false],
    ["the screen", times(screen.screen, ratio), false],
    ["two screens", times({ width: screen.screen.width * 2, height: screen.screen.height }, ratio), false],
    ["the window, made smaller by its tool", times(outer, 1), false],
    ["the page's area without a scroll bar", times({ width: inner.width - 17, height: inner.height }, ratio), false],
    ["a dialog", times({ width: 480, height: 320 }, ratio), true],
    ["the left half", times({ width: inner.width / 2, height: inner.height }, ratio), true],
    ["the upper half", times({ width: inner.width, height: inner.height / 2 }, ratio), true],
    ["a wide strip", times({ width: inner.width, height: 160 }, ratio), true],
    ["most of it", times(inner, ratio * 0.85), true],
    ["a message", times({ width: 300, height: 90 }, ratio), true],
  ];
}

const CASES = SCREENS.flatMap(([name, width, height, ratio]) => {
  const screen = screenOf(width, height, ratio);
  return pictures(screen).map(([what, size, isCropped]) => ({ name: `${name}: ${what}`, size, screen, isCropped }));
});

/** A cut-out of a sharp screen with the window's proportions is as large as a window made smaller: nobody can tell. */
const MISSED = ["office, enlarged", "sharp laptop", "large and sharp", "tablet"].map((name) => `${name}: most of it`);

describe("looksCropped", () => {
  it("is tried on many pictures", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });
  it.each(CASES.filter((one) => !one.isCropped))("lets $name be", ({ size, screen }) => {
    expect(looksCropped(size, screen)).toBe(false);
  });
  it("finds what is cut out, but for what looks like a smaller copy of the window", () => {
    const missed = CASES.filter((one) => one.isCropped && !looksCropped(one.size, one.screen)).map((one) => one.name);
    expect(missed).toEqual(MISSED);
  });
});
