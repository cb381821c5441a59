import { fresh } from "../enhance";

/** After this a press counts again: the answer got lost, or the browser came back to the page. */
const RELEASE_AFTER_MS = 8000;

/** `data-guard`: a form is sent once per press; the pressed button shows that it is under way. */
export function guards(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-guard]", "Guard")) {
    form.addEventListener("submit", (event) => guard(form, event));
    window.addEventListener("pageshow", () => release(form));
    form.addEventListener("htmx:afterRequest", () => release(form));
  }
}

function guard(form: HTMLFormElement, event: SubmitEvent): void {
  if ("sending" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset["sending"] = "";
  // The button is not disabled: a disabled one would not send its own name and value, and would lose focus.
  event.submitter?.setAttribute("aria-busy", "true");
  window.setTimeout(() => release(form), RELEASE_AFTER_MS);
}

/** The form may be sent again. */
export function release(form: HTMLFormElement): void {
  delete form.dataset["sending"];
  // Its buttons may stand elsewhere on the page.
  for (const button of form.elements) button.removeAttribute("aria-busy");
}
