import htmx from "htmx.org";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

// Pages configure htmx through <meta name="htmx-config">; tests and other modules find it here.
window.htmx = htmx;
