"""How long a desk keeps what, tried before it is saved; and what has to be kept longer (trust 82)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.people.models import Organisation
from vaxel.domain.privacy.keeping import (
    LEAST_DAYS,
    MOST_DAYS,
    TooShortError,
    end_hold,
    hold,
    holds_in_force,
    keep_for,
    rules_of,
)
from vaxel.domain.privacy.models import Kept, LegalHold
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.insight.transfer.retention.due import Outlook, outlook
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.workspace.composer import number_in
from vaxel.surfaces.workspace.settings.frame import Settings, line, settings_page, show, to

_REASON: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """One kind, its field, and what would go."""

    kind: str
    label: str
    hint: str
    typed: str
    #: Empty for a kind that is kept for good, and for a number that is at fault.
    tells: str
    first: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """Something that is kept whatever the rules say."""

    what: str
    reason: str
    by: str
    since: Moment
    end_url: str


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def retention(request: HttpRequest, at: Settings) -> HttpResponse:
    """The rules with what they would do tonight; "try" looks at other numbers and saves nothing."""
    if request.method != "POST":
        days = rules_of(at.place.scope)
        return _show(request, at, {kind: str(days.get(kind, "")) for kind in Kept})
    typed = {kind: line(request.POST, f"days-{kind}", most=6) for kind in Kept}
    errors = [_fault(kind) for kind in Kept if not _makes_sense(typed[kind], kind)]
    if errors or request.POST.get("action") == "try":
        return _show(request, at, typed, errors=errors, is_trial=not errors)
    days_wanted = {kind: int(text) if text else None for kind, text in typed.items()}
    try:
        keep_for(at.place.desk, days=days_wanted, by=at.place.by, now=at.place.now)
    except TooShortError as error:
        return _show(request, at, typed, errors=[_fault(error.kind)])
    return to(at.url("retention"), request, _("The rules are saved. They apply from tonight on."))


@require_POST
@settings_page
def hold_new(request: HttpRequest, at: Settings) -> HttpResponse:
    """Keep everything of a customer or a ticket."""
    named, reason = line(request.POST, "what"), line(request.POST, "reason", most=_REASON)
    ticket, organisation = _ticket(named, at), _organisation(named, at)
    errors = []
    if ticket is None and organisation is None:
        errors.append(FieldError(field="what", text=_("Write the name of a customer, or the number of a ticket")))
    if not reason:
        errors.append(FieldError(field="reason", text=_("Write why it has to be kept")))
    if errors:
        days = rules_of(at.place.scope)
        typed = {kind: str(days.get(kind, "")) for kind in Kept}
        return _show(request, at, typed, errors=errors, held={"what": named, "reason": reason})
    thing = {"ticket": ticket} if ticket is not None else {"organisation": organisation}
    hold(at.place.scope, **thing, reason=reason, by=at.place.by, now=at.place.now)
    return to(at.url("retention"), request, _("Nothing of %(what)s goes until you end it.") % {"what": named})


@require_POST
@settings_page
def hold_end(request: HttpRequest, at: Settings, hold_id: int) -> HttpResponse:
    """The rules apply again."""
    if not end_hold(at.place.scope, hold_id=hold_id, by=at.place.by, now=at.place.now):
        raise Http404
    return to(at.url("retention"), request, _("The legal hold is over. The rules apply again from tonight on."))


def _show(
    request: HttpRequest,
    at: Settings,
    typed: Mapping[Kept, str],
    *,
    errors: Sequence[FieldError] = (),
    is_trial: bool = False,
    held: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Up to nineteen queries: three for each table that a rule looks at."""
    return show(
        request,
        at,
        "retention",
        title=_("How long things are kept"),
        errors=errors,
        rows=[_row(kind, typed[kind], at) for kind in Kept],
        is_trial=is_trial,
        holds=[_hold_row(each, at) for each in holds_in_force(at.place.scope)],
        held=held or {"what": "", "reason": ""},
        hold_url=at.url("hold_new"),
    )


def _row(kind: Kept, typed: str, at: Settings) -> KeptRow:
    label, hint = _words()[kind]
    days = number_in(typed) if typed and _makes_sense(typed, kind) else None
    seen = None if days is None else outlook(at.place.desk.pk, kind, days=days, now=at.place.now)
    least = _("At least %(days)s days.") % {"days": LEAST_DAYS[kind]}
    return KeptRow(
        kind=kind,
        label=label,
        hint=f"{hint} {least}",
        typed=typed,
        tells=_told(seen),
        first=at.labels.moment(seen.next_at) if seen is not None and seen.next_at is not None else None,
    )


def _told(seen: Outlook | None) -> str:
    if seen is None:
        return ""
    return _("%(now)s would go tonight, and %(soon)s more within 30 days.") % {"now": seen.now, "soon": seen.soon}


def _words() -> dict[Kept, tuple[str, str]]:
    """What each kind is called, and what goes."""
    return {
        Kept.TICKET: (
            _("Finished tickets"),
            _("All that was written, with files and mails. Who asked, the kind, promises and history stay."),
        ),
        Kept.ATTACHMENT: (_("Files of finished tickets"), _("Only the files. The words stay.")),
        Kept.ORIGINAL: (_("Mails in original"), _("Of mails that became a ticket or an answer.")),
        Kept.HELD: (_("Held mails"), _("Mails that nobody has let in or put aside.")),
        Kept.LOG: (_("History of settings, and who read what"), _("Entries of both lists.")),
    }


def _makes_sense(typed: str, kind: Kept) -> bool:
    if not typed:
        return True
    days = number_in(typed)
    return days is not None and LEAST_DAYS[kind] <= days <= MOST_DAYS


def _fault(kind: Kept) -> FieldError:
    text = _("%(what)s: write a number of days, at least %(days)s, or nothing to keep them for good")
    return FieldError(field=f"days-{kind}", text=text % {"what": _words()[kind][0], "days": LEAST_DAYS[kind]})


def _ticket(named: str, at: Settings) -> Ticket | None:
    try:
        return staff_ticket(at.place.scope, number=number_of(at.place.desk, named))
    except (Http404, TicketMissingError):
        return None


def _organisation(named: str, at: Settings) -> Organisation | None:
    return Organisation.objects.within(at.place.scope).filter(name__iexact=named).first() if named else None


def _hold_row(held: LegalHold, at: Settings) -> HoldRow:
    thing = "" if held.organisation is None else held.organisation.name
    return HoldRow(
        what=thing if held.ticket is None else ticket_name(at.place.desk, held.ticket.number),
        reason=held.reason,
        by=held.by_name,
        since=at.labels.moment(held.since),
        end_url=at.url("hold_end", hold_id=held.pk),
    )
