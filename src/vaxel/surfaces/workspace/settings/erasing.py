"""Erasing a customer's person: what goes and what stays is shown first, and a box has to be ticked (trust 81)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.people.directory import person_known
from vaxel.domain.people.models import Person
from vaxel.domain.privacy.erasures import (
    AlreadyErasedError,
    StillWorkingError,
    decline_erasure,
    erasure_of,
    open_tickets_of,
    order_erasure,
)
from vaxel.domain.privacy.keeping import HeldError, holds_on
from vaxel.domain.privacy.models import Erasure
from vaxel.domain.privacy.queries import erasure_known, erasures_listed, places_elsewhere
from vaxel.surfaces.ui.shapes import FieldError, Link, Moment
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.holds import hold_rows, holds_url
from vaxel.surfaces.workspace.settings.frame import Settings, found, settings_page, show, to
from vaxel.surfaces.workspace.settings.organisations import trail_to

_SURE: Final = "sure"


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def person_erasing(request: HttpRequest, at: Settings, organisation_id: int, person_id: int) -> HttpResponse:
    """Look at what goes; tick the box, and the worker begins."""
    known = found(person_known(at.place.scope, person_id=person_id, organisation_id=organisation_id))
    if request.method != "POST":
        return _show(request, at, known)
    if request.POST.get(_SURE) != "yes":
        return _show(request, at, known, error=FieldError(field=_SURE, text=_("Tick the box if they should be erased")))
    with_words, with_files = "words" in request.POST, "files" in request.POST
    try:
        order_erasure(known, with_words=with_words, with_files=with_files, by=at.place.by, now=at.place.now)
    except StillWorkingError:
        return _show(request, at, known, error=FieldError(field=_SURE, text=_("Finish their open tickets first")))
    except HeldError:
        text = _("A legal hold is in force: nothing of this may go")
        return _show(request, at, known, error=FieldError(field="holds", text=text))
    except AlreadyErasedError:
        return to(at.url("erasures"), request, _("This person is erased already, or will be in a moment."))
    return to(at.url("erasures"), request, _("The person is out, and is being erased now."))


def _show(request: HttpRequest, at: Settings, known: Person, *, error: FieldError | None = None) -> HttpResponse:
    """What goes, what stays, and what stands in the way; at most eight queries."""
    holds = holds_on(at.place.scope, organisation_id=known.organisation_id)
    names = [ticket_name(at.place.desk, number) for number in open_tickets_of(known)]
    person_url = at.url("person", organisation_id=known.organisation_id, person_id=known.pk)
    return show(
        request,
        at,
        "person_erasing",
        title=_("Erase %(name)s") % {"name": known.name},
        trail=(*trail_to(known.organisation, at), Link(label=known.name, url=person_url)),
        errors=() if error is None else (error,),
        person=known,
        erasure=erasure_of(known),
        open_tickets=[Link(label=each, url=workspace_url("ticket", at.place, name=each)) for each in names],
        holds=hold_rows(holds, at.place, at.labels),
        holds_url=holds_url(at.place),
        elsewhere=[_elsewhere(each, at) for each in places_elsewhere(known)],
        wants_words="words" in request.POST,
        wants_files=request.method != "POST" or "files" in request.POST,
        person_url=person_url,
        erasures_url=at.url("erasures"),
    )


def _elsewhere(other: Person, at: Settings) -> Link:
    url = at.url("person_erasing", organisation_id=other.organisation_id, person_id=other.pk)
    return Link(label=other.organisation.name, url=url)


# --- the list ---


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRow:
    """One that waits for an answer, is under way, or its proof."""

    id: int
    #: A number, or the name while nothing has been erased.
    who: str
    organisation: str
    #: The erasure's state.
    state: str
    asked: Moment | None
    decided: Moment | None
    decided_by: str
    done: Moment | None
    went: str
    reference: str
    erase_url: str
    refusal_url: str


@require_safe
@settings_page
def erasures(request: HttpRequest, at: Settings) -> HttpResponse:
    """Wishes that wait, and the proofs; two queries."""
    rows = [_row(each, at) for each in erasures_listed(at.place.scope)]
    return show(request, at, "erasures", title=_("Erased people"), rows=rows, people_url=at.url("people"))


@require_POST
@settings_page
def erasure_refusal(request: HttpRequest, at: Settings, erasure_id: int) -> HttpResponse:
    """The desk has a reason to keep them."""
    decline_erasure(found(erasure_known(at.place.scope, erasure_id=erasure_id)), by=at.place.by, now=at.place.now)
    return to(at.url("erasures"), request, _("The wish is declined. Tell the customer why."))


def _row(erasure: Erasure, at: Settings) -> ErasureRow:
    person = erasure.person
    return ErasureRow(
        id=erasure.pk,
        who=person.name,
        organisation=erasure.organisation.name,
        state=erasure.state,
        asked=_moment(erasure.wished_at, at),
        decided=_moment(erasure.decided_at, at),
        decided_by=erasure.decided_by_name,
        done=_moment(erasure.done_at, at),
        went=_went(erasure.counts),
        reference=erasure.public_id[:9],
        erase_url=at.url("person_erasing", organisation_id=erasure.organisation_id, person_id=person.pk),
        refusal_url=at.url("erasure_refusal", erasure_id=erasure.pk),
    )


def _moment(instant: datetime | None, at: Settings) -> Moment | None:
    return None if instant is None else at.labels.moment(instant)


def _went(counts: Mapping[str, int]) -> str:
    """What was removed or changed, in words."""

    def many(name: str) -> int:
        return counts.get(name, 0)

    said = {
        "names": ngettext("%(n)s entry under a number", "%(n)s entries under a number", many("names")),
        "rows": ngettext("%(n)s text without their name", "%(n)s texts without their name", many("rows")),
        "texts": ngettext("%(n)s text of theirs erased", "%(n)s texts of theirs erased", many("texts")),
        "files": ngettext("%(n)s file removed", "%(n)s files removed", many("files")),
        "mails": ngettext("%(n)s mail to them removed", "%(n)s mails to them removed", many("mails")),
        "originals": ngettext("%(n)s original mail removed", "%(n)s original mails removed", many("originals")),
    }
    return ", ".join(text % {"n": many(name)} for name, text in said.items() if many(name))
