"""What can be done with the tickets that somebody has chosen in a list, and what is told of those that were refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.tickets.several import Refused
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link, Option
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.heading import CHOSEN
from vaxel.surfaces.workspace.labels import Labels, options_of
from vaxel.surfaces.workspace.listing import Listing

#: In the address of a list: every ticket of the page comes chosen. For those without script.
ALL: Final = "all"
#: A priority that nobody can give: the desk has yet to set it.
_UNDECIDED: Final = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar below a list: where it sends what was chosen, and the values that each of its menus offers."""

    url: str
    #: The same list with nothing chosen, and with everything.
    none_url: str
    all_url: str
    own_id: str
    staff: Sequence[Option]
    statuses: Sequence[Option]
    priorities: Sequence[Option]


def bar_of(place: StaffPlace, listing: Listing, *, staff: Mapping[int, str], labels: Labels) -> Bar:
    """The bar of a list; no queries."""
    names, query, here = labels.names, listing.query(), workspace_url("inbox", place)
    return Bar(
        url=workspace_url("several", place) + query,
        none_url=here + query,
        all_url=f"{here}{query}&chosen={ALL}",
        own_id=str(place.viewer.staff_id),
        staff=[
            Option(value="", label=_("Nobody")),
            *(Option(value=str(staff_id), label=name) for staff_id, name in staff.items()),
        ],
        statuses=[Option(value=each.value, label=names.statuses[each.value].label) for each in CHOSEN],
        priorities=options_of({key: name for key, name in names.priorities.items() if key != _UNDECIDED}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason, and the tickets that were refused for it."""

    reason: str
    tickets: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of tickets that were not all done: a sentence, and why the others were not."""

    title: str
    because: tuple[Because, ...]


def because_of(
    refused: Iterable[tuple[str, Refused]], place: StaffPlace, listing: Listing, *, reasons: Mapping[Refused, str]
) -> tuple[Because, ...]:
    """The reasons, each with its tickets by name, in the order that they were chosen in."""
    by_reason: dict[Refused, list[Link]] = {}
    for name, why in refused:
        # Of a ticket that is not here nothing is told, nor whether it is anywhere.
        is_here = why != Refused.MISSING
        url = workspace_url("ticket", place, name=name) + listing.query() if is_here else ""
        by_reason.setdefault(why, []).append(Link(label=name, url=url))
    return tuple(Because(reason=reasons[why], tickets=tuple(links)) for why, links in by_reason.items())
