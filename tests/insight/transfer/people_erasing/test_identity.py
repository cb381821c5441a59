"""What tells of a person in running text, and what only looks like it."""

from typing import Final

import pytest

from vaxel.insight.transfer.people_erasing.identity import Identity, own_parts_of

NAME: Final = "Solveigbritt Kvarnåker"
EMAIL: Final = "solveigbritt.k@kund.example"
PHONE: Final = "0555-987 61 23"


@pytest.mark.parametrize(
    "text",
    [
        "Hej Solveigbritt Kvarnåker!",
        "KVARNÅKER, SOLVEIGBRITT",
        "<b>Solveigbritt</b>\n<i>Kvarnåker</i>",
        "> Solveigbritt\n> Kvarnåker skrev",
        "Solveigbritts dator",
        "solveigbritt.k@kund.example",
        "<Solveigbritt.K@Kund.Example>",
        "0555-987 61 23",
        "+46 555 987 61 23",
        "0046(0)5559876123",
        "ring 0555/987\u20116123.",
    ],
)
def test_t81_a_name_is_found_however_it_is_written(text: str) -> None:
    parts = own_parts_of(NAME, others=["Maj Ekdahl"])
    who = Identity(name=NAME, emails=(EMAIL,), phones=(PHONE,), own_parts=parts, is_elsewhere=False, alias="Person 7")

    struck = who.struck(text, with_name=True).casefold()

    assert [trace for trace in ("solveig", "kvarn", "987") if trace in struck] == []


@pytest.mark.parametrize(
    "text", ["ett berg av ärenden", "Bergström skrev", "kalle.berg@annan.example", "10555987612399"]
)
def test_t81_what_only_looks_like_a_name_stays(text: str) -> None:
    who = Identity(
        name="Bo Berg",
        emails=("berg@kund.example",),
        phones=(PHONE,),
        own_parts=("Berg",),
        is_elsewhere=False,
        alias="Person 7",
    )

    assert who.struck(text, with_name=True) == text
