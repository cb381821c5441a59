import type { Node, Schema } from "@tiptap/pm/model";
import { isEmpty, looks, says } from "./likeness";
import { readMarkdown, type Source, UnknownHereError } from "./reading";
import { OTHER_SIGNS, SIGNS, type Signs, writeBlock } from "./writing";

/**
 * A Markdown text that is edited as a document. Blocks that nobody touched are written as they stood, letter by
 * letter, so that a small change to an article is a small change to its file; all others are written anew.
 */
export class KeptText {
  private readonly blocks: readonly Node[];
  private readonly places = new Map<Node, number>();

  private constructor(
    private readonly text: string,
    readonly doc: Node,
    private readonly sources: readonly Source[],
  ) {
    this.blocks = children(doc);
    this.blocks.forEach((block, index) => this.places.set(block, index));
  }

  /** Throws UnknownHereError for a text that the editor would change: it is read, written and looked at again. */
  static of(text: string, schema: Schema): KeptText {
    const { doc, sources } = readMarkdown(text, schema);
    if (looks(writeAnew(doc)) !== looks(text)) throw new UnknownHereError(0);
    return new KeptText(text, doc, sources);
  }

  /** The Markdown of the document as it is now. */
  write(doc: Node): string {
    const blocks = children(doc);
    const places = this.placesOf(blocks);
    const untouched = places.length === this.sources.length && places.every((place, index) => place === index);
    if (untouched) return this.text;
    const small = this.composed(blocks, places);
    return reads(small, doc) ? small : writeAnew(doc);
  }

  /** Where each block stood in the text that was read; nothing for those that were written since. */
  private placesOf(blocks: readonly Node[]): (number | undefined)[] {
    let last = -1;
    return blocks.map((block) => {
      const place = this.places.get(block) ?? this.alike(block, last + 1);
      if (place !== undefined) last = place;
      return place;
    });
  }

  /** A block that was changed and changed back is another object that says the same. */
  private alike(block: Node, from: number): number | undefined {
    const next = this.blocks.findIndex((other, index) => index >= from && other.eq(block));
    const found = next < 0 ? this.blocks.findIndex((other) => other.eq(block)) : next;
    return found < 0 ? undefined : found;
  }

  private composed(blocks: readonly Node[], places: readonly (number | undefined)[]): string {
    return joined(blocks, (block, signs, index) => {
      const source = this.sources[places[index] ?? -1];
      if (!source) return { text: written(block, signs), gap: APART };
      const follows = index > 0 && places[index] === (places[index - 1] ?? NaN) + 1;
      return { text: source.text, gap: follows ? source.gap : APART };
    });
  }
}

const APART = "\n\n";

/** The Markdown of a document of which nothing is kept as it stood. */
export function writeAnew(doc: Node): string {
  return joined(children(doc), (block, signs) => ({ text: written(block, signs), gap: APART }));
}

type Writer = (block: Node, signs: Signs, index: number) => Source;

function joined(blocks: readonly Node[], write: Writer): string {
  let text = "";
  let before = "";
  blocks.forEach((block, index) => {
    const same = blocks[index - 1]?.type === block.type;
    const made = write(block, same ? signsBelow(before) : SIGNS, index);
    text += (index > 0 ? made.gap : "") + made.text;
    before = made.text;
  });
  return text;
}

/** A list right below another of its kind takes the other signs. */
function signsBelow(list: string): Signs {
  return /^ {0,3}(?:-|\d+\.) /.test(list) ? OTHER_SIGNS : SIGNS;
}

/** As people write it, unless that would be read as something else. */
function written(block: Node, signs: Signs): string {
  const usual = writeBlock(block, "usual", signs);
  const doc = block.type.schema.topNodeType.create(null, block);
  return reads(usual, doc) ? usual : writeBlock(block, "every", signs);
}

function reads(text: string, doc: Node): boolean {
  try {
    return says(readMarkdown(text, doc.type.schema).doc) === says(doc);
  } catch (error) {
    if (error instanceof UnknownHereError) return false;
    throw error;
  }
}

/** Paragraphs that hold nothing are no part of a text. */
function children(doc: Node): Node[] {
  return Array.from({ length: doc.childCount }, (_, index) => doc.child(index)).filter((block) => !isEmpty(block));
}
