import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { budgets } from "./build/budget.ts";
import { iconSprite } from "./build/icons.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  // Relative addresses: the same build works below any static prefix.
  base: "./",
  publicDir: false,
  plugins: [iconSprite(), budgets()],
  logLevel: "warn",
  // Browsers know the names of HTML's letters: markdown-it asks them (src/article/entities.ts).
  resolve: { alias: [{ find: /^entities$/, replacement: here("src/article/entities.ts") }] },
  build: {
    outDir: here("../src/vaxel/surfaces/ui/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // Browsers that know light-dark(), popover and container queries themselves.
    cssTarget: ["chrome125", "firefox128", "safari17.5"],
    // Nothing as data: addresses, so the content security policy can stay 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // htmx holds an eval that its configuration in our pages turns off, as does the content policy.
      checks: { eval: false },
      input: {
        app: here("styles/app.css"),
        portal: here("src/portal.ts"),
        workspace: here("src/workspace.ts"),
        // For the pages of others: shares nothing with ours.
        widget: here("widget/loader.ts"),
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "widget/**/*.test.ts"],
    // The page's world is made once for each worker; each file has a context of its own all the same.
    pool: "vmThreads",
  },
});
