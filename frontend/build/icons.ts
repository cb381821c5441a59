import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Every icon the templates may ask for: our name (what it means) to Lucide's (what it depicts). */
export const ICONS: Readonly<Record<string, string>> = {
  add: "plus",
  agreement: "file-badge",
  answer: "message-circle",
  article: "book-open",
  assign: "user-plus",
  attach: "paperclip",
  bold: "bold",
  bullets: "list",
  calendar: "calendar",
  check: "check",
  clock: "clock",
  close: "x",
  closed: "archive",
  code: "code",
  codeblock: "square-code",
  contact: "contact-round",
  copy: "copy",
  danger: "octagon-alert",
  delete: "trash-2",
  down: "chevron-down",
  download: "download",
  due: "clock-alert",
  edit: "pencil",
  event: "circle-dot",
  filter: "list-filter",
  heading: "heading-2",
  help: "circle-question-mark",
  question: "message-circle-question-mark",
  home: "house",
  image: "image",
  inbox: "inbox",
  info: "info",
  italic: "italic",
  keyboard: "keyboard",
  language: "languages",
  late: "alarm-clock-off",
  left: "chevron-left",
  link: "link",
  loading: "loader-circle",
  mail: "mail",
  manual: "book-marked",
  menu: "menu",
  mine: "user-round-check",
  more: "ellipsis",
  new: "sparkle",
  note: "lock-keyhole",
  numbers: "list-ordered",
  open: "circle-dashed",
  organisation: "building-2",
  paused: "circle-pause",
  people: "users",
  person: "user",
  phone: "phone",
  priority: "signal",
  product: "box",
  project: "folder-kanban",
  quote: "text-quote",
  reply: "reply",
  right: "chevron-right",
  route: "route",
  search: "search",
  send: "send-horizontal",
  settings: "settings",
  signout: "log-out",
  solved: "circle-check",
  support: "headset",
  table: "table",
  theme: "sun-moon",
  tickets: "messages-square",
  undo: "undo-2",
  redo: "redo-2",
  unassigned: "user-x",
  up: "chevron-up",
  view: "eye",
  waiting: "hourglass",
  warning: "triangle-alert",
  wish: "lightbulb",
};

/** Builds one SVG sprite of the icons above; `icon('name')` in templates points into it. */
export function iconSprite(): Plugin {
  return {
    name: "vaxel-icon-sprite",
    apply: "build",
    buildStart() {
      this.emitFile({
        type: "asset",
        // A fixed name: Django's static storage gives it its fingerprint.
        fileName: "icons.svg",
        source: sprite(ICONS),
      });
    },
  };
}

/** One `<symbol>` per icon, drawn in the colour of the text around it. */
export function sprite(icons: Readonly<Record<string, string>>): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");
  const symbols = Object.entries(icons).map(([name, lucide]) => {
    const drawing = readFileSync(join(folder, `${lucide}.svg`), "utf8");
    const shapes = drawing.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
