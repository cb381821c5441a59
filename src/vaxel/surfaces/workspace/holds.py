"""Legal holds as those who run the desk see them: in their list, and where something cannot be erased for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from vaxel.domain.privacy.models import LegalHold
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """Something that is kept whatever the rules say, why, by whom and since when; it lasts until somebody ends it."""

    what: str
    #: The customer, or the ticket.
    url: str
    reason: str
    by: str
    since: Moment
    end_url: str


def hold_rows(holds: Iterable[LegalHold], place: StaffPlace, labels: Labels) -> list[HoldRow]:
    """In the order given; no query where the holds came with what they hold."""
    return [_row(each, place, labels) for each in holds]


def holds_url(place: StaffPlace) -> str:
    """Where holds are placed and ended."""
    return f"{workspace_url('settings_retention', place)}#holds"


def _row(held: LegalHold, place: StaffPlace, labels: Labels) -> HoldRow:
    what, url = "", ""
    if held.ticket is not None:
        what = ticket_name(place.desk, held.ticket.number)
        url = workspace_url("ticket", place, name=what)
    elif held.organisation is not None:
        what = held.organisation.name
        url = workspace_url("settings_organisation", place, organisation_id=str(held.organisation.pk))
    return HoldRow(
        what=what,
        url=url,
        reason=held.reason,
        by=held.by_name,
        since=labels.moment(held.since),
        end_url=workspace_url("settings_hold_end", place, hold_id=str(held.pk)),
    )
