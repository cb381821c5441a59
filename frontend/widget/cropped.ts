/*
 * Whether a picture shows less than the whole window (A9); the portal and the widget decide alike, by size alone. A
 * whole one is at least as large as the page's own area, counted in the pixels of the screen, or, where a tool has made
 * it smaller, in the page's. A smaller copy must also have the window's or the screen's proportions, or a cut-out of a
 * sharp screen would pass for one. A picture of another computer is as wide as screens are, and most of one high.
 */
export interface Size { width: number; height: number }
export interface Screen {
  /** The page's own area and the whole window, in CSS pixels. */
  inner: Size;
  outer: Size;
  screen: Size;
  /** Pixels of the screen for each of those. */
  ratio: number;
}

/** What may be lacking at an edge: a scroll bar, a border. */
const NEARLY = 0.96;
const PROPORTION = 0.05;
/** What of a screen's height the page's own area has at least in a window that fills it, below its tabs and menus. */
const MOST_OF_A_SCREEN = 0.8;
/** Pixels of the screens that computers have most. */
const SCREENS: readonly (readonly [number, number])[] = [
  [1280, 720], [1280, 800], [1280, 1024], [1366, 768], [1440, 900], [1536, 864], [1600, 900], [1680, 1050], [1920, 1080],
  [1920, 1200], [2160, 1440], [2256, 1504], [2560, 1440], [2560, 1600], [2880, 1800], [3024, 1964], [3440, 1440], [3840, 2160],
];

export function looksCropped(picture: Size, screen: Screen): boolean {
  if (holds(picture, screen.inner, screen.ratio) || fillsAScreen(picture)) return false;
  return !(holds(picture, screen.inner, 1) && [screen.inner, screen.outer, screen.screen].some((one) => isLike(picture, one)));
}

/** The same for a file; what is no picture that the browser knows is never called cropped. */
export async function isCropped(file: Blob): Promise<boolean> {
  if (!file.type.startsWith("image/")) return false;
  try {
    const picture = await createImageBitmap(file);
    const size = { width: picture.width, height: picture.height };
    picture.close();
    return looksCropped(size, screenNow());
  } catch {
    return false;
  }
}

function screenNow(): Screen {
  return {
    inner: { width: window.innerWidth, height: window.innerHeight },
    outer: { width: window.outerWidth, height: window.outerHeight },
    screen: { width: window.screen.width, height: window.screen.height },
    ratio: window.devicePixelRatio,
  };
}

function holds(picture: Size, area: Size, ratio: number): boolean {
  return picture.width >= area.width * ratio * NEARLY && picture.height >= area.height * ratio * NEARLY;
}

function fillsAScreen(picture: Size): boolean {
  return SCREENS.some(([width, height]) => picture.width === width && picture.height >= height * MOST_OF_A_SCREEN && picture.height <= height);
}

function isLike(picture: Size, other: Size): boolean {
  return Math.abs((picture.width / picture.height) / (other.width / other.height) - 1) <= PROPORTION;
}
