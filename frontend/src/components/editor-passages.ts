import type { Editor } from "@tiptap/core";

/**
 * A passage or link of the manual (`button[name=passage]` below `[data-passages]`, which holds the address that answers
 * with it) is put where the caret stands. Where that fails the form is sent, and the server puts it below the words.
 */
export function takePassages(editor: Editor, form: HTMLFormElement): void {
  let placed = false;
  const place = (): void => void (placed = true);
  editor.on("focus", place);
  editor.on("selectionUpdate", place);
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=passage]");
    const address = button?.closest<HTMLElement>("[data-passages]")?.dataset["passages"];
    if (!button || !address) return;
    event.preventDefault();
    void passage(address, button.value).then((html) => {
      if (html === null) form.requestSubmit(button);
      // Nobody has said where yet: below what stands there.
      else editor.chain().focus(placed ? null : "end").insertContent(inline(html)).run();
    });
  });
}

async function passage(address: string, value: string): Promise<string | null> {
  const answer = await fetch(`${address}?${new URLSearchParams({ passage: value })}`).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.text() : null;
}

/** A link alone goes into the sentence; a passage is paragraphs of its own. */
export function inline(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const only = body.children.length === 1 ? body.firstElementChild : null;
  return only?.tagName === "P" ? only.innerHTML : html;
}
