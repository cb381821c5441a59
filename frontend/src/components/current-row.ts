/** Beside an open ticket the list stands where that ticket is, not at its top. */
export function showCurrentRow(): void {
  document.querySelector(".pane--list .ticket-row--current")?.scrollIntoView({ block: "nearest" });
}
