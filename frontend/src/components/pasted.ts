/** What an editor takes of a page, a mail or a document that somebody pastes. */
export interface Taken {
  /** The least of its headings: 4 for `h4`. */
  readonly least: number;
  /** Whether a table stays one. */
  readonly tables: boolean;
}

/**
 * HTML as other programs put it on the clipboard, in the elements that an editor knows: Word's lists are paragraphs with
 * signs before them, Google's bold is a style, and all of them begin with a heading that only the page's title may be.
 */
export function tidied(html: string, taken: Taken): string {
  // Ours already.
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const nothing of body.querySelectorAll("style, script, meta, title, link, xml, img")) nothing.remove();
  empty(body);
  styled(body);
  wordLists(body);
  headings(body, taken.least);
  for (const cell of body.querySelectorAll("td, th")) oneLine(cell);
  for (const table of body.querySelectorAll("table")) (taken.tables ? apart : rowsOf)(table);
  for (const code of body.querySelectorAll("pre")) codeOf(code);
  return body.innerHTML;
}

/** How many pictures stand in it that an editor cannot take along. */
export function picturesIn(html: string): number {
  if (html.includes("data-pm-slice")) return 0;
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  return [...body.querySelectorAll("img")].filter((picture) => !isDot(picture)).length;
}

/** Pictures of a single dot count readers; nobody misses them. */
function isDot(picture: HTMLImageElement): boolean {
  return [picture.getAttribute("width"), picture.getAttribute("height")].every((size) => size === "1" || size === "0");
}

const STYLE = "data-style";

/** Styles are refused by the page's security policy, and what those of an attribute say would be lost. */
function withoutStyles(html: string): string {
  const bare = html.replace(/<(style)\b[\s\S]*?<\/\1>/gi, "");
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
}

/** Paragraphs that part others in Word, and those that a picture leaves behind. A line of its own (`<br>`) is meant. */
function empty(body: HTMLElement): void {
  for (const paragraph of body.querySelectorAll("p")) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("br, video")) paragraph.remove();
  }
}

/** Bold and italic of a style as elements, and bold that a style takes back as words. */
function styled(body: HTMLElement): void {
  for (const each of body.querySelectorAll<HTMLElement>(`[${STYLE}]`)) {
    const style = each.getAttribute(STYLE) ?? "";
    const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1] ?? "";
    if (/^(B|STRONG)$/.test(each.tagName) && /^(normal|[1-4]00)$/i.test(weight)) unwrap(each);
    else if (each.tagName === "SPAN") {
      if (/^(bold|bolder|[6-9]00)$/i.test(weight)) wrapWithin(each, "strong");
      if (/font-style\s*:\s*italic/i.test(style)) wrapWithin(each, "em");
    }
  }
}

function wrapWithin(each: HTMLElement, tag: string): void {
  const mark = document.createElement(tag);
  mark.append(...each.childNodes);
  each.append(mark);
}

function unwrap(each: Element): void {
  each.replaceWith(...each.childNodes);
}

/** Word's paragraphs with `mso-list` as lists, by their level. */
function wordLists(body: HTMLElement): void {
  const lists: HTMLElement[] = [];
  let last: Element | null = null;
  for (const paragraph of body.querySelectorAll<HTMLElement>("p, div, h1, h2, h3, h4, h5, h6")) {
    const [, level] = /mso-list\s*:[^;"]*level(\d)/i.exec(paragraph.getAttribute(STYLE) ?? "") ?? [];
    if (!level) continue;
    const follows = last !== null && last === paragraph.previousElementSibling;
    if (!follows) lists.length = 0;
    const item = document.createElement("li");
    const tag = signOf(paragraph);
    item.append(...paragraph.childNodes);
    const list = listAt(lists, Math.min(Number(level), lists.length + 1), tag);
    list.append(item);
    if (lists.length === 1 && !list.isConnected) paragraph.before(list);
    paragraph.remove();
    last = lists[0] ?? null;
  }
}

/** Takes the sign away that Word wrote before the words, and says which kind of list it is one of. */
function signOf(paragraph: HTMLElement): "ol" | "ul" {
  let sign = "";
  for (const span of paragraph.querySelectorAll(`[${STYLE}*="mso-list" i]`)) {
    sign += span.textContent.trim();
    span.remove();
  }
  return /^(\d+|[a-zåäö]|[ivxl]+)[.)]/i.test(sign) && !/^o$/.test(sign) ? "ol" : "ul";
}

/** The list of this level, begun where there is none yet; deeper ones are over. */
function listAt(lists: HTMLElement[], level: number, tag: "ol" | "ul"): HTMLElement {
  lists.length = Math.min(lists.length, level);
  const there = lists[level - 1];
  if (there?.tagName.toLowerCase() === tag) return there;
  const list = document.createElement(tag);
  const above = lists[level - 2];
  if (above) (above.lastElementChild ?? above).append(list);
  else there?.after(list);
  lists[level - 1] = list;
  return list;
}

/** A page's title becomes the first of headings and moves the others down; the least is as small as it gets. */
function headings(body: HTMLElement, least: number): void {
  const down = body.querySelector("h1") ? 1 : 0;
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const level = Math.min(Number(heading.tagName[1]) + down, least);
    const made = document.createElement(`h${level}`);
    made.append(...heading.childNodes);
    heading.replaceWith(made);
  }
}

/** A cell is a line of words: its paragraphs and items become lines in it. */
function oneLine(cell: Element): void {
  for (const inner of cell.querySelectorAll("table, thead, tbody, tr, td, th, ul, ol")) unwrap(inner);
  const parts = [...cell.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre")];
  for (const part of parts) {
    if (part.nextSibling && part.textContent.trim()) part.after(document.createElement("br"));
    unwrap(part);
  }
  while (cell.lastChild && !cell.lastChild.textContent?.trim()) cell.lastChild.remove();
}

/** Markdown joins no cells: the words stand in the first, and empty ones keep what follows in its column. */
function apart(table: HTMLTableElement): void {
  const rows = [...table.rows];
  const widest = Math.max(...rows.map(({ cells }) => cells.length));
  // Column by column: what stands to the left is complete in every row.
  for (let column = 0; rows.some(({ cells }) => column < cells.length); column += 1) {
    rows.forEach(({ cells }, at) => {
      const cell = cells[column];
      if (!cell) return;
      const { colSpan, rowSpan } = cell;
      for (const span of ["colspan", "rowspan"]) cell.removeAttribute(span);
      const across = Array.from({ length: Math.min(colSpan, widest) }, (_, more) => column + more);
      for (const row of rows.slice(at, at + rowSpan)) {
        for (const each of row === rows[at] ? across.slice(1) : across) {
          row.insertBefore(document.createElement(cell.tagName), row.cells[each] ?? null);
        }
      }
    });
  }
}

/** Where there are no tables, a row is a line. */
function rowsOf(table: HTMLTableElement): void {
  const lines = document.createElement("p");
  for (const row of table.rows) {
    if (lines.hasChildNodes()) lines.append(document.createElement("br"));
    [...row.cells].forEach((cell, index) => lines.append(...(index > 0 ? [" | "] : []), ...cell.childNodes));
  }
  table.replaceWith(lines);
}

/** The line end that closes code is no empty line of it. */
function codeOf(code: Element): void {
  const within = code.querySelector("code") ?? code;
  const end = within.lastChild;
  if (end?.nodeType === Node.TEXT_NODE) end.textContent = (end.textContent ?? "").replace(/\n$/, "");
}
