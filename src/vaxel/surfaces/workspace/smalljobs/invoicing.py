"""What goes to invoicing: the work that waits, the closing of a period, and each period as a file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vaxel.domain.smalljobs.invoicing import InvoiceRow, PeriodError, close_period, periods, rows_of_period
from vaxel.domain.smalljobs.models import InvoicePeriod
from vaxel.domain.smalljobs.wording import minutes_in_words, money_in_words
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.smalljobs.invoice_files import as_csv, as_xlsx

#: In the address, in the place of a period: the rows that no period has.
_WAITING: Final = 0
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SumShown:
    """What one organisation is to pay, in one currency."""

    organisation: str
    time: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodShown:
    """A closed period, or what waits for the next one."""

    #: The last instant before its end.
    until: Moment | None
    closed_by: str
    csv_url: str
    xlsx_url: str


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def invoicing(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The rows that wait, summed up, and the periods that are closed."""
    if request.method != "POST":
        return _show(request, place, until=place.desk.day_of(place.now).isoformat())
    written = request.POST.get("until", "").strip()
    end = _end_of(written, place=place)
    if end is None:
        error = FieldError(field="until", text=_("Choose the last day of the period"))
        return _show(request, place, until=written, errors=(error,))
    try:
        close_period(place.desk, until=end, by=place.by, now=place.now)
    except PeriodError:
        error = FieldError(field="until", text=_("Choose a day after the last period, and not later than today"))
        return _show(request, place, until=written, errors=(error,))
    say(request, _("The period is closed. Its rows stand, and what is written from now on comes in the next one."))
    return HttpResponseRedirect(workspace_url("invoicing", place), status=HTTPStatus.SEE_OTHER)


@require_safe
@administrator_page
def invoice_rows(request: HttpRequest, place: StaffPlace, period_id: int, kind: str) -> HttpResponse:
    """The rows of a period as a file; 0 is what waits."""
    known = {each.pk for each in periods(place.scope)}
    if kind not in _TYPES or (period_id != _WAITING and period_id not in known):
        raise Http404
    rows = rows_of_period(place.scope, period_id=period_id or None)
    write = as_csv if kind == "csv" else as_xlsx
    response = HttpResponse(write(rows, zone=ZoneInfo(place.desk.time_zone)), content_type=_TYPES[kind])
    name = f"{place.desk.slug}-{period_id or 'waiting'}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _end_of(written: str, *, place: StaffPlace) -> datetime | None:
    """The end of the day at the desk; for today it is now. None for no day."""
    day = day_in(written)
    if day is None or day == date.max:
        return None
    if day == place.desk.day_of(place.now):
        return place.now
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(place.desk.time_zone))


def _show(request: HttpRequest, place: StaffPlace, *, until: str, errors: tuple[FieldError, ...] = ()) -> HttpResponse:
    """Two queries besides the frame's."""
    labels = labels_of(place.desk, now=place.now)
    return show(
        request,
        place,
        "smalljobs/invoicing",
        labels=labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        sums=_sums(rows_of_period(place.scope, period_id=None), labels=labels),
        waiting=_files(place, None, labels=labels),
        closed=[_files(place, each, labels=labels) for each in periods(place.scope)],
        until=until,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        prices_url=workspace_url("prices", place),
    )


def _sums(rows: Sequence[InvoiceRow], *, labels: Labels) -> list[SumShown]:
    """One line per organisation and currency, in the order of the rows."""
    minutes: dict[tuple[str, str], int] = defaultdict(int)
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        key = (row.organisation, row.currency)
        minutes[key] += row.minutes
        amounts[key] += row.amount
    return [
        SumShown(
            organisation=organisation,
            time=minutes_in_words(minutes[organisation, currency], language=labels.language),
            amount=money_in_words(amount, currency, language=labels.language),
        )
        for (organisation, currency), amount in amounts.items()
    ]


def _files(place: StaffPlace, period: InvoicePeriod | None, *, labels: Labels) -> PeriodShown:
    of = {"period_id": str(_WAITING if period is None else period.pk)}
    return PeriodShown(
        until=None if period is None else labels.moment(period.until - timedelta(microseconds=1)),
        closed_by="" if period is None else period.closed_by_name,
        csv_url=workspace_url("invoice_rows", place, **of, kind="csv"),
        xlsx_url=workspace_url("invoice_rows", place, **of, kind="xlsx"),
    )
