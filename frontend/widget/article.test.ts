import { expect, it } from "vitest";
import { articleBody } from "./article";
import { wordsIn } from "./words";

function copied(html: string): string {
  const place = document.createElement("div");
  place.append(articleBody(html, "https://help.vendor.example", wordsIn("en")));
  return place.innerHTML;
}

it.each([
  ["<p>One <strong>two</strong></p>", "<p>One <strong>two</strong></p>"],
  ["<h2 id=x onclick=alert(1)>A</h2>", "<h3>A</h3>"],
  ["<script>alert(1)</script><style>p{}</style><p style='color:red'>A</p>", "alert(1)p{}<p>A</p>"],
  ["<a href='javascript:alert(1)'>A</a>", "A"],
  ["<a href='/kompass/help/x/'>A</a>", '<a href="https://help.vendor.example/kompass/help/x/" target="_blank" rel="noopener noreferrer">A</a>'],
  ["<img src=x onerror=alert(1) alt=Dialog>", '<a href="https://help.vendor.example/x" target="_blank" rel="noopener noreferrer">Picture: Dialog</a>'],
  ["<object data=x></object><svg onload=alert(1)></svg>", ""],
])("of an article only what we know is taken over: %s", (html, expected) => {
  expect(copied(html)).toBe(expected);
});
