import { fresh } from "../enhance";

/** Moves focus to the error summary when there is one; its links land in the field they name. */
export function focusErrorSummary(root: ParentNode): void {
  for (const summary of fresh(root, "[data-error-summary]", "ErrorSummary")) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      showWithLabel(field);
      field.focus({ preventScroll: true });
    });
  }
}

/** Scrolls so that the words above the field are seen too, not only the field. */
function showWithLabel(field: HTMLElement): void {
  (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
}
