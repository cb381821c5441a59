/* The one script of a product's page: a button, and nothing more until somebody presses it. */
import { readHost } from "./host.ts";
import { recall } from "./kept.ts";
import { BUTTON, sheet } from "./style.ts";

const script = document.querySelector<HTMLScriptElement>("script[data-vaxel]");
// The panel's part imports this file by its own address, and a page runs a file once for each address.
if (script && script.dataset.started !== "yes") {
  script.dataset.started = "yes";
  start(script);
}

function start(tag: HTMLScriptElement): void {
  const host = readHost(tag);
  const place = document.createElement("vaxel-help");
  place.dataset.theme = host.theme;
  const root = place.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet(BUTTON)];
  const english = document.documentElement.lang.toLowerCase().startsWith("en");
  const open = document.createElement("button");
  open.type = "button";
  open.className = "open";
  open.hidden = !host.button;
  open.textContent = label(english, recall(host)?.waits ?? false);
  open.setAttribute("aria-expanded", "false");
  root.append(open);
  document.body.append(place);

  const show = async (from: HTMLElement): Promise<void> => {
    try {
      const { showPanel } = await import("./panel.ts");
      await showPanel(host, root, open, from);
    } catch {
      open.textContent = english ? "Help is away: try again" : "Hjälpen är borta: försök igen";
    }
  };
  open.addEventListener("click", () => void show(open));
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-vaxel-open]") : null;
    if (target) void show(target);
  });
}

function label(english: boolean, waits: boolean): string {
  if (waits) return english ? "Help: a question waits" : "Hjälp: en fråga väntar";
  return english ? "Help" : "Hjälp";
}
