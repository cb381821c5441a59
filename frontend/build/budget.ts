import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** What pages load: an entry with all that it imports at once, and what it then asks for by itself. */
interface Budget {
  readonly what: string;
  readonly entries: readonly string[];
  /** Bytes, compressed. */
  readonly most: number;
}

const BUDGETS: readonly Budget[] = [
  { what: "The widget's script, before anybody presses Help,", entries: ["widget/loader.ts"], most: 15 * 1024 },
  { what: "A ticket's script", entries: ["src/workspace.ts", "src/components/editor.ts"], most: 170_000 },
  { what: "The script where an article is written", entries: ["src/workspace.ts", "src/article/article-modes.ts"], most: 200_000 },
];

type Chunk = Rollup.OutputChunk;

/** Stops the build when a page would load more than is promised. */
export function budgets(): Plugin {
  return {
    name: "budgets",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      for (const { what, entries, most } of BUDGETS) {
        const bytes = size(entries.map((entry) => found(chunks, entry) ?? this.error(`${entry} is not built`)), chunks);
        if (bytes > most) this.error(`${what} takes ${bytes} bytes compressed; ${most} are promised`);
      }
    },
  };
}

function found(chunks: readonly Chunk[], entry: string): Chunk | undefined {
  return chunks.find((one) => one.facadeModuleId?.endsWith(entry));
}

function size(entries: readonly Chunk[], chunks: readonly Chunk[]): number {
  const loaded = new Set(entries);
  for (const chunk of loaded) for (const one of chunks) if (chunk.imports.includes(one.fileName)) loaded.add(one);
  return [...loaded].reduce((sum, one) => sum + gzipSync(one.code).length, 0);
}
