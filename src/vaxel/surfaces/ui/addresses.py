"""Addresses of pages, worked out once: a page names a dozen, and Django's `reverse` looks through all each time."""

from functools import lru_cache
from typing import Final

from django.urls import reverse

_KEPT: Final = 2000


def address(name: str, /, **arguments: object) -> str:
    """The address of a named route, the same as Django's `reverse`."""
    return _address(name, tuple((key, str(value)) for key, value in arguments.items()))


@lru_cache(maxsize=_KEPT)
def _address(name: str, arguments: tuple[tuple[str, str], ...]) -> str:
    return reverse(name, kwargs=dict(arguments) or None)
