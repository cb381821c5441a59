"""The form in which people choose how they hear of things: the same for staff and for customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.domain.audit.actor import Actor
from vaxel.domain.notices.choosing import choices_of
from vaxel.domain.notices.ways import DEFAULTS, way_of
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.moments import clock
from vaxel.surfaces.ui.shapes import Option

#: The hour of those who have chosen none.
_FIRST_HOUR: Final = 8
_HOURS: Final = range(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One thing that somebody may hear of; `name` is the form's field and the kind of mail."""

    name: str
    label: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForm:
    """Everything that may be chosen, as it is now."""

    rows: tuple[NoticeRow, ...]
    ways: tuple[Option, ...]
    hours: tuple[Option, ...]
    hour: str
    #: What is always told at once, in a sentence.
    always: str


def notice_form(by: Actor) -> NoticeForm:
    """The form of one of the staff or of a customer's person; one query."""
    chosen = choices_of(by)
    ways = {} if chosen is None else chosen.ways
    told = _staff_labels() if by.kind == "staff" else _customer_labels()
    return NoticeForm(
        rows=tuple(
            NoticeRow(name=kind, label=told[kind], way=way_of(by.kind, kind, ways)) for kind in DEFAULTS[by.kind]
        ),
        ways=(
            Option(value="each", label=_("At once")),
            Option(value="digest", label=_("Once a day")),
            Option(value="off", label=_("No mail")),
        ),
        hours=tuple(
            Option(value=str(hour), label=clock(hour * 60, language=get_language() or "sv")) for hour in _HOURS
        ),
        hour=str(_FIRST_HOUR if chosen is None else chosen.digest_hour),
        always=_always_for_staff() if by.kind == "staff" else _always_for_customers(),
    )


def chosen_ways(request: HttpRequest) -> Mapping[str, str]:
    """What was sent, by field; the door leaves out what may not be chosen."""
    return {name: str(value) for name, value in request.POST.items()}


def chosen_hour(request: HttpRequest) -> int:
    """The hour that was sent, or the first one of the day's work."""
    hour = number_in(request.POST.get("digest_hour", ""))
    return hour if hour is not None and hour in _HOURS else _FIRST_HOUR


def _staff_labels() -> Mapping[str, str]:
    return {
        "assigned": _("Somebody gives you a ticket"),
        "customer-replied": _("A customer writes in your ticket"),
        "reopened": _("Your ticket is opened again"),
        "for-knowledge": _("The policy wants you to know of a question"),
        "new-in-team": _("A new question comes to your team"),
    }


def _customer_labels() -> Mapping[str, str]:
    return {
        "received": _("We have got your question"),
        "answer": _("We answer"),
        "solved": _("Your question is marked as solved, or opened again after all"),
        "moved": _("Your question goes to somebody else, or gets another time"),
        "colleague-wrote": _("A colleague writes in your ticket"),
        "problem-update": _("There is news about a problem that you have met"),
        "wish-answer": _("We answer a wish of yours"),
    }


def _always_for_staff() -> str:
    return _("Questions for your own role always come at once, and so does what the policy says you must be told.")


def _always_for_customers() -> str:
    return _("When we need to know more, or a colleague asks you for help, the mail always comes at once.")
