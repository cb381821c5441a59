import { fresh } from "../enhance";

/** `data-shown-when="ID"`: this part of a form is there while the box with that id is ticked; without script, always. */
export function shownWhen(root: ParentNode): void {
  for (const part of fresh<HTMLElement>(root, "[data-shown-when]", "ShownWhen")) {
    const box = document.getElementById(part.dataset["shownWhen"] ?? "");
    if (!(box instanceof HTMLInputElement)) continue;
    const follow = (): void => {
      part.hidden = !box.checked;
    };
    box.addEventListener("change", follow);
    follow();
  }
}
