/**
 * Says `text` to screen readers through the page's live region, once.
 * The region is emptied first and filled a moment later, so that the same words twice are heard twice.
 */
export function announce(text: string, urgent = false): void {
  const region = document.getElementById(urgent ? "alarm" : "live");
  if (!region || !text) return;
  region.textContent = "";
  window.setTimeout(() => {
    region.textContent = text;
  }, 60);
}
