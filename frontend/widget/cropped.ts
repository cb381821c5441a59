/*
 * Whether a picture shows less than the whole window (A9). A whole one is at least as large as the page's own area,
 * counted in the pixels of the screen, or, where a tool has made it smaller, in the page's. A smaller copy must also
 * have the window's or the screen's proportions, or a cut-out of a sharp screen would pass for one.
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

export function looksCropped(picture: Size, screen: Screen): boolean {
  if (holds(picture, screen.inner, screen.ratio)) return false;
  return !(holds(picture, screen.inner, 1) && [screen.inner, screen.outer, screen.screen].some((one) => isLike(picture, one)));
}

export function screenNow(): Screen {
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

function isLike(picture: Size, other: Size): boolean {
  return Math.abs((picture.width / picture.height) / (other.width / other.height) - 1) <= PROPORTION;
}
