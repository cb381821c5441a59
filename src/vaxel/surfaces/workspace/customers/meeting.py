"""The report for the yearly customer meeting: chosen days and language, as a page to read and print, and as a PDF."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.policies import current_policy
from vaxel.insight.reports.customer_record import customer_record
from vaxel.insight.reports.meeting_report import MeetingReport
from vaxel.insight.reports.printing.printer import PrintingError, print_report
from vaxel.insight.reports.promises_kept import Period
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.languages import language_options
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.customers.frame import Customer, customer_to_answer_for, last_year
from vaxel.surfaces.workspace.customers.report_words import report_in_words
from vaxel.surfaces.workspace.customers.shown import Reading
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of

#: The longest period that a report looks back over, and the year that none begins before.
_LONGEST: Final = timedelta(days=3 * 366)
_EARLIEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for."""

    language: str
    period: Period
    #: What was wrong with the days; then the period is the last year.
    error: str = ""

    @property
    def query(self) -> str:
        """The same in an address."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return urlencode({"language": self.language, "first": first, "last": last})


@require_safe
@staff_page
def report(request: HttpRequest, place: StaffPlace, organisation_id: int) -> HttpResponse:
    """As a page. Four queries besides the frame's, and one for each quota of tickets."""
    found, choice = customer_to_answer_for(place, organisation_id), _choice(request, place)
    which = {"organisation_id": str(found.id)}
    return show(
        request,
        place,
        "customers/report",
        labels=labels_of(place.desk, now=place.now),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if choice.error else HTTPStatus.OK,
        title=_("Report for %(name)s") % {"name": found.name},
        name=found.name,
        report=_made(found, choice, place=place),
        choice=choice,
        report_languages=language_options(),
        back_url=workspace_url("customer", place, **which),
        pdf_url=f"{workspace_url('customer_report_pdf', place, **which)}?{choice.query}",
    )


@require_safe
@staff_page
def report_pdf(request: HttpRequest, place: StaffPlace, organisation_id: int) -> HttpResponse:
    """As a file to send or print. Days that cannot be lead to the page, which says so: no file is of other days."""
    found, choice = customer_to_answer_for(place, organisation_id), _choice(request, place)
    if choice.error:
        page = workspace_url("customer_report", place, organisation_id=str(found.id))
        return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}", status=HTTPStatus.SEE_OTHER)
    try:
        content = print_report(_made(found, choice, place=place))
    except PrintingError:
        return show(
            request,
            place,
            "customers/not_printed",
            labels=labels_of(place.desk, now=place.now),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            title=_("The PDF could not be made"),
            back_url=f"{workspace_url('customer_report', place, organisation_id=str(found.id))}?{choice.query}",
        )
    name = f"{found.name} {choice.period.first} {choice.period.last}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _made(found: Customer, choice: Choice, *, place: StaffPlace) -> MeetingReport:
    """The report in the language that was chosen, whatever the reader's own is."""
    policy, today = current_policy(place.desk), place.desk.day_of(place.now)
    record = customer_record(
        desk=place.desk,
        policy=policy,
        organisation_id=found.id,
        period=choice.period,
        today=today,
        now=place.now,
        whole=True,
    )
    with translation.override(choice.language):
        reading = Reading(place, policy.file, labels_of(place.desk, now=place.now), today)
        return report_in_words(record, name=found.name, period=choice.period, reading=reading)


def _choice(request: HttpRequest, place: StaffPlace) -> Choice:
    """From the address; the last twelve months in the reader's language where it says nothing."""
    usual = last_year(place)
    wanted = request.GET.get("language", "") or (get_language() or "sv")[:2]
    language = wanted if wanted in {option.value for option in language_options()} else "sv"
    first, last = _day(request, "first", usual.first), _day(request, "last", usual.last)
    if first is None or last is None or not _can_be(first, last, today=usual.last):
        return Choice(language, usual, _("Choose a first day before today and a last day, at most three years apart"))
    return Choice(language, Period(first, min(last, usual.last), usual.zone))


def _can_be(first: date, last: date, *, today: date) -> bool:
    return first.year >= _EARLIEST and first <= min(last, today) and last - first <= _LONGEST


def _day(request: HttpRequest, name: str, usual: date) -> date | None:
    typed = request.GET.get(name, "")
    return day_in(typed) if typed else usual
