"""The page of one customer: what was bought, who is there, what runs, how it went, and what colleagues should know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from vaxel.domain.desks.policies import current_policy
from vaxel.insight.reports.customer_reads import MOST_WISHES, TicketSeen
from vaxel.insight.reports.customer_record import CustomerRecord, Note, customer_record
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.ui.words import paragraphs
from vaxel.surfaces.workspace.customers import shown
from vaxel.surfaces.workspace.customers.attention import remarks_on
from vaxel.surfaces.workspace.customers.frame import Customer, customer_of, last_year
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

#: Notes that stand open; older ones are behind a press.
_OPEN_NOTES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWas:
    """What a note said before; without words it was taken away."""

    html: Markup
    by: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """A note as it stands, and what it has been."""

    id: int
    text: str
    html: Markup
    by: str
    at: Moment
    url: str
    before: tuple[NoteWas, ...]


@require_safe
@staff_page
def customer(request: HttpRequest, place: StaffPlace, organisation_id: int) -> HttpResponse:
    """Four queries besides the frame's, and one for each quota of tickets."""
    return show_customer(request, place, customer_of(place, organisation_id))


def show_customer(
    request: HttpRequest,
    place: StaffPlace,
    found: Customer,
    *,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page, with what was written when it could not be kept: `sent` and `errors` by the fields' names."""
    labels, policy = labels_of(place.desk, now=place.now), current_policy(place.desk)
    today = place.desk.day_of(place.now)
    period = last_year(place)
    record = customer_record(
        desk=place.desk,
        policy=policy,
        organisation_id=found.id,
        period=period,
        today=today,
        now=place.now,
        whole=found.is_responsible,
    )
    reading = shown.Reading(place, policy.file, labels, today)
    return show(
        request,
        place,
        "customers/customer",
        labels=labels,
        status=status,
        title=found.name,
        customer=found,
        remarks=remarks_on(record, file=policy.file, today=today, labels=labels) if found.is_active else (),
        notes=_notes(record.notes, place=place, labels=labels),
        open_notes=_OPEN_NOTES,
        sent=sent or {},
        error_of=errors or {},
        errors=[FieldError(field=field, text=text) for field, text in (errors or {}).items()],
        **_contents(record, found, reading=reading),
        **_addresses(found, place=place),
    )


def _contents(record: CustomerRecord, found: Customer, *, reading: shown.Reading) -> dict[str, Any]:
    language, promises = reading.labels.language, record.promises
    late = [shown.ticket_line(each, reading=reading) for each in _late(record, reading=reading)]
    return {
        "figures": _figures(record, reading=reading),
        "holders": shown.holders_shown(record, labels=reading.labels),
        "agreements": [shown.agreement_shown(each, reading=reading) for each in record.agreements],
        "contacts": [shown.contact_row(each, reading=reading) for each in record.contacts],
        "people": record.people,
        "tickets": [shown.ticket_line(each, reading=reading) for each in record.tickets],
        "late": late,
        "more_late": record.late - len(late),
        "has_more_wishes": len(record.wishes) == MOST_WISHES,
        "open_tickets": record.open_tickets,
        "chart": shown.promise_chart(promises, language=language) if promises.given else None,
        "months": [shown.month_row(each, reading=reading) for each in reversed(promises.months)],
        "cut": shown.cut_in_words(promises),
        "projects": [shown.project_row(each, reading=reading) for each in record.projects],
        "wishes": [shown.wish_line(each, reading=reading) for each in record.wishes],
        "jobs": () if record.jobs is None else shown.job_facts(record.jobs, language=language),
    }


def _late(record: CustomerRecord, *, reading: shown.Reading) -> Sequence[TicketSeen]:
    """The questions whose promise has passed: what the list of customers means by its mark."""
    now = reading.labels.now
    return [each for each in record.tickets if each.next_deadline_at is not None and each.next_deadline_at < now]


def _figures(record: CustomerRecord, *, reading: shown.Reading) -> Sequence[tuple[str, str]]:
    """What is seen first: a name and a figure each."""
    share = record.promises.share
    return (
        (_("Open questions"), str(record.open_tickets)),
        (_("Promises kept, 12 months"), shown.NONE if share is None else shown.percent_in_words(share)),
        (_("First answer, median"), reading.span(record.promises.median)),
        (_("Next renewal"), _("no end") if record.renewal is None else reading.day(record.renewal)),
    )


def _addresses(found: Customer, *, place: StaffPlace) -> dict[str, Any]:
    which = {"organisation_id": str(found.id)}
    inbox = workspace_url("inbox", place)
    return {
        "back_url": workspace_url("customers", place),
        "tickets_url": f"{inbox}?view=all&organisation={found.id}",
        "open_url": f"{inbox}?view=open&organisation={found.id}",
        "due_url": f"{inbox}?view=due&organisation={found.id}",
        "wishes_url": workspace_url("wishes", place),
        "note_url": workspace_url("customer_notes", place, **which),
        "report_url": workspace_url("customer_report", place, **which),
    }


def _notes(notes: Sequence[Note], *, place: StaffPlace, labels: Labels) -> list[NoteShown]:
    return [
        NoteShown(
            id=each.newest.id,
            text=each.newest.text,
            html=paragraphs(each.newest.text),
            by=each.newest.by,
            at=labels.moment(each.newest.at),
            url=workspace_url("customer_note", place, note_id=str(each.newest.id)),
            before=tuple(
                NoteWas(html=paragraphs(row.text), by=row.by, at=labels.moment(row.at)) for row in each.rows[1:]
            ),
        )
        for each in notes
    ]
