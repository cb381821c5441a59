import { fresh } from "../enhance";

/**
 * `data-shown-when="ID"`: this part of a form is there while the box or radio button with that id is chosen; without
 * script, always.
 */
export function shownWhen(root: ParentNode): void {
  for (const part of fresh<HTMLElement>(root, "[data-shown-when]", "ShownWhen")) {
    const box = document.getElementById(part.dataset["shownWhen"] ?? "");
    if (!(box instanceof HTMLInputElement)) continue;
    const follow = (): void => {
      part.hidden = !box.checked;
    };
    // A radio button says nothing when another one takes its place.
    (box.form ?? box).addEventListener("change", follow);
    follow();
  }
}
