/* Elements without HTML text: nothing that anybody wrote can become markup, also under Trusted Types. */
type Child = Node | string | null | false | undefined;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | undefined>;

/** An element; functions are listeners ("click"), true is an attribute without a value, false and "" leave it out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child): child is Node | string => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export function button(label: string, act: () => void, kind = ""): HTMLButtonElement {
  return el("button", { type: "button", class: kind, click: () => act() }, label);
}
