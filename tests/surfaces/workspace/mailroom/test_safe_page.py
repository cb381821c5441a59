"""The HTML of a stranger's mail can do nothing, however it is written."""

import re
from html.parser import HTMLParser

import pytest

from tests.surfaces.workspace.mailroom.payloads import FETCHES, LINKS, PAYLOADS, SCRIPTS
from vaxel.domain.mailroom.bodies import Picture
from vaxel.surfaces.workspace.mailroom.safe_page import POLICY, SANDBOX, clean_mail, safe_page, words_page

HOST = "testserver"
PICTURE = Picture("image/png", b"png")
FORBIDDEN = {"script", "style", "svg", "math", "iframe", "object", "embed", "form", "input", "link", "meta", "base"}
ALLOWED = {
    *("href", "src", "alt", "target", "rel", "dir", "lang", "width", "height", "colspan", "rowspan"),
    *("align", "valign", "start"),
}


def cleaned(html: str, **pictures: Picture) -> str:
    return clean_mail(html, pictures=pictures, own_host=HOST)


class Parts(HTMLParser):
    """Every element with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_there_are_payloads_enough() -> None:
    assert (len(PAYLOADS), len(set(PAYLOADS))) >= (60, 60)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t29_nothing_is_left_that_runs_or_fetches(payload: str) -> None:
    for tag, attributes in Parts(cleaned(payload)).found:
        assert tag not in FORBIDDEN
        assert set(attributes) <= ALLOWED
        assert attributes.get("src") in {None, ""}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t31_cleaning_twice_changes_nothing(payload: str) -> None:
    once = cleaned(payload)

    assert Parts(cleaned(once)).found == Parts(once).found


@pytest.mark.parametrize("payload", LINKS)
def test_t34_no_link_leads_into_the_program_or_to_what_runs(payload: str) -> None:
    assert [attributes["href"] for _, attributes in Parts(cleaned(payload)).found if "href" in attributes] == []


@pytest.mark.parametrize("payload", [*SCRIPTS, *FETCHES])
def test_t32_no_style_class_id_or_name_is_left(payload: str) -> None:
    names = {name for _, attributes in Parts(cleaned(payload)).found for name in attributes}

    assert names & {"style", "class", "id", "name", "for", "background", "poster", "srcset", "ping"} == set()


def test_link_elsewhere_opens_apart_and_tells_nobody_where_from() -> None:
    ((_, attributes),) = Parts(cleaned('<a href="https://elsewhere.example/a">x</a>')).found

    assert attributes == {
        "href": "https://elsewhere.example/a",
        "target": "_blank",
        "rel": "noopener noreferrer nofollow",
    }


def test_picture_of_the_mail_is_written_into_the_page() -> None:
    html = clean_mail('<img src="cid:logo@kund">', pictures={"logo@kund": PICTURE}, own_host=HOST)

    assert html == '<img src="data:image/png;base64,cG5n">'


@pytest.mark.parametrize(
    "source", ["cid:vaxel-remote-0", "cid:unknown", "https://evil.example/a.png", "data:text/html,x"]
)
def test_t33_other_pictures_are_not_shown(source: str) -> None:
    assert cleaned(f'<img src="{source}" alt="bild">', known=PICTURE) == '<img alt="bild">'


def test_page_allows_its_own_style_and_nothing_else() -> None:
    response = safe_page("<p>Hej</p>", pictures={}, own_host=HOST, title="Mejlet")

    directives = dict(part.strip().partition(" ")[::2] for part in POLICY.split(";"))
    assert response.headers["Content-Security-Policy"] == POLICY
    assert directives["default-src"] == "'none'"
    assert directives["img-src"] == "data:"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+'", directives["style-src"])
    assert "script-src" not in directives
    assert set(directives["sandbox"].split()) == set(SANDBOX.split())
    assert "allow-scripts" not in SANDBOX
    assert "allow-same-origin" not in SANDBOX


def test_t30_title_and_words_are_escaped() -> None:
    response = safe_page(words_page("<b>x</b>"), pictures={}, own_host=HOST, title="</title><svg onload=x()>")

    assert b"<svg" not in response.content
    assert b"&lt;b&gt;x&lt;/b&gt;" in response.content
