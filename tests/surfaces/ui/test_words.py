"""Nothing that somebody wrote can do anything on a page (trust 25, 26, 29 to 33)."""

import re
import time
from html.parser import HTMLParser
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaxel.surfaces.ui.words import clean_html, fold_quoted, linked_html, paragraphs, safe_html, text_of_html

REL: Final = 'rel="noopener noreferrer nofollow"'
#: One of each family: handlers, odd schemes, foreign content, mutation, clobbering, styles, frames, forms.
PAYLOADS: Final = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='\u2028javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example' target=_blank ping='https://evil.example'>x</a>",
    "<a href='/signin/out' download>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='https://evil.example/x.swf'></object><embed src='https://evil.example/x'>",
    "<form action='https://evil.example'><input name=q><button formaction='javascript:alert(1)'>x</button></form>",
    "<style>@import 'https://evil.example/x.css'; body{display:none}</style>",
    "<p style='position:fixed;inset:0;background:url(https://evil.example/x)'>x</p>",
    "<p class='message__label' id='main' name='csrfmiddlewaretoken' title='x' hidden>x</p>",
    "<label for='body'>x</label><input id='alarm' autofocus onfocus=alert(1)>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p hx-get='/x' hx-trigger='load' data-hx-post='/y' hx-on:load='alert(1)'>x</p>",
    "<img src='https://evil.example/pixel.gif'><picture><source srcset='https://evil.example/x'></picture>",
    "<a href='https://ok.example' onclick='alert(1)' style='color:red'>x</a>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><p>x</p>",
    "<p>x</p><?php echo 1 ?><![CDATA[<script>alert(1)</script>]]>",
    "<x onclick=alert(1)>x</x><custom-element is='x'>y</custom-element>",
    "<b><p><i></b>mis<u></p>nested</i></u>",
    '"><svg onload=alert(1)>',
    "{{7*7}}#{7*7}<p>${7*7}</p>",
)
ALLOWED: Final = {
    *("p", "br", "strong", "b", "em", "i", "u", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *("h2", "h3", "h4"),
}
#: What a browser may be led to; none of ours, so nobody is led to press one of our own buttons.
ADDRESS: Final = re.compile(r"(https?|mailto|tel):", re.ASCII)


class _Seen(HTMLParser):
    """Every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def faults(html: str) -> list[str]:
    """What stands in the HTML that must not."""
    seen = _Seen()
    seen.feed(html)
    return [
        f"{tag} {name}={value}"
        for tag, attributes in seen.elements
        for name, value in ({"": None} | attributes).items()
        if tag not in ALLOWED
        or name not in ({"", "href", "rel"} if tag == "a" else {""})
        or (name == "href" and not ADDRESS.match(value or ""))
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t29_t32_payload_is_inert(payload: str) -> None:
    assert faults(clean_html(payload)) == []
    assert faults(clean_html(f"<blockquote>{payload}</blockquote>")) == []
    assert faults(paragraphs(payload)) == []


def test_the_test_of_payloads_can_fail() -> None:
    assert faults("<p class='x'><a href='/out'>y</a><img src=x></p>") != []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t31_cleaning_twice_changes_nothing(payload: str) -> None:
    once = clean_html(payload)
    assert clean_html(once) == once


@given(st.text(alphabet="<>/=\"' abimgsvpxonclkhref:;&#!-\n", max_size=200))
@settings(max_examples=300, deadline=None)
def test_t31_cleaning_whatever_is_written_is_final(words: str) -> None:
    once = clean_html(words)
    assert faults(once) == []
    assert clean_html(once) == once
    assert faults(paragraphs(words)) == []


def test_editor_html_is_kept() -> None:
    words = "<p><strong>Fet</strong> och <em>kursiv</em></p>"
    written = f"<h2>Så här</h2>{words}<ul><li><p>ett</p></li></ul><pre><code>x</code></pre>"
    assert clean_html(written) == written


def test_links_lose_everything_but_their_address() -> None:
    cleaned = clean_html('<a href="https://ok.example/a?b=1&c=2" target="_blank" class="x">här</a>')
    assert cleaned == '<a href="https://ok.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">här</a>'


def test_t25_html_that_nobody_writes_is_shown_as_text() -> None:
    began = time.perf_counter()
    shown = safe_html("<div>" * 40_000, text="Orden")
    assert (shown, time.perf_counter() - began < 2) == ("<p>Orden</p>", True)


@pytest.mark.parametrize("words", ["<" * 100_000, "https://" * 20_000, "> " * 50_000, "a\n\n" * 50_000, "&" * 100_000])
def test_t26_long_odd_text_takes_no_time(words: str) -> None:
    began = time.perf_counter()
    paragraphs(words)
    fold_quoted(words)
    text_of_html(words)
    assert time.perf_counter() - began < 3


def test_text_becomes_paragraphs_with_links() -> None:
    shown = paragraphs("Hej!\r\n\r\nSe https://kompass.example/a?b=1&c=2.\nTack & hej")
    link = '<a href="https://kompass.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
    assert shown == f"<p>Hej!</p><p>Se {link}https://kompass.example/a?b=1&amp;c=2</a>.<br>Tack &amp; hej</p>"


def test_address_cannot_break_out_of_its_link() -> None:
    assert faults(paragraphs('https://x.example/"onmouseover="alert(1)')) == []
    assert "<a" not in paragraphs("javascript:alert(1)")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Se https://a.example/x.</p>", f'<p>Se <a href="https://a.example/x" {REL}>https://a.example/x</a>.</p>'),
        (
            "<p>https://a.example/?a=1&amp;b=2</p>",
            f'<p><a href="https://a.example/?a=1&amp;b=2" {REL}>https://a.example/?a=1&amp;b=2</a></p>',
        ),
        (f'<p><a href="https://a.example" {REL}>https://a.example</a></p>', None),
        ("<p><code>https://a.example</code></p>", None),
        ("<p>Inget &lt;här&gt;</p>", None),
    ],
)
def test_addresses_in_running_text_of_the_editor_become_links(written: str, shown: str | None) -> None:
    assert linked_html(written) == (shown or written)
    assert linked_html(linked_html(written)) == (shown or written)


def test_html_becomes_text_for_mails() -> None:
    html = "<h2>Gör så</h2><p>Ett &amp; två</p><ul><li><p>först</p></li><li><p>sedan</p></li></ul><script>x</script>"
    assert text_of_html(html) == "Gör så\n\nEtt & två\n\n- först\n- sedan"


@pytest.mark.parametrize(
    ("text", "said", "quoted"),
    [
        ("Tack!\n\nI går skrev Linnea:\n> Hej\n> Hälsningar", "Tack!", "I går skrev Linnea:\n> Hej\n> Hälsningar"),
        ("Tack!\n> Hej\n\n> då\n", "Tack!", "> Hej\n\n> då"),
        ("> bara citat", "> bara citat", ""),
        ("Inget citat: alls", "Inget citat: alls", ""),
        ("Svar\n> citat\nmer svar", "Svar\n> citat\nmer svar", ""),
    ],
)
def test_quoted_text_is_folded(text: str, said: str, quoted: str) -> None:
    assert fold_quoted(text) == (said, quoted)
