import { fresh } from "../enhance";
import { move } from "./menu";

/** `dialog[data-palette]`: Ctrl+K or Cmd+K opens it from anywhere, arrows walk what was found, Enter takes the first. */
export function palettes(root: ParentNode): void {
  for (const dialog of fresh<HTMLDialogElement>(root, "dialog[data-palette]", "Palette")) {
    const field = dialog.querySelector("input");
    if (field) start(dialog, field);
  }
}

function start(dialog: HTMLDialogElement, field: HTMLInputElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(dialog, field);
  });
  for (const opener of document.querySelectorAll(`[data-opens="${dialog.id}"]`)) {
    // A link, which without script leads to the palette's own page.
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      open(dialog, field);
    });
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(dialog, event);
  });
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    const first = dialog.querySelector<HTMLElement>("a[href], button.palette__item");
    if (!first) return;
    event.preventDefault();
    first.click();
  });
}

function open(dialog: HTMLDialogElement, field: HTMLInputElement): void {
  if (!dialog.open) dialog.showModal();
  field.select();
  // htmx listens for this to show what the palette offers before anything is typed.
  field.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
}
