"""What the macros write, read as HTML: references that lead somewhere, words that are there, nothing unescaped."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from typing_extensions import override

from tests.frontend.preview.render import PAGES, preview_environment, render
from vaxel.surfaces.ui.shapes import FieldError, Moment, Option, Person, Promise

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "data-opens", "list")


class Elements(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def write(macro: str, source: str, **context: Any) -> str:
    """The HTML of one expression that calls `macro` of the file `source`."""
    name = macro.split("(", 1)[0]
    text = f'{{% from "ui/{source}.html.jinja" import {name} %}}{{{{ {macro} }}}}'
    return preview_environment().from_string(text).render(context)


def attributes(html: str, tag: str) -> dict[str, str | None]:
    return next(attrs for name, attrs in Elements(html).found if name == tag)


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_lead_somewhere(page: str) -> None:
    found = Elements(render(page)).found
    ids = Counter(attrs["id"] for _, attrs in found if attrs.get("id"))
    asked = {word for _, attrs in found for name in REFERENCES for word in (attrs.get(name) or "").split()}
    assert [name for name, count in ids.items() if count > 1] == []
    assert asked - set(ids) == set()


@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_heading_of_the_first_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Elements(render(page)).found if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1


def test_field_ties_label_hint_and_error_to_its_input() -> None:
    html = write('text_input("version", "Version", hint="Under Hjälp", error="Ange version")', "forms")
    assert attributes(html, "label")["for"] == "version"
    given = attributes(html, "input")
    assert (given["id"], given["aria-describedby"], given["aria-invalid"]) == (
        "version",
        "version-hint version-error",
        "true",
    )


def test_field_that_may_be_left_out_says_so_in_words() -> None:
    assert "(frivilligt)" in write('text_input("name", "Namn", required=false)', "forms")
    assert "(frivilligt)" not in write('text_input("name", "Namn")', "forms")


def test_text_keeps_its_first_empty_line() -> None:
    html = write('textarea("body", "Text", value=given)', "forms", given="\nrad två")
    assert ">\n\nrad två</textarea>" in html


def test_error_of_a_group_lands_on_its_first_box() -> None:
    options = (Option(value="a", label="A"), Option(value="b", label="B"))
    html = write('radios("kind", "Typ", options, value="b", error="Välj typ")', "forms", options=options)
    boxes = [attrs for tag, attrs in Elements(html).found if tag == "input"]
    assert [(box["id"], "checked" in box) for box in boxes] == [("kind", False), ("kind-2", True)]


def test_error_summary_links_to_the_fields_in_order() -> None:
    errors = (FieldError(field="before", text="Beskriv"), FieldError(field="version", text="Ange"))
    html = write("error_summary(errors)", "forms", errors=errors)
    links = [attrs["href"] for tag, attrs in Elements(html).found if tag == "a"]
    assert links == ["#before", "#version"]


def test_promise_gives_the_instant_to_machines_and_says_its_state_in_words() -> None:
    at = Moment(iso="2026-11-20T14:20:00+01:00", exact="i dag kl. 14.20", relative="för 5 min sedan")
    html = write("promise(given)", "status", given=Promise(label="Svar senast", at=at, state="late"))
    assert attributes(html, "time")["datetime"] == "2026-11-20T14:20:00+01:00"
    assert "försenat: " in html


def test_phone_number_is_dialled_without_its_spaces() -> None:
    who = Person(name="Jonas Hedvall", initials="JH", phone="010-555 01 20")
    assert attributes(write("person(who)", "people", who=who), "a")["href"] == "tel:0105550120"


@pytest.mark.parametrize(
    ("macro", "source"),
    [
        ("notice(evil, title=evil)", "feedback"),
        ('text_input("a", evil, value=evil, hint=evil, error=evil)', "forms"),
        ('textarea("a", evil, value=evil)', "forms"),
        ("link_button(evil, evil)", "actions"),
        ('editor_field("a", evil, value=evil, html=evil)', "conversation"),
        ("toast(evil)", "feedback"),
        ("empty_state(evil, evil)", "feedback"),
    ],
)  # fmt: skip
def test_what_people_write_never_becomes_markup(macro: str, source: str) -> None:
    evil = "\"><img src=x onerror=alert(1)></textarea>'<script>"
    tags = {tag for tag, _ in Elements(write(macro, source, evil=evil)).found}
    assert tags & {"img", "script"} == set()
