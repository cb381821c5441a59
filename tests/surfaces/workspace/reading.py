"""A page as its reader meets it: parts found by CSS selectors, words without markup, forms filled in and sent."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a part of one."""

    node: LexborNode

    def all(self, selector: str) -> list["Page"]:
        """Every part that the selector means, in order; of a page itself too, of a part only what stands in it."""
        return [Page(found) for found in self.node.css(selector) if self.name == "html" or found != self.node]

    def one(self, selector: str) -> "Page":
        """The part, of which there must be exactly one."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} x {selector}"
        return found[0]

    @property
    def name(self) -> str:
        """Of the element."""
        return str(self.node.tag)

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(self.node.text(separator=" ").split())

    @property
    def as_it_stands(self) -> str:
        """The words with their spaces and lines."""
        return str(self.node.text())

    @property
    def attributes(self) -> dict[str, str]:
        return {name: value or "" for name, value in self.node.attributes.items()}

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
    if field.name == "textarea":
        return field.as_it_stands
    if field.name == "select":
        chosen = field.all("option[selected]") or field.all("option")[:1]
        return chosen[0].attributes["value"] if chosen else ""
    return field.attributes.get("value", "")


def read(answer: HttpResponse | Any, *, status: int = 200) -> Page:
    """The page that was answered with."""
    assert answer.status_code == status, answer.status_code
    root = LexborHTMLParser(answer.content).root
    assert root is not None
    return Page(root)
