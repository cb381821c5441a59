"""The languages that pages can be in, each by its own name: "Svenska", "English"."""

from collections.abc import Container

from django.conf import settings

from vaxel.surfaces.ui.shapes import Option


def language_name(language: str) -> str:
    """What a language is called by itself; one that pages cannot be in keeps its code."""
    return dict(settings.LANGUAGES).get(language, language)


def language_options(among: Container[str] | None = None) -> tuple[Option, ...]:
    """The languages to choose from: all, or those of a desk."""
    known = settings.LANGUAGES
    return tuple(Option(value=code, label=name) for code, name in known if among is None or code in among)
