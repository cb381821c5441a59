import { fresh } from "../enhance";

const KEY = "vaxel.carried";
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** Hidden ones are the server's, files cannot be put back, and passwords are not to lie anywhere. */
const CONTROLS = "textarea[name], select[name], input[name]:not([type=hidden], [type=file], [type=password])";

/** `data-carries`: the form leads back to this page, so what stands in other forms and is not sent yet stays written. */
export function carriers(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-carries]", "Carries")) {
    form.addEventListener("submit", carry);
  }
}

/** Once, when the page has come: what was carried here is put back. */
export function putBack(): void {
  const carried = taken();
  if (carried === null || carried.path !== location.pathname) return;
  for (const control of written()) {
    const value = carried.values[nameOf(control)];
    if (value === undefined || value === stateOf(control)) continue;
    if (isChoice(control)) control.checked = value === "on";
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function carry(): void {
  const values = Object.fromEntries([...written()].map((control) => [nameOf(control), stateOf(control)]));
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, values }));
  } catch {
    // No room, or a browser that keeps nothing: then nothing is carried.
  }
}

function taken(): { path: string; values: Record<string, string> } | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return kept === null ? null : (JSON.parse(kept) as { path: string; values: Record<string, string> });
  } catch {
    return null;
  }
}

/** Forms that keep a draft on the server need nothing of this. */
function* written(): Generator<Control> {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guard]:not([data-draft])")) {
    yield* form.querySelectorAll<Control>(CONTROLS);
  }
}

/** The same on the page in the other language: choices of one name differ by their value. */
function nameOf(control: Control): string {
  return isChoice(control) ? `${control.name}=${control.value}` : control.name;
}

function stateOf(control: Control): string {
  if (isChoice(control)) return control.checked ? "on" : "";
  return control.value;
}

function isChoice(control: Control): control is HTMLInputElement {
  return control.type === "checkbox" || control.type === "radio";
}
