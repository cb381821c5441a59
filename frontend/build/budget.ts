import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What a product's pages load before anybody presses Help: bytes, compressed. */
const MOST_BYTES = 15 * 1024;
const ENTRY = "widget/loader.ts";

/** Stops the build when the widget's script tag, with all that it imports at once, is larger than is promised. */
export function widgetBudget(): Plugin {
  return {
    name: "widget-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const entry = chunks.find((one) => one.facadeModuleId?.endsWith(ENTRY));
      if (!entry) return this.error(`${ENTRY} is not built`);
      const loaded = new Set([entry]);
      for (const chunk of loaded) for (const one of chunks) if (chunk.imports.includes(one.fileName)) loaded.add(one);
      const bytes = [...loaded].reduce((sum, one) => sum + gzipSync(one.code).length, 0);
      if (bytes > MOST_BYTES) this.error(`The widget's script takes ${bytes} bytes compressed; ${MOST_BYTES} are promised`);
    },
  };
}
