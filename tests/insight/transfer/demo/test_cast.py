"""Who is there: enough people of every sort, and nobody who exists."""

import re
from datetime import date
from pathlib import Path

import pytest

from vaxel.insight.transfer.demo import files
from vaxel.insight.transfer.demo.cast import Cast, CastPerson, CastStaff, address, make_cast
from vaxel.rules.policy import read_policy

TODAY = date(2026, 11, 19)
EVERY_DESK = (*files.DESKS, files.COUNTING_DESK)
EXAMPLES = Path(__file__).parents[4] / "examples" / "desks"
REAL = set((Path(__file__).parent / "real_municipalities.txt").read_text(encoding="utf-8").split())


def _cast(slug: str, *, organisations: int = 0) -> Cast:
    return make_cast(files.desk_file(slug), files.name_file(), seed=1, today=TODAY, organisations=organisations)


def test_both_desks_together_have_forty_customers_and_three_hundred_people() -> None:
    casts = [_cast(slug) for slug in files.DESKS]
    assert sum(len(cast.organisations) for cast in casts) == 44
    assert sum(1 for cast in casts for _ in cast.people) == 300


@pytest.mark.parametrize("slug", EVERY_DESK)
def test_no_customer_is_called_like_a_real_municipality(slug: str) -> None:
    names = {word.removesuffix("s") for one in _cast(slug).organisations for word in re.findall(r"[\w-]+", one.name)}
    assert names & {name.removesuffix("s") for name in REAL} == set()


@pytest.mark.parametrize("slug", files.DESKS)
def test_some_customers_have_names_that_are_hard_to_fit(slug: str) -> None:
    assert [one.name for one in _cast(slug).organisations if 60 <= len(one.name) <= 80] != []


@pytest.mark.parametrize("slug", EVERY_DESK)
def test_addresses_and_numbers_are_invented(slug: str) -> None:
    cast = _cast(slug)
    people: list[CastStaff | CastPerson] = [*cast.staff, *cast.people]
    assert [one.email for one in people if not one.email.endswith(".example")] == []
    fictional = re.compile(r"070-174 0[69]\d \d\d|070-174 06 \d\d|08-465 004 \d\d")
    assert [one.phone for one in people if not fictional.fullmatch(one.phone)] == []


def test_every_standing_is_there() -> None:
    people = list(_cast("kompass").people)
    contacts = [one for one in people if one.has_seat]
    assert {
        "trained": any(one.expires_on is not None and one.expires_on > TODAY for one in contacts),
        "expired": any(one.expires_on is not None and one.expires_on < TODAY for one in contacts),
        "untrained": any(one.passed_on is None for one in contacts),
        "user": any(not one.has_seat for one in people),
        "local contact": any(one.is_local_contact for one in people),
        "administrator": any(one.administers for one in people),
        "gone": any(not one.is_active for one in people),
        "two customers": len({one.email for one in people}) < len(people),
        "right to left": any(one.name[0] > "\u0590" for one in people),
        "English": any(one.language == "en" for one in people),
    } == dict.fromkeys(
        (
            "trained",
            "expired",
            "untrained",
            "user",
            "local contact",
            "administrator",
            "gone",
            "two customers",
            "right to left",
            "English",
        ),
        True,
    )


@pytest.mark.parametrize("slug", files.DESKS)
def test_nobody_has_a_seat_too_many(slug: str) -> None:
    plans = read_policy(files.policy_source(slug)).file.plans
    for one in _cast(slug).organisations:
        limit = one.seats or plans[one.plan].contacts
        taken = sum(person.has_seat for person in one.people)
        assert limit == "unlimited" or taken <= limit


@pytest.mark.parametrize("slug", files.DESKS)
def test_sign_in_offers_people_who_are_there(slug: str) -> None:
    cast = _cast(slug)
    people: list[CastStaff | CastPerson] = [*cast.staff, *cast.people]
    active = {one.email for one in people if one.is_active}
    offered = [one.email for one in cast.file.sign_in]
    assert [email for email in offered if email not in active] == []
    assert 10 <= len(offered) <= 12


def test_more_customers_than_listed_have_names_of_their_own() -> None:
    names = [one.name for one in _cast("kompass", organisations=300).organisations]
    assert len(set(names)) == 300


def test_same_seed_makes_the_same_cast() -> None:
    assert _cast("baver") == _cast("baver")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Małgorzata Dąbrowska", "malgorzata.dabrowska@a.example"),
        ("Elle-Márjá Sarri Valkeapää", "elle-marja.sarri.valkeapaa@a.example"),
        ("Mehmet Aydın", "mehmet.aydin@a.example"),
    ],
)
def test_address_is_written_in_plain_letters(name: str, expected: str) -> None:
    assert address(name, "a.example") == expected


def test_nothing_of_the_origins_stands_in_the_examples() -> None:
    foreign = re.compile("|".join(map(re.escape, ["Strat" + "sys", "Cas" + "tor"])), re.IGNORECASE)
    texts = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.toml")}
    assert [name for name, text in texts.items() if foreign.search(text)] == []
