"""How long a desk keeps what, tried before it is saved; and what has to be kept longer (trust 82)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.privacy.keeping import (
    LEAST_DAYS,
    MOST_DAYS,
    TooShortError,
    end_hold,
    hold,
    holds_in_force,
    keep_for,
    lasting_with,
    mark_of_rules,
    rules_of,
)
from vaxel.domain.privacy.models import Kept
from vaxel.insight.transfer.retention.due import Outlook, outlook
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.workspace.holds import hold_rows
from vaxel.surfaces.workspace.settings.frame import Settings, changed_meanwhile, line, settings_page, show, to
from vaxel.surfaces.workspace.settings.happened import kept_names
from vaxel.surfaces.workspace.settings.to_hold import NotNamedError, thing_named

_REASON: Final = 300
#: Letters of a reason that is too long, which come back with the error.
_MOST_SHOWN: Final = 5000


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


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def retention(request: HttpRequest, at: Settings) -> HttpResponse:
    """The rules with what they would do tonight; "try" looks at other numbers and saves nothing."""
    if request.method != "POST":
        return _show(request, at)
    typed = {kind: line(request.POST, f"days-{kind}", most=6) for kind in Kept}
    errors = [_fault(kind) for kind in Kept if not _makes_sense(typed[kind], kind)]
    if errors or request.POST.get("action") == "try":
        return _show(request, at, typed, errors=errors, is_trial=not errors)
    days, seen = {kind: int(text) if text else None for kind, text in typed.items()}, request.POST.get("seen", "")
    try:
        keep_for(at.place.desk, days=days, seen=seen, by=at.place.by, now=at.place.now)
    except TooShortError as error:
        return _show(request, at, typed, errors=[_fault(error.kind)])
    except ChangedMeanwhileError:
        return _show(request, at, typed, errors=[changed_meanwhile()])
    return to(at.url("retention"), request, _("The rules are saved. They apply from tonight on."))


@require_POST
@settings_page
def hold_new(request: HttpRequest, at: Settings) -> HttpResponse:
    """Keep everything of a customer or a ticket."""
    named, reason = line(request.POST, "what"), line(request.POST, "reason", most=_MOST_SHOWN)
    errors = [] if reason else [FieldError(field="reason", text=_("Write why it has to be kept"))]
    if len(reason) > _REASON:
        errors = [
            FieldError(field="reason", text=_("Write the reason in at most %(most)s characters") % {"most": _REASON})
        ]
    try:
        thing = thing_named(named, at)
    except NotNamedError as error:
        errors.insert(0, FieldError(field="what", text=error.text))
    if errors:
        return _show(request, at, errors=errors, held={"what": named, "reason": reason})
    held = hold(at.place.scope, **thing, reason=reason, by=at.place.by, now=at.place.now)
    what = hold_rows([held], at.place, at.labels)[0].what
    return to(at.url("retention"), request, _("Nothing of %(what)s goes until you end it.") % {"what": what})


@require_POST
@settings_page
def hold_end(request: HttpRequest, at: Settings, hold_id: int) -> HttpResponse:
    """The rules apply again, unless there is another reason."""
    ended = end_hold(at.place.scope, hold_id=hold_id, by=at.place.by, now=at.place.now)
    if ended is None:
        raise Http404
    row = hold_rows([ended], at.place, at.labels)[0]
    if lasting_with(ended):
        said = _("This legal hold is over. %(what)s stays: there is another one.") % {"what": row.what}
    else:
        said = _("The legal hold is over. The rules apply again from tonight on.")
    return to(at.url("retention"), request, said)


def _show(
    request: HttpRequest,
    at: Settings,
    typed: Mapping[Kept, str] | None = None,
    *,
    errors: Sequence[FieldError] = (),
    is_trial: bool = False,
    held: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Up to nineteen queries: three for each table that a rule looks at.

    `typed` are the numbers in the fields; None shows those that hold.
    """
    rules = rules_of(at.place.scope)
    shown = typed or {kind: str(rules.get(kind, "")) for kind in Kept}
    # A trial goes on from what its writer saw; after a collision the form knows what holds now.
    is_stale = any(each.field == "settings-form" for each in errors)
    seen = "" if is_stale or typed is None else request.POST.get("seen", "")
    return show(
        request,
        at,
        "retention",
        title=_("How long things are kept"),
        errors=errors,
        rows=[_row(kind, shown[kind], at) for kind in Kept],
        seen=seen or mark_of_rules(rules),
        now_holds=[_rule_told(kind, rules.get(kind)) for kind in Kept] if is_stale else [],
        is_trial=is_trial,
        holds=hold_rows(holds_in_force(at.place.scope), at.place, at.labels),
        held=held or {"what": "", "reason": ""},
        hold_url=at.url("hold_new"),
    )


def _row(kind: Kept, typed: str, at: Settings) -> KeptRow:
    days = number_in(typed) if typed and _makes_sense(typed, kind) else None
    seen = None if days is None else outlook(at.place.desk.pk, kind, days=days, now=at.place.now)
    least = _("At least %(days)s days.") % {"days": LEAST_DAYS[kind]}
    return KeptRow(
        kind=kind,
        label=kept_names()[kind],
        hint=f"{_hints()[kind]} {least}",
        typed=typed,
        tells=_told(seen),
        first=at.labels.moment(seen.next_at) if seen is not None and seen.next_at is not None else None,
    )


def _rule_told(kind: Kept, days: int | None) -> str:
    label = kept_names()[kind]
    if days is None:
        return _("%(what)s: for good") % {"what": label}
    return ngettext("%(what)s: %(days)s day", "%(what)s: %(days)s days", days) % {"what": label, "days": days}


def _told(seen: Outlook | None) -> str:
    if seen is None:
        return ""
    return _("%(now)s would go tonight, and %(soon)s more within 30 days.") % {"now": seen.now, "soon": seen.soon}


def _hints() -> dict[Kept, str]:
    """What goes of each kind."""
    return {
        Kept.TICKET: _("All that was written, with files and mails. Who asked, the kind, promises and history stay."),
        Kept.ATTACHMENT: _("Only the files. The words stay."),
        Kept.ORIGINAL: _("Of mails that became a ticket or an answer."),
        Kept.HELD: _("Mails that nobody has let in or put aside."),
        Kept.LOG: _("Entries of both lists."),
    }


def _makes_sense(typed: str, kind: Kept) -> bool:
    if not typed:
        return True
    days = number_in(typed)
    return days is not None and LEAST_DAYS[kind] <= days <= MOST_DAYS


def _fault(kind: Kept) -> FieldError:
    text = _("%(what)s: write a number of days, at least %(days)s, or nothing to keep them for good")
    return FieldError(field=f"days-{kind}", text=text % {"what": kept_names()[kind], "days": LEAST_DAYS[kind]})
