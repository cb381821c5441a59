import { fresh } from "../enhance";

/** `data-opens="ID"` on a button opens that dialog; the browser holds focus in it and gives it back. */
export function dialogs(root: ParentNode): void {
  for (const opener of fresh(root, "[data-opens]", "Opens")) {
    opener.addEventListener("click", () => openDialog(opener.dataset["opens"] ?? ""));
  }
  for (const dialog of fresh<HTMLDialogElement>(root, "dialog[data-dialog]", "Dialog")) {
    // A press on the veil closes: only the veil has the dialog itself as target.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}
