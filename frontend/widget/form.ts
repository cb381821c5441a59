/* Fields of a question, as the policy asks them; the names are those that the server reads. */
import { el } from "./dom.ts";
import type { DetailsPage, Fault, Input, KindPage, Option } from "./server.ts";
import type { Words } from "./words.ts";

/** What is wrong, with links to the fields; it takes the focus. Empty without faults. */
export function faultList(faults: Fault[], words: Words): HTMLElement | null {
  if (!faults.length) return null;
  const go = (field: string) => (event: Event): void => {
    event.preventDefault();
    const root = (event.target as Element).getRootNode() as ShadowRoot;
    const place = root.getElementById(field) ?? root.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`);
    place?.focus();
  };
  const rows = faults.map((one) => el("li", {}, el("a", { href: `#${one.field}`, click: go(one.field) }, one.text)));
  return el("div", { class: "notice bad", role: "alert", tabindex: "-1" }, el("b", {}, words.faults), el("ul", {}, rows));
}

export function kindFields(page: KindPage, words: Words): (Node | null)[] {
  const likely = page.likely.length > 0;
  const others = el("fieldset", {}, el("legend", { class: likely ? "quiet" : "" }, words.kindTitle), ...page.others.map((one) => radio("kind", one, page.kind)));
  return [
    likely ? el("fieldset", {}, el("legend", {}, words.likely), ...page.likely.map((one) => radio("kind", one, page.kind))) : null,
    likely ? el("details", { open: page.open }, el("summary", {}, words.others), others) : others,
    choices("product", words.product, page.products, page.product, words),
    choices("topic", words.topic, page.topics, page.topic, words),
  ];
}

export function detailsFields(page: DetailsPage, words: Words): (Node | null)[] {
  const { priority, colleague, checklist } = page;
  return [
    ...page.because.map((text) => el("p", { class: "soft" }, text)),
    ...page.inputs.map((one) => field(one, words)),
    ...(priority ? [...priority.guidance, { ...priority.levels, label: words.priority, required: false }].map((one) => field(one, words)) : []),
    priority?.standstill ? field(priority.standstill, words) : null,
    ...(priority?.further ?? []).map((one) => field(one, words)),
    page.offers_urgent ? checkbox("urgent", { value: "yes", label: words.urgent, hint: "" }, page.urgent) : null,
    ...page.when_urgent.map((one) => field(one, words)),
    colleague
      ? el(
          "fieldset",
          {},
          el("legend", {}, colleague.label),
          colleague.hint && el("small", {}, colleague.hint),
          fault("colleague_name", colleague.error),
          labelled("colleague_name", words.colleague, el("input", { id: "colleague_name", name: "colleague_name", value: colleague.name, autocomplete: "off" })),
          labelled("colleague_phone", words.phone, el("input", { id: "colleague_phone", name: "colleague_phone", value: colleague.phone, type: "tel", autocomplete: "off" })),
          labelled("colleague_email", words.mail, el("input", { id: "colleague_email", name: "colleague_email", value: colleague.email, type: "email", autocomplete: "off" })),
          checkbox("colleague_copy", { value: "yes", label: words.copy, hint: "" }, colleague.copy),
        )
      : null,
    checklist
      ? el(
          "fieldset",
          { id: "checked", tabindex: "-1" },
          el("legend", {}, words.checked),
          checklist.because && el("small", {}, checklist.because),
          fault("checked", checklist.error),
          ...checklist.options.map((one) => checkbox("checked", one, checklist.ticked.includes(one.value))),
        )
      : null,
  ];
}

function field(input: Input, words: Words): HTMLElement {
  const { name } = input;
  if (input.sort === "choice") return choices(name, input.label, input.options, input.value, words, input) ?? el("div");
  const known = input.known.length ? `${name}-known` : "";
  const described = [input.hint && `${name}-hint`, input.error && `${name}-error`].filter(Boolean).join(" ");
  const common = { id: name, name, "aria-describedby": described, "aria-invalid": input.error ? "true" : "" };
  const type = input.sort === "date" ? "date" : "text";
  const box =
    input.sort === "long-text"
      ? el("textarea", { ...common, rows: String(input.rows) })
      : el("input", { ...common, type, list: known, inputmode: input.sort === "number" ? "numeric" : "", autocomplete: "off" });
  box.value = input.value;
  const options = input.known.map((value) => el("option", { value }));
  return el("div", { class: "field" }, ...heading(input, words), box, known && el("datalist", { id: known }, options));
}

function heading(input: Input, words: Words): (Node | string)[] {
  return [
    el("label", { for: input.name }, input.label, input.required ? "" : ` (${words.optional})`),
    input.hint ? el("small", { id: `${input.name}-hint` }, input.hint) : "",
    fault(input.name, input.error) ?? "",
  ];
}

function fault(name: string, text: string): HTMLElement | null {
  return text ? el("p", { class: "error", id: `${name}-error` }, text) : null;
}

function choices(name: string, label: string, options: Option[], value: string, words: Words, input?: Input): HTMLElement | null {
  if (!options.length) return null;
  const none = el("option", {}, words.choose);
  none.value = "";
  const box = el("select", { id: name, name, "aria-invalid": input?.error ? "true" : "" }, none, ...options.map((one) => el("option", { value: one.value }, one.label)));
  box.value = options.some((one) => one.value === value) ? value : "";
  return el("div", { class: "field" }, ...(input ? heading(input, words) : [el("label", { for: name }, label)]), box);
}

function labelled(name: string, label: string, box: HTMLElement): HTMLElement {
  return el("div", { class: "field" }, el("label", { for: name }, label), box);
}

function radio(name: string, one: Option, chosen: string): HTMLElement {
  return choice("radio", name, one, one.value === chosen);
}

function checkbox(name: string, one: Option, ticked: boolean): HTMLElement {
  return choice("checkbox", name, one, ticked);
}

function choice(type: string, name: string, one: Option, ticked: boolean): HTMLElement {
  return el(
    "label",
    { class: "choice" },
    el("input", { type, name, value: one.value, checked: ticked }),
    el("span", {}, one.label, one.hint && el("small", {}, one.hint)),
  );
}
