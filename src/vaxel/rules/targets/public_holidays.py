"""Public holidays, from the `holidays` package (https://holidays.readthedocs.io).

What it yields here: the days that law makes public holidays, with the substitute days of countries that move a
holiday from a weekend. Sundays as such are not among them (Swedish law counts them; our weeks say what is open). The
*eves* are the package's category DE_FACTO: for Sweden Midsummer Eve, Christmas Eve and New Year's Eve, which Swedish
annual-leave law treats as Sundays though they are no public holidays.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets.almanacs import holidays

_PUBLIC: Final = "public"
_EVES: Final = "de_facto"
_CODE_LENGTH: Final = 2


@lru_cache(maxsize=512)
def public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    """The public holidays of `year`; `country` and `region` must have passed `check_country`."""
    return _dates(country=country, region=region, year=year, category=_PUBLIC)


@lru_cache(maxsize=512)
def eves(country: str, region: str | None, year: int) -> frozenset[date]:
    """The days off by custom of `year`; `country` must have passed `check_eves`."""
    return _dates(country=country, region=region, year=year, category=_EVES)


def _dates(*, country: str, region: str | None, year: int, category: str) -> frozenset[date]:
    almanac = holidays.country_holidays(country, subdiv=region, years=year, expand=False, categories=(category,))
    return frozenset(almanac)


def check_country(country: str, region: str | None) -> None:
    """Raise SentenceError if the package does not know the country or its region.

    The one country is asked for first: the list of all costs a tenth of a second, and is needed only to say what is
    wrong.
    """
    regions = _regions(country)
    if regions is None:
        countries = holidays.list_supported_countries(include_aliases=False)
        meant = say("hours.meant", near=country.upper()) if country.upper() in countries else ""
        raise SentenceError(say("hours.country", country=country, meant=meant))
    if region is None or region in regions:
        return
    allowed = regions or say("hours.no-regions")
    raise SentenceError(say("hours.region", region=region, country=country, allowed=allowed))


def _regions(country: str) -> tuple[str, ...] | None:
    """The regions of a country that the package knows by its two-letter code; None for any other text."""
    if len(country) != _CODE_LENGTH or not country.isupper():
        return None
    try:
        return tuple(holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return None


def check_eves(country: str) -> None:
    """Raise SentenceError if the country has no eves by custom."""
    if _EVES not in holidays.country_holidays(country).supported_categories:
        raise SentenceError(say("hours.eves", country=country))


def holiday_name(country: str, region: str | None, day: date, *, language: str, eves: bool = True) -> str:
    """What the holiday of that date is called; "" for an ordinary date. Eves count too, unless they are left out.

    In the country's own language where the package has no words in the one that is asked for.
    """
    return _names(country, region, day.year, language, eves).get(day, "")


@lru_cache(maxsize=64)
def _names(country: str, region: str | None, year: int, language: str, with_eves: bool) -> dict[date, str]:  # noqa: FBT001  # part of a key
    known = holidays.country_holidays(country)
    tongue = next((each for each in known.supported_languages if each.split("_")[0] == language), None)
    wanted = (_PUBLIC, _EVES) if with_eves and _EVES in known.supported_categories else (_PUBLIC,)
    almanac = holidays.country_holidays(
        country, subdiv=region, years=year, expand=False, categories=wanted, language=tongue
    )
    return dict(almanac.items())
