import { afterEach, describe, expect, it, vi } from "vitest";
import { insert, markdownTools } from "./markdown-tools";

const page = (value: string): HTMLTextAreaElement => {
  document.body.innerHTML = `<div id="live"></div><form><input name="csrfmiddlewaretoken" value="t">
    <label for="a">Text</label><textarea id="a" data-markdown="/up/" data-words='{"bold": "Fetstil", "text": "text"}'></textarea></form>`;
  const area = document.querySelector("textarea");
  if (!area) throw new Error("no field");
  area.value = value;
  return area;
};

afterEach(() => vi.unstubAllGlobals());

describe("markdown tools", () => {
  it("put marks around what is chosen, and nothing else changes", () => {
    const area = page("en röd bil");
    markdownTools(document);
    area.setSelectionRange(3, 6);
    document.querySelector<HTMLButtonElement>("[aria-label=Fetstil]")?.click();
    expect(area.value).toBe("en **röd** bil");
  });

  it("give a block empty lines around it", () => {
    const area = page("förut\nefter");
    area.setSelectionRange(6, 6);
    insert(area, "## rubrik", true);
    expect(area.value).toBe("förut\n\n## rubrik\n\nefter");
  });

  it("send a pasted picture and put in what is answered", async () => {
    const area = page("");
    const sent = vi.fn((_url: string, _options: RequestInit) => Promise.resolve(new Response("![a](bilder/a.png)")));
    vi.stubGlobal("fetch", sent);
    markdownTools(document);
    const paste = new Event("paste", { cancelable: true });
    Object.assign(paste, { clipboardData: { files: [new File(["x"], "a.png")], getData: () => "" } });
    area.dispatchEvent(paste);
    await vi.waitFor(() => expect(area.value).toBe("![a](bilder/a.png)"));
    expect(sent.mock.calls[0]?.[0]).toBe("/up/");
    expect(paste.defaultPrevented).toBe(true);
  });

  it("tell the draft of every change", () => {
    const area = page("");
    const heard = vi.fn();
    area.form?.addEventListener("input", heard);
    insert(area, "x", false);
    expect(heard).toHaveBeenCalledOnce();
  });
});
