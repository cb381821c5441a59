import { expect, test } from "vitest";
import { focusErrorSummary } from "./error-summary";

test("the summary takes focus and its links land in their fields", () => {
  document.body.innerHTML = `<div data-error-summary tabindex="-1"><a href="#version">Ange version</a></div>
    <div class="field"><input id="version"></div>`;
  Element.prototype.scrollIntoView = () => undefined;
  focusErrorSummary(document);
  expect(document.activeElement?.hasAttribute("data-error-summary")).toBe(true);
  document.querySelector("a")!.click();
  expect(document.activeElement?.id).toBe("version");
});
