"""What is the same for everybody is made once for each language: words of a page, and parts of it in templates.

    {% once chrome.account_links %} … {% endonce %}

What stands between may depend on the values that are named and on nothing else of the request; each language has an
environment of its own. Never put a form into it: its token belongs to one person.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from django.conf import settings
from django.utils.translation import get_language
from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

T = TypeVar("T")


def once_per_language(words: Callable[[], T]) -> Callable[[], T]:
    """A function of words that depend on the language alone, asked for by each page."""
    said: dict[str, T] = {}

    @wraps(words)
    def kept() -> T:
        language = get_language() or settings.LANGUAGE_CODE
        if language not in said:
            said[language] = words()
        return said[language]

    return kept


#: Parts that are kept, of all templates; beyond it all are made anew.
_MOST: Final = 1000


class Once(Extension):
    """Named in the environment's extensions."""

    tags = {"once"}  # noqa: RUF012  # Jinja's hook, which is a set

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._made: dict[tuple[str, tuple[object, ...]], Markup] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The part as a call that has it made when it is not there."""
        line = next(parser.stream).lineno
        values = []
        while parser.stream.current.type != "block_end":
            values.append(parser.parse_expression())
            parser.stream.skip_if("comma")
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_kept", [place, nodes.Tuple(values, "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _kept(self, place: str, values: tuple[object, ...], caller: Callable[[], Markup]) -> Markup:
        key = (place, values)
        if key not in self._made:
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = caller()
        return self._made[key]
