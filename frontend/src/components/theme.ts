import { fresh } from "../enhance";

const YEAR = 365 * 24 * 3600;

/** The theme changes at once and is remembered; without script the form goes to the server, which does the same. */
export function themeChoices(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-theme-choice]", "Theme")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement)) return;
      event.preventDefault();
      remember(button.value);
      show(form, button);
    });
  }
}

function show(form: HTMLFormElement, chosen: HTMLButtonElement): void {
  if (chosen.value === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen.value;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}

/** At once, so that the next page has it however soon it is asked for; the same cookie as the server's. */
function remember(theme: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `vaxel_theme=${theme}; path=/; max-age=${String(YEAR)}; samesite=lax${secure}`;
}
