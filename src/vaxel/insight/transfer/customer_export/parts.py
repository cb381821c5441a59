"""The parts of a customer's file. Each names its columns one by one, so that a column which somebody adds tomorrow is
in no file before somebody has thought of whose it is.

Left out is what is the vendor's own: notes among staff, notes about customers, what was read and by whom, mails as
they came, drafts, settings. Left out as well is what the customer's people keep from the vendor, for the vendor is who
takes the file: questions to their own local contacts, and what these note on them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q, QuerySet

from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person, Project, Seat
from vaxel.domain.smalljobs.models import HourEntry, Offer, WorkEntry
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.models import Attachment, Clock, Event, Message, Ticket
from vaxel.domain.wishes.models import Vote, Wish

_AT_A_TIME: Final = 1000
#: What happened as the customer's people see it in the portal; the rest is the staff's own work.
_TOLD: Final = (
    EventKind.OPENED,
    EventKind.REPLIED,
    EventKind.STATUS_CHANGED,
    EventKind.PRIORITY_CHANGED,
    EventKind.DECIDED_AGAIN,
    EventKind.HANDED_OVER,
    EventKind.DETAILS_GIVEN,
    EventKind.SOLVED,
    EventKind.REOPENED,
    EventKind.CLOSED,
    EventKind.SPLIT,
    EventKind.MERGED,
    EventKind.PASSED_ON,
    EventKind.OFFER_MADE,
    EventKind.OFFER_WITHDRAWN,
    EventKind.OFFER_ACCEPTED,
    EventKind.OFFER_DECLINED,
    EventKind.JOB_DONE,
    EventKind.ERASED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of lines."""

    name: str
    rows: QuerySet[Any]
    columns: tuple[str, ...]
    #: Columns of other names: the name in the file, and where it comes from.
    renamed: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each row as a flat object; memory stays flat."""
        found = self.rows.order_by("pk").values(*self.columns, *self.renamed.values())
        for row in found.iterator(chunk_size=_AT_A_TIME):
            yield {name: row[name] for name in self.columns} | {name: row[path] for name, path in self.renamed.items()}


def parts_of(organisation: Organisation) -> tuple[Part, ...]:
    """All of them, in the order in which they refer to each other."""
    return (*_who(organisation), *_asked(organisation), *_worked(organisation), *_wished(organisation))


def attachments_of(organisation: Organisation) -> QuerySet[Attachment]:
    """Files of messages; those of notes are the staff's."""
    open_to_all = Attachment.unscoped.filter(organisation=organisation, message__ticket__is_first_line=False)
    return open_to_all.select_related("blob").order_by("pk")


def _who(organisation: Organisation) -> tuple[Part, ...]:
    own = {"organisation": organisation}
    return (
        Part(
            name="organisation",
            rows=Organisation.unscoped.filter(pk=organisation.pk),
            columns=("id", "name", "form", "domains", "is_active", "created_at"),
        ),
        Part(
            name="agreements",
            rows=Agreement.unscoped.filter(**own),
            columns=("id", "plan", "products", "starts_on", "ends_on", "seats", "facts"),
        ),
        Part(
            name="people",
            rows=Person.unscoped.filter(**own),
            columns=(
                *("id", "name", "email", "phone", "title", "is_active", "created_at", "erased_at"),
                *("is_local_contact", "may_see_organisation", "may_administer", "may_approve"),
            ),
        ),
        Part(name="seats", rows=Seat.unscoped.filter(**own), columns=("agreement_id", "person_id", "number", "since")),
        Part(
            name="certificates",
            rows=Certificate.unscoped.filter(**own),
            columns=("id", "person_id", "product", "passed_on", "expires_on"),
        ),
        Part(name="projects", rows=Project.unscoped.filter(**own), columns=("id", "name", "starts_on", "ends_on")),
    )


def _asked(organisation: Organisation) -> tuple[Part, ...]:
    vendors = {"organisation": organisation, "ticket__is_first_line": False}
    ticket = {"ticket": "ticket__number"}
    return (
        Part(
            name="tickets",
            rows=Ticket.unscoped.filter(organisation=organisation, is_first_line=False),
            columns=(
                *("number", "requester_id", "subject", "product", "kind", "topic", "priority", "wished_priority"),
                *("channel", "status", "destination", "fields", "case_reference", "on_behalf_of", "decision", "facts"),
                *("created_at", "updated_at", "solved_at", "closed_at"),
            ),
            renamed={"policy_version": "policy__number"},
        ),
        Part(
            name="messages",
            rows=Message.unscoped.filter(**vendors),
            columns=("id", "at", "by_kind", "by_id", "by_name", "channel", "language", "text", "html", "quoted"),
            renamed={**ticket, "written_down_by": "written_down_by__name"},
        ),
        Part(
            name="events",
            rows=Event.unscoped.filter(**vendors, kind__in=_TOLD),
            columns=("id", "kind", "at", "by_kind", "by_id", "by_name"),
            renamed=ticket,
        ),
        Part(
            name="promises",
            rows=Clock.unscoped.filter(ticket__organisation=organisation, ticket__is_first_line=False),
            columns=("name", "target", "state", "due_at", "started_at", "ended_at"),
            renamed=ticket,
        ),
        Part(
            name="links",
            rows=Link.unscoped.filter(**vendors, other__is_first_line=False, other__organisation=organisation),
            columns=("kind", "at", "ended_at"),
            renamed={**ticket, "other_ticket": "other__number"},
        ),
        Part(
            name="attachments",
            rows=attachments_of(organisation),
            columns=("public_id", "message_id", "name", "content_type", "width", "height", "created_at"),
            renamed={"ticket": "message__ticket__number", "size": "blob__size", "sha256": "blob__sha256"},
        ),
    )


def _worked(organisation: Organisation) -> tuple[Part, ...]:
    own = {"organisation": organisation}
    return (
        Part(
            name="offers",
            rows=Offer.unscoped.filter(**own),
            columns=(
                *("id", "state", "what", "minutes", "paid_by", "per_hour", "currency", "valid_until", "made_by_name"),
                *("made_at", "answered_by_id", "answered_by_name", "answered_at", "why_not", "ended_at"),
            ),
            renamed={"ticket": "ticket__number"},
        ),
        # What staff note on their work is theirs; the time is on the invoice.
        Part(
            name="work",
            rows=WorkEntry.unscoped.filter(**own, ended_at__isnull=False),
            columns=("id", "offer_id", "started_at", "ended_at", "minutes", "beyond", "corrects_id"),
        ),
        Part(
            name="hours",
            rows=HourEntry.unscoped.filter(**own),
            columns=("id", "kind", "minutes", "offer_id", "note", "at"),
        ),
    )


def _wished(organisation: Organisation) -> tuple[Part, ...]:
    own = Q(organisation=organisation)
    return (
        Part(
            name="wishes",
            rows=Wish.unscoped.filter(own),
            columns=("number", "text", "language", "searched", "person_id", "state", "created_at"),
        ),
        Part(
            name="votes", rows=Vote.unscoped.filter(own), columns=("person_id", "at"), renamed={"wish": "wish__number"}
        ),
    )
