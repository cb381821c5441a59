import { expect, it } from "vitest";
import { remember } from "./host";
import { safeAddress } from "./situation";

it.each([
  ["https://app.vendor.example/plan?view=table&token=abc#row-3", "https://app.vendor.example/plan?view=table"],
  ["https://me:secret@app.vendor.example/plan?key=1", "https://app.vendor.example/plan"],
  ["https://app.vendor.example/?View=1&view=", "https://app.vendor.example/?view="],
])("an address goes without its secrets: %s", (address, kept) => {
  expect(safeAddress(address, new Set(["view"]))).toBe(kept);
});

it("only the last errors are kept, cut short", () => {
  const errors: string[] = [];
  for (let number = 0; number < 9; number += 1) remember(errors, `${number}${"x".repeat(999)}`);
  expect(errors.map((text) => text[0])).toEqual(["4", "5", "6", "7", "8"]);
  expect(errors[0]?.length).toBe(300);
});
