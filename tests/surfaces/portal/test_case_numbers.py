"""A case number is taken as people write it, and found in their own words (B4)."""

import re

import pytest

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin
from vaxel.domain.tickets.models import Draft


def to_details(bo: Customer, words: str) -> Asking:
    asking = begin(bo.client, bo.desk.slug, words)
    asking.post("kind", kind="fault", product="baver", topic="object")
    return asking


def test_a_case_number_in_small_letters_is_taken(bo: Customer) -> None:
    to_details(bo, "Objektet visar fel fastighet").post("save/details", **{"field-case-reference": "bygg.2022.194"})

    assert Draft.unscoped.get().data["fields"]["case-reference"] == "BYGG.2022.194"


@pytest.mark.parametrize(
    ("words", "filled_in"),
    [
        ("Objektet är fel i bygg.2022.194.", "BYGG.2022.194"),
        ("Fel i BYGG.2022.194 och i BYGG.2022.195", ""),
        ("Fel i BYGG.2022.194, ja i bygg.2022.194", "BYGG.2022.194"),
        ("Fel i version 8.9.0", ""),
    ],
)
def test_a_case_number_in_the_own_words_is_filled_in(bo: Customer, words: str, filled_in: str) -> None:
    page = to_details(bo, words).get("details").content.decode()

    assert re.findall(r'value="([A-Z]+\.[0-9.]+)"', page) == ([filled_in] if filled_in else [])


def test_a_number_that_was_taken_out_stays_out(bo: Customer) -> None:
    asking = to_details(bo, "Objektet är fel i bygg.2022.194.")
    asking.post("save/details", **{"field-case-reference": ""})

    assert 'value="BYGG.2022.194"' not in asking.get("details").content.decode()
