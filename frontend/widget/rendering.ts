/*
 * A picture of the page drawn from its elements, for browsers that cannot capture a window: the library reads what
 * the page shows and paints it anew. It is no photograph: frames and pictures of other sites are left empty.
 */
import html2canvas from "html2canvas-pro";
import { secretPlaces } from "./masks.ts";

/** Milliseconds that a picture in the page may take to load. */
const LONGEST_PICTURE = 3_000;

/** What the window shows now, in the pixels of the screen; `help` is our own element, which is left out. */
export async function renderWindow(help: Element): Promise<HTMLCanvasElement> {
  const secret = secretPlaces();
  const drawn = await html2canvas(document.documentElement, {
    x: window.scrollX,
    y: window.scrollY,
    width: window.innerWidth,
    height: window.innerHeight,
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    scale: window.devicePixelRatio,
    ignoreElements: (element) => element === help,
    imageTimeout: LONGEST_PICTURE,
    logging: false,
  });
  const ink = drawn.getContext("2d");
  if (!ink) throw new Error("no canvas");
  ink.resetTransform();
  ink.fillStyle = "#000";
  const scale = drawn.width / window.innerWidth;
  for (const place of secret) ink.fillRect(place.x * scale, place.y * scale, place.width * scale, place.height * scale);
  return drawn;
}
