/*
 * A picture of the window: by the browser's own capture, or where there is none drawn from the page's elements. What
 * is secret is covered before the first frame, and nothing leaves the page until its maker has seen it.
 */
import { blacken } from "./blackening.ts";
import { el } from "./dom.ts";
import { Masks, painted } from "./masks.ts";
import type { Panel } from "./panel.ts";

/** "refused": somebody, or the browser's own rules, said no to the capture. */
export type Taken = File | "refused" | null;

/** Not in every browser's types yet. */
interface Ruled { featurePolicy?: { allowsFeature(name: string): boolean } }

/** Whether the browser can be asked; phones cannot, nor may a frame that its page has not allowed it. */
export function canCapture(): boolean {
  const rules = (document as Ruled).featurePolicy;
  return typeof navigator.mediaDevices?.getDisplayMedia === "function" && rules?.allowsFeature("display-capture") !== false;
}

/** The picture with what was hidden; null when none was taken or it was thrown away. */
export async function takePicture(panel: Panel, way: "capture" | "render"): Promise<Taken> {
  let canvas: HTMLCanvasElement;
  try {
    canvas = await withSecretsCovered(panel, way === "capture" ? captured : () => rendered(panel));
  } catch (fault) {
    return fault instanceof DOMException && fault.name === "NotAllowedError" ? "refused" : null;
  }
  return blacken(panel, canvas);
}

async function withSecretsCovered(panel: Panel, make: () => Promise<HTMLCanvasElement>): Promise<HTMLCanvasElement> {
  const masks = new Masks(panel.root);
  panel.aside(true);
  masks.put();
  try {
    await painted();
    return await make();
  } finally {
    masks.off();
    panel.aside(false);
  }
}

async function captured(): Promise<HTMLCanvasElement> {
  // Not in every browser's types yet: this tab is offered first.
  const wished = { video: { displaySurface: "browser" }, audio: false, preferCurrentTab: true, selfBrowserSurface: "include" };
  const stream = await navigator.mediaDevices.getDisplayMedia(wished as DisplayMediaStreamOptions);
  try {
    return await frameOf(stream);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function rendered(panel: Panel): Promise<HTMLCanvasElement> {
  const { renderWindow } = await import("./rendering.ts");
  return renderWindow(panel.root.host);
}

async function frameOf(stream: MediaStream): Promise<HTMLCanvasElement> {
  const video = el("video", { muted: true, playsinline: true });
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  // Two frames: one may still show the panel.
  for (let frame = 0; frame < 2; frame += 1) await nextFrame(video);
  const canvas = el("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return canvas;
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((done) => {
    // A page that does not move gives no new frame.
    const late = window.setTimeout(done, 300);
    video.requestVideoFrameCallback(() => {
      window.clearTimeout(late);
      done();
    });
  });
}
