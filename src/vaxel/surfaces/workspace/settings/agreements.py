"""A customer's agreements: what has been agreed on anew, and putting right what stands in one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.changes import ChangedMeanwhileError, mark_of
from vaxel.domain.people.models import Agreement, Organisation
from vaxel.domain.people.organisations import OlderTermsError, agree, correct_agreement
from vaxel.domain.people.queries import seats_used
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.workspace.settings.agreement_form import (
    AgreementForm,
    choices,
    fact_fields,
    form_of,
    problems,
    read_form,
)
from vaxel.surfaces.workspace.settings.frame import Settings, changed_meanwhile, found, seen_by, settings_page, show, to
from vaxel.surfaces.workspace.settings.happened import lately
from vaxel.surfaces.workspace.settings.organisations import organisation_or_404, trail_to

#: Stands for a customer without any agreement, where a form says what it has seen.
_NONE = "none"


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """The next agreement: what still runs ends on the day before, and the support contacts keep their seats."""
    known = organisation_or_404(organisation_id, at)
    newest = next(iter(known.agreements.all()), None)
    if request.method != "POST":
        return _show_new(request, at, known, _next_form(newest, at=at))
    form = read_form(request.POST, at=at)
    errors = problems(form, at=at)
    seen = request.POST.get("seen", "")
    if not errors and seen != _mark(newest):
        errors = [changed_meanwhile()]
    if not errors and newest is not None and form.terms(at).starts_on <= newest.starts_on:
        errors = [_older(OlderTermsError(newest.starts_on), at=at)]
    if errors:
        return _show_new(request, at, known, form, errors=errors)
    try:
        agree(known, terms=form.terms(at), seen="" if newest is None else seen, by=at.place.by, now=at.place.now)
    except (ChangedMeanwhileError, OlderTermsError):
        return _show_new(request, at, organisation_or_404(organisation_id, at), form, errors=[changed_meanwhile()])
    return to(at.url("organisation", organisation_id=known.pk), request, _("The agreement is kept."))


def _next_form(newest: Agreement | None, *, at: Settings) -> AgreementForm:
    """As the one before, from the day after it: most agreements are renewed."""
    if newest is None:
        return AgreementForm(starts_on=at.today.isoformat())
    # The last day of the calendar is how some write "without end": no day comes after it.
    ends_on = None if newest.ends_on == date.max else newest.ends_on
    begins = at.today if ends_on is None else max(at.today, ends_on + timedelta(days=1))
    return replace(form_of(newest), starts_on=begins.isoformat(), ends_on="")


def _mark(newest: Agreement | None) -> str:
    return _NONE if newest is None else mark_of(newest)


def _show_new(
    request: HttpRequest, at: Settings, known: Organisation, form: AgreementForm, *, errors: Sequence[FieldError] = ()
) -> HttpResponse:
    newest = next(iter(known.agreements.all()), None)
    return show(
        request,
        at,
        "agreement",
        title=_("New agreement"),
        trail=trail_to(known, at),
        errors=errors,
        agreement=form,
        facts=fact_fields(at),
        seen=_mark(newest),
        follows=newest is not None,
        seats=None,
        happened=None,
        **choices(form, at=at),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def agreement(request: HttpRequest, at: Settings, organisation_id: int, agreement_id: int) -> HttpResponse:
    """What stands in an agreement, and putting it right."""
    known = organisation_or_404(organisation_id, at)
    one = found(next((each for each in known.agreements.all() if each.pk == agreement_id), None))
    if request.method != "POST":
        return _show_one(request, at, known, one, form_of(one))
    form = read_form(request.POST, at=at)
    errors = problems(form, at=at, known=one)
    if not errors:
        errors = _correct(request, at, one, form)
    if errors:
        known = organisation_or_404(organisation_id, at)
        one = next(each for each in known.agreements.all() if each.pk == agreement_id)
        return _show_one(request, at, known, one, form, errors=errors)
    return to(at.url("organisation", organisation_id=known.pk), request, _("The agreement is kept."))


def _correct(request: HttpRequest, at: Settings, one: Agreement, form: AgreementForm) -> list[FieldError]:
    seen = request.POST.get("seen", "")
    try:
        correct_agreement(one, terms=form.terms(at, known=one), seen=seen, by=at.place.by, now=at.place.now)
    except ChangedMeanwhileError:
        return [changed_meanwhile()]
    except OlderTermsError as error:
        return [_older(error, at=at)]
    except ValueError:
        return [FieldError(field="ends_on", text=_("Choose a last day before the next agreement begins"))]
    return []


def _older(error: OlderTermsError, *, at: Settings) -> FieldError:
    text = _("Choose a first day after %(day)s, when another agreement begins") % {"day": at.day(error.later)}
    return FieldError(field="starts_on", text=text)


def _show_one(
    request: HttpRequest,
    at: Settings,
    known: Organisation,
    one: Agreement,
    form: AgreementForm,
    *,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    one.desk = at.place.desk
    return show(
        request,
        at,
        "agreement",
        title=_("The agreement on %(plan)s") % {"plan": at.names(at.labels.names.plans, [one.plan])},
        trail=trail_to(known, at),
        errors=errors,
        agreement=form,
        facts=fact_fields(at),
        seen=seen_by(request, one, errors),
        follows=False,
        seats=(seats_used(agreement=one), seat_limit(one)),
        happened=lately(at, agreement_id=one.pk),
        **choices(form, at=at),
    )
