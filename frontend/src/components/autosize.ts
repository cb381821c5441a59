import { fresh } from "../enhance";

/** Text areas grow with their text where the browser does not do that itself (field-sizing). */
export function autosize(root: ParentNode): void {
  if (CSS.supports("field-sizing", "content")) return;
  for (const area of fresh<HTMLTextAreaElement>(root, "textarea.textarea", "Autosize")) {
    area.addEventListener("input", () => grow(area));
    grow(area);
  }
}

function grow(area: HTMLTextAreaElement): void {
  const most = window.innerHeight * 0.6;
  if (area.scrollHeight > area.clientHeight && area.clientHeight < most) {
    area.rows = Math.min(area.rows + 4, 40);
  }
}
