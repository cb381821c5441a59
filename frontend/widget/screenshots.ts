/* Screenshots as people take them, made up for the tests of the whole-window check: always the same by their seed. */
import type { Screen, Size } from "./cropped.ts";

export interface Screenshot { what: string; size: Size; screen: Screen; isCropped: boolean }

/** Size in CSS pixels, and pixels of the screen for each. */
const SCREENS: [number, number, number][] = [
  [1366, 768, 1], [1920, 1080, 1], [1920, 1200, 1], [1536, 864, 1.25], [1280, 720, 1.5], [1512, 982, 2], [2560, 1440, 1], [2560, 1440, 1.5], [820, 1180, 2],
];
/** Of other computers, in their pixels: screens from the usual list, and two that are on no list. */
const OTHERS: [number, number][] = [[1366, 768], [1440, 900], [1600, 900], [1920, 1080], [2560, 1440], [1900, 1000], [2736, 1824]];
const SEED = 20_261_121;

type Chance = (least: number, most: number) => number;

/** So many of each sort, whole ones and cut-outs alike. */
export function screenshots(many: number): Screenshot[] {
  const chance = chanceOf(SEED);
  return Array.from({ length: many }).flatMap(() => [...whole(chance), ...cutOut(chance)]);
}

function whole(chance: Chance): Screenshot[] {
  const screen = screenOf(chance);
  const { inner, outer, ratio } = screen;
  const [width, height] = OTHERS[Math.floor(chance(0, OTHERS.length))] ?? [0, 0];
  const bars = Math.round(chance(85, 140));
  return [
    ["the page's area", times(inner, ratio)],
    ["the page's area without its scroll bar", times({ ...inner, width: inner.width - 17 }, ratio)],
    ["the window with its tabs and menus", times(outer, ratio)],
    ["the screen", times(screen.screen, ratio)],
    ["two screens", times({ ...screen.screen, width: screen.screen.width * 2 }, ratio)],
    ["the window, made smaller by its tool", times(outer, 1)],
    ["another computer's screen", { width, height }],
    ["another computer's page, its window filling the screen", { width, height: height - bars }],
    ["a window of the product that is smaller than this one", times({ width: inner.width * chance(0.5, 0.95), height: inner.height * chance(0.6, 1) }, ratio)],
  ].map(([what, size]) => ({ what, size, screen, isCropped: false }) as Screenshot);
}

function cutOut(chance: Chance): Screenshot[] {
  const screen = screenOf(chance);
  const { inner, ratio } = screen;
  const some = (least: number, most: number): Size => ({ width: inner.width * chance(least, most), height: inner.height * chance(least, most) });
  return [
    ["a message", { width: chance(200, 420), height: chance(60, 140) }],
    ["a dialog", { width: chance(380, 700), height: chance(240, 480) }],
    ["a side of it", { ...inner, width: inner.width * chance(0.3, 0.6) }],
    ["its upper part", { ...inner, height: inner.height * chance(0.3, 0.7) }],
    ["a wide strip", { ...inner, height: chance(80, 240) }],
    ["a small part", some(0.15, 0.5)],
    ["a large part", some(0.5, 0.9)],
    ["all but the edges", times(inner, chance(0.85, 0.93))],
    ["a field with its label", { width: chance(150, 500), height: chance(40, 90) }],
  ].map(([what, size]) => ({ what, size: times(size as Size, ratio), screen, isCropped: true }) as Screenshot);
}

/** A window that fills its screen, or floats on it. */
function screenOf(chance: Chance): Screen {
  const [width, height, ratio] = SCREENS[Math.floor(chance(0, SCREENS.length))] ?? [0, 0, 1];
  const fills = chance(0, 1) < 0.7;
  const outer = fills ? { width, height: height - 40 } : times({ width, height }, chance(0.7, 0.9));
  return { inner: { width: outer.width, height: outer.height - Math.round(chance(85, 140)) }, outer, screen: { width, height }, ratio };
}

function times(size: Size, factor: number): Size {
  return { width: Math.round(size.width * factor), height: Math.round(size.height * factor) };
}

/** Mulberry32: numbers that look like chance, and are the same every time. */
function chanceOf(seed: number): Chance {
  let state = seed;
  return (least, most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * (most - least);
  };
}
