import { fresh } from "../enhance";

/** The theme changes at once; the form still goes to the server, which remembers it. */
export function themeChoices(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-theme-choice]", "Theme")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement)) return;
      event.preventDefault();
      void remember(form, button.value);
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

async function remember(form: HTMLFormElement, theme: string): Promise<void> {
  const body = new FormData(form);
  body.set("theme", theme);
  await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
}
