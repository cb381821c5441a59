"""A page as its reader meets it: parts found by CSS selectors, words without markup, forms filled in and sent."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a part of one."""

    tag: Tag

    def all(self, selector: str) -> list["Page"]:
        """Every part that the selector means, in order."""
        return [Page(found) for found in self.tag.select(selector)]

    def one(self, selector: str) -> "Page":
        """The part, of which there must be exactly one."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} x {selector}"
        return found[0]

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(self.tag.get_text(" ").split())

    @property
    def attributes(self) -> dict[str, str]:
        return {name: value if isinstance(value, str) else " ".join(value) for name, value in self.tag.attrs.items()}

    def fields(self) -> dict[str, str]:
        """What the form would send as it stands, without its buttons."""
        values: dict[str, str] = {}
        for field in self.all("input[name], textarea[name], select[name]"):
            kind, name = field.attributes.get("type", ""), field.attributes["name"]
            if kind in {"radio", "checkbox"} and "checked" not in field.attributes:
                continue
            if kind != "file":
                values[name] = _value(field)
        return values


def _value(field: Page) -> str:
    if field.tag.name == "textarea":
        return field.tag.get_text().removeprefix("\n")
    if field.tag.name == "select":
        chosen = field.all("option[selected]") or field.all("option")[:1]
        return chosen[0].attributes["value"] if chosen else ""
    return field.attributes.get("value", "")


def read(answer: HttpResponse | Any, *, status: int = 200) -> Page:
    """The page that was answered with."""
    assert answer.status_code == status, answer.status_code
    return Page(BeautifulSoup(answer.content, "html.parser"))
