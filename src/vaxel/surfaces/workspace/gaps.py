"""What a desk lacks for every question to reach somebody: roles, teams, and organisations without contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.gaps import RoleGap, WithoutContacts, desk_gaps
from vaxel.domain.tickets.first_line import waiting_at
from vaxel.rules.policy import PolicyFile
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

#: Organisations that a row names before it counts the rest.
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """An organisation without contacts. What its people have asked each other is not ours to read, only how much."""

    organisation: str
    url: str
    is_administered: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that nobody fills, or whose holder is not there."""

    role: str
    why: str
    organisations: str
    #: Who gets the questions instead.
    instead: str


@require_safe
@staff_page
def gaps(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All of them, what is worst first; six queries."""
    labels, file = labels_of(place.desk, now=place.now), current_policy(place.desk).file
    today = place.now.astimezone(labels.zone).date()
    teams = [name for name, each in file.destinations.items() if each.type == "team"]
    found = desk_gaps(place.scope, roles=file.roles, teams=teams, today=today)
    return show(
        request,
        place,
        "gaps",
        labels=labels,
        roles=[_role_row(each, file=file, labels=labels) for each in found.roles],
        teams=[labels.names.destinations[each] for each in found.teams],
        gaps=_organisations(found.organisations, place=place),
        absences_url=workspace_url("absences", place),
    )


def _organisations(found: Sequence[WithoutContacts], *, place: StaffPlace) -> list[Gap]:
    """Those with waiting questions first; one query."""
    waiting = waiting_at([each.organisation_id for each in found])
    inbox = workspace_url("inbox", place)
    rows = [
        Gap(
            organisation=each.name,
            url=f"{inbox}?view=all&organisation={each.organisation_id}",
            is_administered=each.is_administered,
            waiting=waiting.get(each.organisation_id, 0),
        )
        for each in found
    ]
    return sorted(rows, key=lambda gap: -gap.waiting)


def _role_row(gap: RoleGap, *, file: PolicyFile, labels: Labels) -> RoleRow:
    return RoleRow(
        role=labels.names.roles.get(gap.role, gap.role),
        why=_why(gap, labels=labels),
        organisations=_some_of(gap.organisations),
        instead=gap.instead or _by_policy(gap.role, file=file, labels=labels),
    )


def _why(gap: RoleGap, *, labels: Labels) -> str:
    match gap.why:
        case "nobody":
            return _("Nobody has the role")
        case "left":
            return _("%(name)s has left") % {"name": gap.holder}
        case _:
            until = "" if gap.until is None else format_date(gap.until, "d MMMM", locale=labels.language)
            said = {"name": gap.holder, "day": until}
            return _("%(name)s is away until %(day)s, and nobody steps in") % said


def _by_policy(role: str, *, file: PolicyFile, labels: Labels) -> str:
    """Where the policy sends such a question when the role reaches nobody; it stays in the role's queue without."""
    places = [each for each in file.destinations.values() if each.role == role and each.fallback is not None]
    fallback = places[0].fallback if places else None
    if fallback is None:
        return _("All who answer such questions")
    return labels.names.destinations.get(fallback, fallback)


def _some_of(names: tuple[str, ...]) -> str:
    named, rest = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if rest <= 0:
        return named
    said = ngettext("%(named)s and %(rest)d more", "%(named)s and %(rest)d more", rest)
    return said % {"named": named, "rest": rest}
