const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite, hidden from screen readers; the page says where the sprite is (`<html data-icons>`). */
export function icon(name: string): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("width", "18");
  drawing.setAttribute("height", "18");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.documentElement.dataset["icons"] ?? ""}#${name}`);
  drawing.append(use);
  return drawing;
}
