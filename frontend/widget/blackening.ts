/* Black boxes drawn into a picture before anything leaves the page. */
import { button, el } from "./dom.ts";
import type { Panel } from "./panel.ts";

interface Box { x: number; y: number; width: number; height: number }

/** Shows the picture, and gives it back with what was hidden, or null when it was thrown away. */
export function blacken(panel: Panel, picture: HTMLCanvasElement): Promise<File | null> {
  return new Promise((done) => edit(panel, picture, done));
}

function edit(panel: Panel, picture: HTMLCanvasElement, done: (file: File | null) => void): void {
  const { words } = panel;
  const boxes = new Boxes(picture);
  const finish = (file: File | null): void => {
    panel.wide(false);
    done(file);
  };
  const use = (): void => boxes.drawn.toBlob((blob) => finish(blob && new File([blob], "window.png", { type: "image/png" })), "image/png");
  boxes.drawn.setAttribute("aria-label", words.hideTitle);
  panel.wide(true);
  panel.show(
    () => finish(null),
    el("h2", {}, words.hideTitle),
    el("p", { class: "soft" }, words.hideHint),
    el("div", { class: "row" }, button(words.addBox, () => boxes.addInTheMiddle()), button(words.undoBox, () => boxes.undo())),
    boxes.drawn,
    el("div", { class: "row" }, button(words.use, use, "main"), button(words.cancel, () => finish(null))),
  );
}

/** What is shown is what is sent: the boxes are pixels of the one canvas, with nothing behind them. */
class Boxes {
  readonly drawn: HTMLCanvasElement;
  readonly #boxes: Box[] = [];
  #begun: Box | null = null;

  constructor(private readonly picture: HTMLCanvasElement) {
    this.drawn = el("canvas", { tabindex: "0", role: "img" });
    this.drawn.width = picture.width;
    this.drawn.height = picture.height;
    this.drawn.addEventListener("pointerdown", (event) => this.#begin(event));
    this.drawn.addEventListener("pointermove", (event) => this.#stretch(event));
    this.drawn.addEventListener("pointerup", () => (this.#begun = null));
    this.drawn.addEventListener("pointercancel", () => (this.#begun = null));
    this.drawn.addEventListener("keydown", (event) => this.#move(event));
    this.#draw();
  }

  addInTheMiddle(): void {
    const { width, height } = this.picture;
    this.#boxes.push({ x: width * 0.35, y: height * 0.4, width: width * 0.3, height: height * 0.2 });
    this.#draw();
    this.drawn.focus();
  }

  undo(): void {
    this.#boxes.pop();
    this.#draw();
  }

  #begin(event: PointerEvent): void {
    this.drawn.setPointerCapture(event.pointerId);
    this.#begun = { ...this.#at(event), width: 0, height: 0 };
    this.#boxes.push(this.#begun);
  }

  #stretch(event: PointerEvent): void {
    if (!this.#begun) return;
    const to = this.#at(event);
    this.#begun.width = to.x - this.#begun.x;
    this.#begun.height = to.y - this.#begun.y;
    this.#draw();
  }

  #move(event: KeyboardEvent): void {
    const box = this.#boxes.at(-1);
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!box || (!x && !y)) return;
    event.preventDefault();
    const step = this.picture.width / 50;
    if (event.shiftKey) {
      box.width += (x ?? 0) * step;
      box.height += (y ?? 0) * step;
    } else {
      box.x += (x ?? 0) * step;
      box.y += (y ?? 0) * step;
    }
    this.#draw();
  }

  #at(event: PointerEvent): { x: number; y: number } {
    const shown = this.drawn.getBoundingClientRect();
    return {
      x: ((event.clientX - shown.left) / shown.width) * this.picture.width,
      y: ((event.clientY - shown.top) / shown.height) * this.picture.height,
    };
  }

  #draw(): void {
    const ink = this.drawn.getContext("2d");
    if (!ink) return;
    ink.drawImage(this.picture, 0, 0);
    ink.fillStyle = "#000";
    for (const box of this.#boxes) ink.fillRect(box.x, box.y, box.width, box.height);
  }
}
