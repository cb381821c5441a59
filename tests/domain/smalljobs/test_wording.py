"""Money and minutes as people read them."""

from decimal import Decimal

import pytest

from vaxel.domain.smalljobs.wording import money_in_words


@pytest.mark.parametrize(
    ("amount", "currency", "language", "said"),
    [
        ("1300", "SEK", "sv", "1 300,00 kr"),
        ("1300", "SEK", "en", "SEK 1,300.00"),
        ("-1300", "SEK", "en", "SEK -1,300.00"),
        ("1300", "EUR", "en", "€1,300.00"),
    ],
)
def test_money_stands_apart_from_letters(amount: str, currency: str, language: str, said: str) -> None:
    assert money_in_words(Decimal(amount), currency, language=language).replace("\N{NO-BREAK SPACE}", " ") == said
