/**
 * `&auml;` as letters, by the browser's own list of names instead of a second one of 20 kB: the build gives this to
 * markdown-it in the place of the package `entities` (vite.config.ts).
 */
export function decodeHTML(text: string): string {
  const holder = document.createElement("textarea");
  holder.innerHTML = text;
  return holder.value;
}

export const decodeHTMLStrict = decodeHTML;
