/*
 * What nobody may see in a picture: black lies over it in the page itself while the picture is made, so that it is
 * in no frame of a capture, whichever tab, window or screen somebody chooses. Fields for passwords and cards are
 * always covered; the product marks what else with data-vaxel-mask.
 */
import { el } from "./dom.ts";

const SECRET = 'input[type="password"], input[autocomplete$="-password"], input[autocomplete="one-time-code"], input[autocomplete^="cc-"], [data-vaxel-mask]';
/** CSS pixels around a place, for what moves a little between two frames. */
const EDGE = 2;

export class Masks {
  readonly #cover = el("div", { "aria-hidden": "true" });
  #next = 0;

  constructor(private readonly root: ShadowRoot) {}

  put(): void {
    this.root.append(this.#cover);
    this.#follow();
  }

  off(): void {
    cancelAnimationFrame(this.#next);
    this.#cover.remove();
  }

  /** Places move when the page scrolls or changes. */
  #follow(): void {
    const boxes = secretPlaces().map((place) => {
      const box = el("div", { class: "mask" });
      Object.assign(box.style, { left: `${place.x}px`, top: `${place.y}px`, width: `${place.width}px`, height: `${place.height}px` });
      return box;
    });
    this.#cover.replaceChildren(...boxes);
    this.#next = requestAnimationFrame(() => this.#follow());
  }
}

/** Where in the window they are, in CSS pixels. */
export function secretPlaces(): DOMRect[] {
  return secrets(document)
    .map((element) => element.getBoundingClientRect())
    .filter((place) => place.width > 0 && place.height > 0)
    .map((place) => new DOMRect(place.x - EDGE, place.y - EDGE, place.width + 2 * EDGE, place.height + 2 * EDGE));
}

/** Also those within open shadow roots of the product's own. */
function secrets(root: Document | ShadowRoot): Element[] {
  const within = [...root.querySelectorAll("*")].flatMap((element) => (element.shadowRoot ? secrets(element.shadowRoot) : []));
  return [...root.querySelectorAll(SECRET), ...within];
}

/** Until what was changed in the page can be seen on the screen. */
export async function painted(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}
