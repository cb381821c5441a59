"""Something done to the tickets that were chosen in a list: one press, one door for each.

When all of it was done one comes back to the list. When some was refused the list comes back (409), says of each why,
and those stay chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vaxel.domain.tickets.several import (
    MOST_AT_ONCE,
    Chosen,
    Outcome,
    Refused,
    assign_each,
    close_each,
    reopen_each,
    set_priority_of_each,
    set_status_of_each,
    solve_each,
)
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.workspace.choosing import Told, because_of
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.heading import CHOSEN
from vaxel.surfaces.workspace.inbox import show_list
from vaxel.surfaces.workspace.listing import Listing

#: Characters that are shown of a name that is none.
_LONGEST_NAME: Final = 20


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def several(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Assign, set a status or a priority, solve, close. By GET it is only another address of the list.

    Enter on a box sends the form too, and means none of that: the list comes back with what was chosen.
    """
    if request.method != "POST":
        return _to_list(request, place)
    named = _named(request.POST.getlist("ticket"), place)
    if "look" in request.POST:
        return show_list(request, place, Listing.of(request), chosen=frozenset(each.number for each in named.tickets))
    return _do(request, place, _act(request, place), named)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def reopening(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The way back from solving and closing: those that the address names are open again."""
    if request.method != "POST":
        return _to_list(request, place)
    return _do(request, place, _Act(run=_reopened, told=_open_again), _named(request.GET.getlist("ticket"), place))


@dataclass(frozen=True, slots=True)
class _Named:
    """What boxes or an address named: tickets as this desk calls them, and names that it never gave."""

    tickets: tuple[Chosen, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """What is done to each, and how it is told of so many."""

    run: Callable[..., Outcome]
    told: Callable[[int], str]
    can_be_undone: bool = False


def _named(boxes: Sequence[str], place: StaffPlace) -> _Named:
    """Each ticket once. 404 for more than a page of a list has."""
    if len(boxes) > MOST_AT_ONCE:
        raise Http404
    tickets: dict[int, Chosen] = {}
    strange: list[str] = []
    for box in boxes:
        name, _dot, version = box.partition(".")
        try:
            number = number_of(place.desk, name)
        except Http404:
            strange.append(name[:_LONGEST_NAME])
        else:
            tickets[number] = Chosen(number, version=number_in(version))
    return _Named(tuple(tickets.values()), tuple(strange))


def _act(request: HttpRequest, place: StaffPlace) -> _Act:
    """The one that the pressed button names; 404 for none."""
    post = request.POST
    if "staff" in post:
        return _assigning(post["staff"], place)
    if "status" in post:
        status = next((each for each in CHOSEN if each.value == post["status"]), None)
        if status is None:
            raise Http404
        return _Act(run=partial(set_status_of_each, status=status), told=_status_changed)
    if "priority" in post:
        return _Act(run=partial(set_priority_of_each, priority=post["priority"]), told=_priority_changed)
    finishing = {
        "solve": _Act(run=solve_each, told=_solved, can_be_undone=True),
        "close": _Act(run=close_each, told=_closed, can_be_undone=True),
    }
    if post.get("finish") not in finishing:
        raise Http404
    return finishing[post["finish"]]


def _assigning(staff: str, place: StaffPlace) -> _Act:
    staff_id = number_in(staff)
    if staff and staff_id is None:
        raise Http404
    told = _taken if staff_id == place.viewer.staff_id else _given if staff else _put_back
    return _Act(run=partial(assign_each, staff_id=staff_id), told=told)


def _reopened(chosen: Sequence[Chosen], **given: Any) -> Outcome:
    return reopen_each([one.number for one in chosen], **given)


def _do(request: HttpRequest, place: StaffPlace, act: _Act, named: _Named) -> HttpResponse:
    listing = Listing.of(request)
    outcome = act.run(named.tickets, scope=place.scope, by=place.by, now=place.now)
    refused = [(ticket_name(place.desk, number), why) for number, why in outcome.refused.items()]
    refused += [(name, Refused.MISSING) for name in named.strange]
    said = _said(outcome, act)
    if said or not refused:
        undo_url = _undo_url(outcome, place, listing) if act.can_be_undone else ""
        say(request, said or _("Choose tickets in the list first."), undo_url=undo_url)
    if not refused:
        return _to_list(request, place)
    stayed = ngettext("%(count)d ticket stayed as it was.", "%(count)d tickets stayed as they were.", len(refused)) % {
        "count": len(refused)
    }
    told = Told(title=stayed, because=because_of(refused, place, listing, reasons=_reasons()))
    return show_list(request, place, listing, told=told, chosen=frozenset(outcome.refused))


def _to_list(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    address = workspace_url("inbox", place) + Listing.of(request).query()
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _undo_url(outcome: Outcome, place: StaffPlace, listing: Listing) -> str:
    """Where those that were done are opened again; empty when none was."""
    names = [("ticket", ticket_name(place.desk, number)) for number in outcome.done]
    return f"{workspace_url('several_reopening', place)}{listing.query()}&{urlencode(names)}" if names else ""


def _said(outcome: Outcome, act: _Act) -> str:
    """What was done, and of how many it was true before; empty when every ticket was refused."""
    already = len(outcome.already)
    before = ngettext("%(count)d ticket was so already.", "%(count)d tickets were so already.", already) % {
        "count": already
    }
    return " ".join(
        sentence for sentence, count in ((act.told(len(outcome.done)), len(outcome.done)), (before, already)) if count
    )


def _reasons() -> Mapping[Refused, str]:
    return {
        Refused.MISSING: _("There is no such ticket at the desk."),
        Refused.CHANGED: _("Changed by somebody meanwhile. Look, and press again if it is still right."),
        Refused.FINISHED: _("Solved or closed. Open again first."),
        Refused.UNSOLVED: _("Not solved. Only what is solved can be closed."),
        Refused.STANDS: _("Open already, or closed too long ago."),
        Refused.NO_COLLEAGUE: _("The colleague does not work at the desk any more."),
        Refused.NO_PRIORITY: _("The policy that decides about it has no such priority."),
    }


def _taken(count: int) -> str:
    return ngettext("%(count)d ticket is yours.", "%(count)d tickets are yours.", count) % {"count": count}


def _given(count: int) -> str:
    told = ngettext("%(count)d ticket has changed hands.", "%(count)d tickets have changed hands.", count)
    return told % {"count": count}


def _put_back(count: int) -> str:
    return ngettext("Nobody has %(count)d ticket now.", "Nobody has %(count)d tickets now.", count) % {"count": count}


def _status_changed(count: int) -> str:
    told = ngettext("%(count)d ticket has another status.", "%(count)d tickets have another status.", count)
    return told % {"count": count}


def _priority_changed(count: int) -> str:
    told = ngettext(
        "%(count)d ticket has another priority, and its promises follow.",
        "%(count)d tickets have another priority, and their promises follow.",
        count,
    )
    return told % {"count": count}


def _solved(count: int) -> str:
    return ngettext("%(count)d ticket is solved.", "%(count)d tickets are solved.", count) % {"count": count}


def _closed(count: int) -> str:
    return ngettext("%(count)d ticket is closed.", "%(count)d tickets are closed.", count) % {"count": count}


def _open_again(count: int) -> str:
    return ngettext("%(count)d ticket is open again.", "%(count)d tickets are open again.", count) % {"count": count}
