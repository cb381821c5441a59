"""Markdown becomes what an article shows, and nothing that could do anything."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from vaxel.domain.manual import body
from vaxel.domain.manual.body import LONGEST, BodyTooLongError, addressed, references, render, slug_of


def html(markdown: str, *, language: str = "sv", **pictures: str) -> str:
    return render(markdown, language=language, pictures=pictures).html.strip()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Tryck <kbd>Ctrl</kbd>", "<p>Tryck <kbd>Ctrl</kbd></p>"),
        ("`kod`", "<p><code>kod</code></p>"),
        ("```python\nx\n```", "<pre><code>x\n</code></pre>"),
        ("# Rubrik", '<h2 id="rubrik">Rubrik</h2>'),
        ("## Lägga till\n## Lägga till", '<h2 id="lagga-till">Lägga till</h2>\n<h2 id="lagga-till-2">Lägga till</h2>'),
        ("## Main", '<h2 id="main-1">Main</h2>'),
        (
            "[Mallar](../b/skapa-mall.sv.md#steg)",
            '<p><a href="manual:sv/skapa-mall/#steg" rel="noopener">Mallar</a></p>',
        ),
        ("[Hem](rapporter/index.sv.md)", '<p><a href="manual:sv/rapporter/" rel="noopener">Hem</a></p>'),
        ("[Här](#steg)", '<p><a href="#steg" rel="noopener">Här</a></p>'),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("![Ruta](saknas.png)", '<p><img alt="Ruta"></p>'),
    ],
)
def test_body_shows_what_is_written(markdown: str, shown: str) -> None:
    assert html(markdown) == shown


def test_body_shows_pictures_and_films_by_their_content() -> None:
    shown = render("![Ruta](b/r.png)\n![Visa](f.mp4)", language="sv", pictures={"b/r.png": "ab", "f.mp4": "cd"}).html
    assert shown == (
        '<p><img src="manual:pictures/ab/r.png" alt="Ruta" loading="lazy">\n'
        '<video controls="" preload="none" src="manual:pictures/cd/f.mp4" aria-label="Visa"></video></p>\n'
    )


@pytest.mark.parametrize(("language", "title"), [("sv", "Varning"), ("en", "Warning"), ("fi", "Warning")])
def test_body_names_callouts_in_the_language(language: str, title: str) -> None:
    assert html("> [!WARNING]\n> Spara först.", language=language) == (
        f'<div class="callout callout--warning">\n<p class="callout__title">{title}</p>\n<p>Spara först.</p>\n</div>'
    )


def test_body_lets_tables_scroll_by_keyboard() -> None:
    shown = html("| Fält | Värde |\n| --- | --- |\n| a | b |")
    assert shown.startswith('<div class="table-scroll" tabindex="0" role="group" aria-label="Tabell">\n<table>')
    assert '<th scope="col">Fält</th>' in shown


def test_body_lists_its_headings() -> None:
    made = render("# Ett\n## Två `x`\n### Tre\n#### Fyra", language="sv", pictures={})
    assert made.contents == ((2, "ett", "Ett"), (2, "tva-x", "Två x"), (3, "tre", "Tre"))


def test_body_gives_its_words_a_line_for_each_block() -> None:
    assert render("# Ett\n\nA *b* &amp; c\n\n- d\n- e", language="sv", pictures={}).text == "Ett\nA b & c\nd\ne"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="https://x.example/a.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed" class="notice" id="live" name="x">x</p>',
        '<h2 id="main">x</h2>',
        '<form action="/x"><input name="a"></form>',
        "<svg><animate onbegin=alert(1)></svg>",
        '<a href="/signin/out/">x</a>',
        '<div class="toasts">x</div>',
    ],
)
def test_t32_body_keeps_nothing_that_acts_or_imitates(hostile: str) -> None:
    shown = html(hostile)
    for piece in ("script", "onerror", "href", "https://x", "style", "id=", "form", "svg", "toasts", "notice"):
        assert piece not in shown


@pytest.mark.parametrize(
    "path",
    ["../../workspace/", "%2e%2e/%2E./signin/out/", "pictures/..\\x", "pictures/.\t./../x", "sv/a/../../x", ".."],
)
def test_t34_body_leads_to_no_page_of_ours_but_the_manual(path: str) -> None:
    shown = html(f'<a href="manual:{path}">x</a> <img src="manual:pictures/{path}"> [x](<manual:{path}>)')

    assert "manual:" not in shown


@pytest.mark.parametrize("markdown", ["[x](http://[)", "![x](http://[)", "<a href='http://['>x</a>", "<http://[>"])
def test_t26_body_takes_what_is_no_address(markdown: str) -> None:
    assert "http" not in "".join(
        str(link.get("href", "")) for link in BeautifulSoup(html(markdown), "html.parser")("a")
    )
    assert references(markdown) == []


@given(st.text(alphabet="<>\"'&;:=/abdivonhref#[](){}!`*_\n -|\\", max_size=200))
def test_t31_body_holds_only_what_an_article_may(markdown: str) -> None:
    shown = BeautifulSoup(render(markdown, language="sv", pictures={}).html, "html.parser")
    for element in shown.find_all(True):
        assert element.name in body._TAGS
        assert set(element.attrs) <= {*body._ATTRIBUTES.get(element.name, ()), "class", "rel"}


def test_t26_body_refuses_a_book() -> None:
    with pytest.raises(BodyTooLongError):
        render("a" * (LONGEST + 1), language="sv", pictures={})


def test_references_are_found_with_their_lines() -> None:
    found = references("Ett\n\n[a](b.sv.md) och ![c](d.png)\n\n[ut](https://e.example) [här](#f)")
    assert [(one.path, one.line, one.is_picture) for one in found] == [("b.sv.md", 3, False), ("d.png", 3, True)]


@pytest.mark.parametrize(
    ("path", "slug"),
    [("a.sv.md", "a"), ("../x/a.en.md", "a"), ("x/index.sv.md", "x"), ("a.md", "a"), ("a", "a"), ("index.md", "")],
)
def test_slug_of_a_path_is_its_file(path: str, slug: str) -> None:
    assert slug_of(path) == slug


def test_addressed_puts_addresses_below_the_help_centre() -> None:
    assert addressed(html("[a](b.md)"), base="/k/help/") == '<p><a href="/k/help/sv/b/" rel="noopener">a</a></p>'
