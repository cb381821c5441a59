import type { Editor } from "@tiptap/core";
import { CALLOUTS } from "./markdown";
import { chosenPicture } from "./picture";
import { run, TABLE_STEPS } from "./tables";

type Words = Readonly<Record<string, string>>;

/** A part of the row: shown where `stands` says so, and `fill`ed with what stands there. */
interface Part {
  readonly holds: readonly HTMLElement[];
  readonly stands: () => boolean;
  readonly fill?: () => void;
}

/**
 * The row below the text for what the caret stands in: how high a heading is, the kind of a callout, a table's rows
 * and columns, the language of code, what a picture shows.
 */
export function placeRow(editor: Editor, words: Words): HTMLElement {
  const row = document.createElement("div");
  row.className = "editor__place";
  const parts = [headings, callouts, tables, code, pictures].map((make) => make(editor, words));
  for (const part of parts) row.append(...part.holds);
  const show = (): void => {
    for (const part of parts) {
      const stands = editor.isEditable && part.stands();
      for (const each of part.holds) each.hidden = !stands;
      if (stands) part.fill?.();
    }
    row.hidden = parts.every((part) => part.holds.every((each) => each.hidden));
  };
  editor.on("selectionUpdate", show);
  editor.on("update", show);
  show();
  return row;
}

function headings(editor: Editor, words: Words): Part {
  const options = [2, 3, 4].map((level) => [String(level), `${words["heading"] ?? ""} ${level - 1}`] as const);
  const { field, input } = choice(words["level"] ?? "", options);
  input.addEventListener("change", () =>
    editor.chain().updateAttributes("heading", { level: Number(input.value) }).run(),
  );
  return {
    holds: [field],
    stands: () => editor.isActive("heading"),
    fill: () => (input.value = attribute(editor, "heading", "level")),
  };
}

function callouts(editor: Editor, words: Words): Part {
  const { field, input } = choice(
    words["kind"] ?? "",
    CALLOUTS.map((kind) => [kind, words[kind] ?? kind] as const),
  );
  input.addEventListener("change", () => editor.chain().updateAttributes("callout", { kind: input.value }).run());
  return {
    holds: [field],
    stands: () => editor.isActive("callout"),
    fill: () => (input.value = attribute(editor, "callout", "kind")),
  };
}

function tables(editor: Editor, words: Words): Part {
  const holds = Object.entries(TABLE_STEPS).map(([name, step]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = words[name] ?? name;
    button.addEventListener("click", () => {
      run(editor, step);
      editor.view.focus();
    });
    return button;
  });
  const steps = Object.values(TABLE_STEPS);
  return {
    holds,
    stands: () => editor.isActive("table"),
    // A table keeps its row of heads.
    fill: () => holds.forEach((button, index) => (button.disabled = !steps[index]?.(editor.state))),
  };
}

function code(editor: Editor, words: Words): Part {
  const { field, input } = line(editor, words["code_language"] ?? "");
  input.addEventListener("change", () => {
    const language = input.value.trim().replace(/[\s`]+/g, "-") || null;
    editor.chain().updateAttributes("codeBlock", { language }).run();
  });
  return {
    holds: [field],
    stands: () => editor.isActive("codeBlock"),
    fill: () => (input.value = attribute(editor, "codeBlock", "language")),
  };
}

function pictures(editor: Editor, words: Words): Part {
  const { field, input } = line(editor, words["shows"] ?? "");
  input.addEventListener("change", () => {
    const at = chosenPicture(editor)?.from;
    if (at === undefined) return;
    // It stays chosen: what is written next stands below it.
    editor.chain().updateAttributes("picture", { alt: input.value.trim() }).setNodeSelection(at).run();
  });
  return {
    holds: [field],
    stands: () => chosenPicture(editor) !== undefined,
    fill: () => (input.value = attribute(editor, "picture", "alt")),
  };
}

function attribute(editor: Editor, node: string, name: string): string {
  return String((editor.getAttributes(node)[name] as string | number | null) ?? "");
}

function choice(label: string, options: readonly (readonly [string, string])[]) {
  const input = document.createElement("select");
  input.className = "select";
  for (const [value, text] of options) {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    input.append(option);
  }
  return { field: labelled(label, input), input };
}

function line(editor: Editor, label: string) {
  const input = document.createElement("input");
  input.className = "input";
  // Enter belongs to the field, not to the form around the text, and leads back to where it was opened from.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    input.blur();
    editor.view.focus();
  });
  return { field: labelled(label, input), input };
}

function labelled(label: string, input: HTMLElement): HTMLElement {
  const field = document.createElement("label");
  field.className = "editor__field";
  field.append(label, input);
  return field;
}
