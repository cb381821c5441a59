import { expect, test } from "vitest";
import { picturesIn, tidied } from "./pasted";

const ARTICLE = { least: 4, tables: true };
const LETTER = { least: 3, tables: false };

/** A paragraph of a list as Word writes it. */
function word(level: number, sign: string, words: string): string {
  const style = `margin-left:${level * 36}pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1`;
  const before = `<![if !supportLists]><span style='mso-list:Ignore'>${sign}<span>&nbsp; </span></span><![endif]>`;
  return `<p class=MsoListParagraph style='${style}'>${before}${words}<o:p></o:p></p>`;
}

const plain = (html: string): string => html.replace(/ (?:class|data-style)="[^"]*"/g, "").replace(/<o:p>\s*<\/o:p>|<!--.*?-->/g, "");

test.each([
  [
    "Word's lists",
    `<p>A</p>${word(1, "1.", "Ett")}${word(2, "a.", "Under")}${word(3, "i.", "Djupt")}${word(1, "2.", "Två")}<p>B</p>`,
    "<p>A</p><ol><li>Ett<ol><li>Under<ol><li>Djupt</li></ol></li></ol></li><li>Två</li></ol><p>B</p>",
  ],
  ["Word's points", word(1, "·", "Ett") + word(2, "o", "Under"), "<ul><li>Ett<ul><li>Under</li></ul></li></ul>"],
  [
    "two of Word's lists in a row",
    word(1, "1.", "Ett") + word(1, "·", "Punkt"),
    "<ol><li>Ett</li></ol><ul><li>Punkt</li></ul>",
  ],
  ["a list of Word's that begins within", word(2, "a.", "Under"), "<ol><li>Under</li></ol>"],
  ["bold of a style", '<span style="font-weight:700">a</span>', "<span><strong>a</strong></span>"],
  ["italic of a style", "<span style='color:red;font-style:italic'>a</span>", "<span><em>a</em></span>"],
  ["Google's bold around everything", '<b style="font-weight:normal;"><p>a</p></b>', "<p>a</p>"],
  ["style in words", "<p>välj style = fet</p>", "<p>välj style = fet</p>"],
  ["a title", "<h1>A</h1><h2>B</h2><h6>C</h6>", "<h2>A</h2><h3>B</h3><h4>C</h4>"],
  ["headings without a title", "<h2>B</h2><h3>C</h3>", "<h2>B</h2><h3>C</h3>"],
  [
    "paragraphs and lists in a cell",
    "<table><tbody><tr><td><p>A</p><p>B</p></td><td><ul><li>C</li><li>D</li></ul></td></tr></tbody></table>",
    "<table><tbody><tr><td>A<br>B</td><td>C<br>D</td></tr></tbody></table>",
  ],
  [
    "joined cells",
    "<table><tbody><tr><th>A</th><th colspan=2>B</th></tr><tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></tbody></table>",
    "<table><tbody><tr><th>A</th><th>B</th><th></th></tr><tr><td>1</td><td>2</td><td>3</td></tr><tr><td></td><td>4</td><td>5</td></tr></tbody></table>",
  ],
  [
    "a cell that is joined both ways, and one wider than its table",
    '<table><tbody><tr><td rowspan="2" colspan="2">A</td><td>B</td></tr><tr><td>C</td></tr><tr><td>1</td><td>2</td><td>3</td></tr><tr><td colspan="100">D</td></tr></tbody></table>',
    "<table><tbody><tr><td>A</td><td></td><td>B</td></tr><tr><td></td><td></td><td>C</td></tr><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>D</td><td></td><td></td></tr></tbody></table>",
  ],
  ["what holds nothing", '<p>a</p><p><o:p>&nbsp;</o:p></p><p><img src="x.png"></p><p><br></p><p>b</p>', "<p>a</p><p><br></p><p>b</p>"],
  ["code", "<pre><code>a\n\nb\n</code></pre>", "<pre><code>a\n\nb</code></pre>"],
  ["what nobody reads", "<style>p{}</style><script>1</script><p>a</p>", "<p>a</p>"],
  ["what was copied here", '<p data-pm-slice="1 1 []" style="x">a</p>', '<p data-pm-slice="1 1 []" style="x">a</p>'],
])("%s is taken into an article", (_what, given, taken) => {
  expect(plain(tidied(given, ARTICLE))).toBe(taken);
});

test("a table is lines in a letter, and its headings are larger", () => {
  const table = "<table><tbody><tr><td>År</td><td>Värde</td></tr><tr><td>2026</td><td>1 <b>2</b></td></tr></tbody></table>";
  expect(tidied(table, LETTER)).toBe("<p>År | Värde<br>2026 | 1 <b>2</b></p>");
  expect(tidied("<h4>A</h4>", LETTER)).toBe("<h3>A</h3>");
});

test("pictures are counted, and what counts readers is none", () => {
  expect(picturesIn('<p><img src="https://a.example/1.png"><img src="x" width="1" height="1"></p>')).toBe(1);
  expect(picturesIn('<img data-pm-slice="0 0 []" data-path="a.png">')).toBe(0);
});
