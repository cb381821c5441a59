"""The check of the interface's texts."""

from babel.messages.catalog import Catalog

from tools.messages import clashes


def _saying(**texts: str) -> Catalog:
    catalogue = Catalog(locale="sv")
    for english, swedish in texts.items():
        catalogue.add(english, swedish)
    return catalogue


def test_clashes_name_what_two_areas_say_differently() -> None:
    areas = {
        "portal": _saying(Answered="Besvarade", Sent="Skickat"),
        "workspace": _saying(Answered="Besvarat", Sent="Skickat"),
    }

    assert clashes(areas) == ["'Answered' is said in 2 ways, by portal and by workspace"]
