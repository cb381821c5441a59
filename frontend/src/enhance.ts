/** Something that makes elements within `root` livelier; told once per element. */
export type Enhancer = (root: ParentNode) => void;

/** Runs `enhancer` on the page now and on everything that htmx puts into it later. */
export function enhance(enhancer: Enhancer): void {
  enhancer(document);
  document.addEventListener("htmx:load", (event) => {
    const added = event.target;
    if (added instanceof Element && added !== document.body) enhancer(added.parentElement ?? added);
  });
}

/** The elements within `root` that match and have not been met before by the same `name`. */
export function* fresh<E extends HTMLElement>(root: ParentNode, selector: string, name: string): Generator<E> {
  const mark = `met${name}`;
  for (const element of root.querySelectorAll<E>(selector)) {
    if (mark in element.dataset) continue;
    element.dataset[mark] = "";
    yield element;
  }
}
