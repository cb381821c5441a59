"""Minutes and money as people read them, in mails and on pages. Pure."""

from decimal import Decimal
from typing import Final

from babel.numbers import format_currency, get_currency_symbol
from babel.units import format_unit

from vaxel.domain.smalljobs.rates import Price

_HOUR: Final = 60


def minutes_in_words(minutes: int, *, language: str) -> str:
    """As "45 minuter", "1 timme 30 minuter"; what is taken back has its minus sign first."""
    hours, rest = divmod(abs(minutes), _HOUR)
    units = [(hours, "duration-hour"), (rest, "duration-minute")]
    said = " ".join(format_unit(each, unit, locale=_locale(language)) for each, unit in units if each)
    words = said or format_unit(0, "duration-minute", locale=_locale(language))
    return f"−{words}" if minutes < 0 else words


def price_in_words(price: Price, *, minutes: int, language: str) -> str:
    """What so many minutes cost, with the currency."""
    return money_in_words(price.of(minutes), price.currency, language=language)


def money_in_words(amount: Decimal, currency: str, *, language: str) -> str:
    """As "1 300,00 kr" and "SEK 1,300.00"."""
    locale = _locale(language)
    # The library sets letters against the figures in English, where a sign like £ stands.
    is_letters = language != "sv" and get_currency_symbol(currency, locale=locale) == currency
    pattern = "¤¤\N{NO-BREAK SPACE}#,##0.00;¤¤\N{NO-BREAK SPACE}-#,##0.00" if is_letters else None
    return format_currency(amount, currency, format=pattern, locale=locale)


def _locale(language: str) -> str:
    return "sv" if language == "sv" else "en_GB"
