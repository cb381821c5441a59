/*
 * What the product's page says about itself: attributes of the script tag, read once.
 *
 *   data-vaxel="ID"            which widget this is
 *   data-token="/help-token"   where on the product's own site a token of the person who is signed in is made
 *   data-product, data-version, data-role   what the page stands for
 *   data-keep="view,tab"       query parameters of the address that may go with a question; no others do
 *   data-errors="yes"          the page's last errors may go with a question
 *   data-theme="light|dark"    else as the device says
 *   data-button="no"           no button of ours: [data-vaxel-open] in the page opens the panel
 */
export interface Host {
  id: string;
  /** Where Växel is: the script's own origin. */
  base: string;
  token: string;
  product: string;
  version: string;
  role: string;
  keep: ReadonlySet<string>;
  theme: string;
  button: boolean;
  /** What went wrong in the page lately, newest last; stays empty unless the page lets us look. */
  errors: string[];
}

const MOST_ERRORS = 5;
const LONGEST_ERROR = 300;

export function readHost(script: HTMLScriptElement): Host {
  const said = script.dataset;
  const host: Host = {
    id: said.vaxel ?? "",
    base: new URL(script.src).origin,
    token: said.token ?? "",
    product: said.product ?? "",
    version: said.version ?? "",
    role: said.role ?? "",
    keep: new Set((said.keep ?? "").split(",").map((name) => name.trim()).filter(Boolean)),
    theme: said.theme ?? "auto",
    button: said.button !== "no",
    errors: [],
  };
  if (said.errors === "yes") {
    window.addEventListener("error", (event) => remember(host.errors, event.message));
    window.addEventListener("unhandledrejection", (event) => remember(host.errors, String(event.reason)));
  }
  return host;
}

export function remember(errors: string[], text: string): void {
  errors.push(text.slice(0, LONGEST_ERROR));
  errors.splice(0, errors.length - MOST_ERRORS);
}

/** The key under which an unsent question outlives a reload of the tab: its words and its draft, nothing else. */
export const keptKey = (host: Host): string => `vaxel:${host.id}`;
