import { describe, expect, it } from "vitest";
import { looksCropped, type Size } from "./cropped";
import { screenshots, type Screenshot } from "./screenshots";

/** Twenty of each of nine sorts of whole pictures and nine of cut-outs. */
const TAKEN = screenshots(20);

function wrong(taken: Screenshot[]): Record<string, number> {
  const found = taken.filter((one) => looksCropped(one.size, one.screen) !== one.isCropped);
  return Object.fromEntries(found.map(({ what }) => [what, found.filter((one) => one.what === what).length]));
}

describe("looksCropped", () => {
  it("is wrong as often as the manual says", () => {
    expect(TAKEN.length).toBe(360);
    expect(wrong(TAKEN.filter((one) => !one.isCropped))).toEqual({
      "a window of the product that is smaller than this one": 17,
      "another computer's page, its window filling the screen": 3,
      "another computer's screen": 2,
    });
    expect(wrong(TAKEN.filter((one) => one.isCropped))).toEqual({ "a large part": 2, "all but the edges": 13 });
  });

  const sharp = { inner: { width: 1512, height: 820 }, outer: { width: 1512, height: 942 }, screen: { width: 1512, height: 982 }, ratio: 2 };
  it.each<[string, Size, boolean]>([
    ["a picture of the page in the screen's pixels", { width: 3024, height: 1640 }, false],
    ["the window made smaller", { width: 1512, height: 942 }, false],
    ["a cut-out as large as a window made smaller, but wider than windows are", { width: 2600, height: 900 }, true],
    ["a page of another computer", { width: 1920, height: 945 }, false],
    ["the upper part of another computer's page", { width: 1920, height: 600 }, true],
  ])("knows %s", (_what, size, isCropped) => {
    expect(looksCropped(size, sharp)).toBe(isCropped);
  });
});
