"""Operating notices: what is planned, goes on or is over, written for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.problems.models import OperatingNotice
from vaxel.domain.problems.operating import (
    NoticeMissingError,
    NoticeWords,
    Phase,
    change_notice,
    end_notice,
    phase_of,
    publish_notice,
    withdraw_notice,
)
from vaxel.domain.problems.queries import notice_named, notices_for_staff
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.moments import end_of
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.ui.typed import instant_in
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.panel import in_language
from vaxel.surfaces.workspace.problems.frame import (
    OPERATING,
    Texts,
    faults_of_texts,
    fields_of,
    in_every,
    show,
    typed_texts,
)

_WORDS: Final = ("title", "text")
_MOST: Final = 200
_MINUTES: Final = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice in the list."""

    title: str
    url: str
    phase: Phase
    phase_label: str
    starts: Moment
    #: None while nobody knows.
    ends: Moment | None
    end_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForm:
    """What stands in the form; the times as their inputs take them, at the desk's clock."""

    texts: Texts
    starts: str
    ends: str
    products: tuple[str, ...]


@require_safe
@staff_page
def operating(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All of the desk's, the latest first; one query."""
    labels = labels_of(place.desk, now=place.now)
    rows = [_row(each, place=place, labels=labels) for each in notices_for_staff(place.scope)[:_MOST]]
    new_url = workspace_url("operating_new", place)
    return show(request, place, "operating", title=_("Operating notices"), part=OPERATING, rows=rows, new_url=new_url)


def _row(notice: OperatingNotice, *, place: StaffPlace, labels: Labels) -> NoticeRow:
    phases = {"planned": _("Planned"), "ongoing": _("Going on"), "over": _("Over")}
    phase, number = phase_of(notice, now=place.now), str(notice.pk)
    return NoticeRow(
        title=in_language(notice.title, labels.language),
        url=workspace_url("operating_notice", place, notice_id=number),
        phase=phase,
        phase_label=phases[phase],
        starts=labels.moment(notice.starts_at),
        ends=None
        if notice.ends_at is None
        else end_of(
            notice.starts_at,
            notice.ends_at,
            now=place.now,
            zone=ZoneInfo(place.desk.time_zone),
            language=labels.language,
        ),
        end_url=workspace_url("operating_end", place, notice_id=number) if phase == "ongoing" else "",
        withdraw_url=workspace_url("operating_withdrawal", place, notice_id=number) if phase != "over" else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Write a notice."""
    form = _typed(request, place)
    if request.method != "POST":
        return _form(request, place, form)
    words, errors = _words(form, place)
    if words is None:
        return _form(request, place, form, errors=errors)
    publish_notice(words, desk=place.desk, by=place.by, now=place.now)
    return _done(request, place, _("The notice is shown to all customers."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def notice(request: HttpRequest, place: StaffPlace, notice_id: int) -> HttpResponse:
    """Other words, other times."""
    found = notice_named(place.scope, notice_id=notice_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _form(request, place, _stored(found, place), notice=found)
    form = _typed(request, place)
    words, errors = _words(form, place)
    if words is None:
        return _form(request, place, form, notice=found, errors=errors)
    try:
        change_notice(words, scope=place.scope, notice_id=notice_id, by=place.by, now=place.now)
    except NoticeMissingError:
        raise Http404 from None
    return _done(request, place, _("The notice is changed."))


@require_POST
@staff_page
def end(request: HttpRequest, place: StaffPlace, notice_id: int) -> HttpResponse:
    """End the notice: what it tells of is over."""
    try:
        end_notice(scope=place.scope, notice_id=notice_id, by=place.by, now=place.now)
    except NoticeMissingError:
        raise Http404 from None
    return _done(request, place, _("The notice says that it is over."))


@require_POST
@staff_page
def withdrawal(request: HttpRequest, place: StaffPlace, notice_id: int) -> HttpResponse:
    """Withdraw the notice: it was wrong, or what it tells of will not happen."""
    try:
        withdraw_notice(scope=place.scope, notice_id=notice_id, by=place.by, now=place.now)
    except NoticeMissingError:
        raise Http404 from None
    return _done(request, place, _("Nobody sees the notice any more."))


def _done(request: HttpRequest, place: StaffPlace, words: str) -> HttpResponse:
    say(request, words)
    return HttpResponseRedirect(workspace_url("operating", place), status=HTTPStatus.SEE_OTHER)


def _typed(request: HttpRequest, place: StaffPlace) -> NoticeForm:
    there = labels_of(place.desk, now=place.now).names.products
    chosen = tuple(each for each in there if each in request.POST.getlist("product"))
    return NoticeForm(
        texts=typed_texts(request, _WORDS, languages=place.desk.languages),
        starts=request.POST.get("starts", ""),
        ends=request.POST.get("ends", ""),
        products=() if len(chosen) == len(there) else chosen,
    )


def _stored(notice: OperatingNotice, place: StaffPlace) -> NoticeForm:
    zone, texts = ZoneInfo(place.desk.time_zone), {"title": notice.title, "text": notice.text}
    return NoticeForm(
        texts={name: in_every(text, place.desk.languages) for name, text in texts.items()},
        starts=notice.starts_at.astimezone(zone).strftime(_MINUTES),
        ends="" if notice.ends_at is None else notice.ends_at.astimezone(zone).strftime(_MINUTES),
        products=tuple(notice.products),
    )


def _words(form: NoticeForm, place: StaffPlace) -> tuple[NoticeWords | None, Sequence[FieldError]]:
    """What the form says, or what is wrong with it."""
    zone = ZoneInfo(place.desk.time_zone)
    starts, ends = instant_in(form.starts, zone=zone), instant_in(form.ends, zone=zone)
    errors = list(faults_of_texts(form.texts))
    if starts is None:
        errors.append(FieldError(field="starts", text=_("Choose day and time, for example 2026-12-01 18:00")))
    if form.ends and ends is None:
        errors.append(FieldError(field="ends", text=_("Choose day and time, or leave it empty")))
    if starts is not None and ends is not None and ends <= starts:
        errors.append(FieldError(field="ends", text=_("The end comes after the start")))
    if errors or starts is None:
        return None, errors
    words = NoticeWords(
        title=form.texts["title"],
        text=form.texts["text"],
        starts_at=starts,
        ends_at=ends,
        products=form.products,
    )
    return words, ()


def _form(
    request: HttpRequest,
    place: StaffPlace,
    form: NoticeForm,
    *,
    notice: OperatingNotice | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    products = labels_of(place.desk, now=place.now).names.products
    return show(
        request,
        place,
        "operating_form",
        title=_("New operating notice") if notice is None else _("Change the notice"),
        part=OPERATING,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in reversed(errors)},
        fields=fields_of(form.texts, errors),
        form=form,
        products=options_of(products) if len(products) > 1 else [],
        back_url=workspace_url("operating", place),
    )
