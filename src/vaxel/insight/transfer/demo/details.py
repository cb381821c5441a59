"""The small facts that conversations mention: dates, versions, case numbers, error texts. All made up."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from vaxel.insight.transfer.demo.cast import CastOrganisation, CastPerson
from vaxel.insight.transfer.demo.wording import Maker

_SERIES: Final = ("BYGG", "BYGG", "BYGG", "MILJÖ", "PLAN", "LIVS")
#: The newest first, as the policy of the installed case system names them.
_VERSIONS: Final = ("8.9.0", "8.8.2", "8.8.1", "8.7.4")
_STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
#: Words whose makers give something new at each place.
VARYING: Final = frozenset({"number", "clock", "weekday_en"})


def makers(
    *, at: datetime, organisation: CastOrganisation, asker: CastPerson, colleague: CastPerson
) -> Mapping[str, Maker]:
    """The words of a ticket asked at this instant by this person."""
    today = at.astimezone(_STOCKHOLM).date()
    place = organisation.name.split()[0].removesuffix("s")
    return {
        "name": lambda _: asker.name,
        "first": lambda _: asker.first_name,
        "title": lambda _: asker.title.lower(),
        "organisation": lambda _: organisation.name,
        "phone": lambda _: asker.phone,
        "plan": lambda _: organisation.plan.capitalize(),
        "products": lambda _: " och ".join(_PRODUCTS[product] for product in organisation.products),
        "colleague": lambda _: colleague.name,
        "colleague_first": lambda _: colleague.first_name,
        "alias": lambda random: _alias(colleague, random),
        "deadline": lambda random: "den " + _day(today + timedelta(days=random.randint(3, 14))),
        "deadline_iso": lambda random: (today + timedelta(days=random.randint(3, 14))).isoformat(),
        "date": lambda random: _day(today - timedelta(days=random.randint(2, 20))),
        "date_en": lambda random: _day_en(today + timedelta(days=random.randint(2, 20))),
        "weekday_en": lambda random: format_date(today - timedelta(days=random.randint(1, 5)), "EEEE", locale="en"),
        "period": lambda random: _period(today, random),
        "year": lambda _: str(today.year - 1),
        "clock": lambda random: f"{random.randint(8, 16)}.{random.randint(0, 11) * 5:02}",
        "days": lambda random: str(random.randint(2, 30)),
        "count": lambda random: str(random.randint(3, 60)),
        "number": lambda random: str(random.randint(14, 780)),
        "error": lambda random: f"{random.getrandbits(32):08x}-{random.getrandbits(16):04x}",
        "token": _token,
        "release": lambda random: f"{today.year}.{random.randint(1, today.month)}.{random.randint(0, 4)}",
        "version": lambda random: random.choice(_VERSIONS),
        "version2": lambda _: "8.9.1",
        "case": lambda random: _case(today, random),
        "property": lambda random: _property(place, random),
        "property2": lambda random: _property(place, random),
    }


_PRODUCTS: Final = {
    "suite": "verksamhetsstyrning",
    "meetings": "möten",
    "resource-planning": "resursplanering",
    "baver": "Bäver",
}


@cache
def _day(day: date) -> str:
    return format_date(day, "d MMMM", locale="sv")


@cache
def _day_en(day: date) -> str:
    return format_date(day, "d MMMM", locale="en")


def _period(today: date, random: Random) -> str:
    """The newest period that is over, as tertial, month or quarter."""
    last_month = today.replace(day=1) - timedelta(days=1)
    names = (
        f"tertial {(today.month - 1) // 4 or 3}",
        format_date(last_month, "MMMM", locale="sv"),
        f"kvartal {(today.month - 1) // 3 or 4}",
        "delår 2",
    )
    return random.choice(names)


def _token(random: Random) -> str:
    """Something long without a space in it, as machines write it."""
    body = "".join(f"{random.getrandbits(64):016x}" for _ in range(random.randint(6, 12)))
    return f"ERR_{body}_RADNR={random.randint(2, 9000)}&kolumn=VARDE&innehall=%22{random.getrandbits(48):012x}%22"


def _alias(person: CastPerson, random: Random) -> str:
    local, _, domain = person.email.partition("@")
    return random.choice(
        (f"{local}@intern.{domain}", f"{local.title()}@{domain}", f"{local.replace('.', '')}@{domain}")
    )


def _case(today: date, random: Random) -> str:
    year = today.year - (random.random() < 0.3)  # noqa: PLR2004  # a third of the cases are last year's
    return f"{random.choice(_SERIES)}.{year}.{random.randint(3, 980):04}"


def _property(place: str, random: Random) -> str:
    return f"{place} {random.randint(1, 14)}:{random.randint(2, 190)}"
