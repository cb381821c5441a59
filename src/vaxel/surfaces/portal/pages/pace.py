"""Whether first answers take long just now, said before somebody asks. A fact of the last days, never a promise."""

from datetime import timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.desks.policies import current_policy
from vaxel.insight.reports.answer_pace import Pace, slow_teams
from vaxel.surfaces.ui.gate import CustomerPlace

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def slow_answers(place: CustomerPlace, *, language: str, destination: str = "") -> tuple[str, ...]:
    """A sentence for each slow team, or for this one alone; one query."""
    found = slow_teams(place.desk.pk)
    return tuple(
        _sentence(pace, place=place, language=language) for pace in found if destination in {"", pace.destination}
    )


def _sentence(pace: Pace, *, place: CustomerPlace, language: str) -> str:
    team = current_policy(place.desk).file.destinations.get(pace.destination)
    name = pace.destination if team is None else team.name.in_(language)
    said = _(
        "Answers from %(team)s take longer than we aim for. In the last seven days half of the first answers took more "
        "than %(time)s of opening hours."
    )
    return said % {"team": name, "time": _length(pace.taken)}


def _length(taken: timedelta) -> str:
    """In minutes below an hour, then in hours; never less than it was measured to be."""
    if taken < _HOUR:
        minutes = ceil(taken / _MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = ceil(taken / _HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
