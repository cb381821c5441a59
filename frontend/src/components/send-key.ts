/**
 * Ctrl+Enter (Command+Enter on a Mac) in a field presses the form's button that says `data-sends`; of several the one
 * that is shown. It listens before the editor does, which would make a line break of the keys.
 */
export function startSendKey(): void {
  document.addEventListener("keydown", pressed, { capture: true });
}

function pressed(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  const button = [...(form?.querySelectorAll<HTMLButtonElement>("button[data-sends]") ?? [])].find(shown);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
}

function shown(button: HTMLButtonElement): boolean {
  for (let at: Element | null = button; at; at = at.parentElement) {
    if (getComputedStyle(at).display === "none") return false;
  }
  return true;
}
