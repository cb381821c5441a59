import { fresh } from "../enhance";

/** `textarea[data-markdown]`: the editor of articles is fetched only by pages that have one. */
export function loadArticles(root: ParentNode): void {
  for (const area of fresh<HTMLTextAreaElement>(root, "textarea[data-markdown]", "Article")) {
    void import("../article/article-modes").then(({ startArticle }) => startArticle(area));
  }
}
