"""What a desk lacks for every question to reach somebody: organisations in which nobody can be asked first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vaxel.domain.people.queries import without_contacts
from vaxel.domain.tickets.first_line import waiting_at
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of


@dataclass(frozen=True, slots=True)
class Gap:
    """An organisation without contacts. What its people have asked each other is not ours to read, only how much."""

    organisation: str
    url: str
    is_administered: bool
    waiting: int


@require_safe
@staff_page
def gaps(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The organisations, those with waiting questions first; two queries."""
    found = without_contacts(place.scope)
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
    rows.sort(key=lambda gap: -gap.waiting)
    return show(request, place, "gaps", labels=labels_of(place.desk, now=place.now), gaps=rows)
