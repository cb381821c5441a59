"""What a desk of the demonstration has done with personal data.

Somebody is erased, a wish waits, a customer has got its file; there are rules and a legal hold, and readings.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from vaxel.domain.administration.seating import let_go
from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import Reading
from vaxel.domain.people.models import Organisation, Person, Seat, Staff
from vaxel.domain.privacy.erasures import order_erasure, wish_erasure
from vaxel.domain.privacy.exports import ask_for_export
from vaxel.domain.privacy.keeping import hold, keep_for
from vaxel.domain.privacy.models import Kept
from vaxel.domain.tickets.models import Attachment, Message, Ticket
from vaxel.insight.transfer.customer_export.writing import make_export
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.insight.transfer.people_erasing.carrying_out import erase_person
from vaxel.kit.tenancy import Scope

_RULES: Final = {Kept.ORIGINAL: 180, Kept.HELD: 365, Kept.LOG: 1095}
#: By its place in the cast: the customer that is held, and the one that has got its file.
_HELD, _EXPORTED = 1, 3
#: Why it is held, and how many days ago that was decided.
_REASONS: Final = {
    "Tvist om avtalet: juristen vill ha allt kvar till den är avgjord.": 16,
    "Revisorerna granskar hur kundens ärenden har hanterats.": 4,
}
_READ: Final = 120
_FILES_READ: Final = 12


def keep_personal_data(stage: Stage, *, now: datetime) -> None:
    """By whoever runs the desk; nothing where nobody does."""
    runs = Staff.unscoped.filter(desk=stage.desk, may_administer=True, is_active=True).order_by("pk").first()
    if runs is None:
        return
    by = Actor(kind="staff", id=runs.pk, name=runs.name)
    keep_for(stage.desk, days=_RULES, by=by, now=now - timedelta(days=40))
    organisations = Organisation.unscoped.in_bulk([stage.organisations[place] for place in (_HELD, _EXPORTED)])
    held, exported = (organisations[stage.organisations[place]] for place in (_HELD, _EXPORTED))
    for reason, days in _REASONS.items():
        hold(Scope(stage.desk.pk), organisation=held, reason=reason, by=by, now=now - timedelta(days=days))
    _erase_and_wish(stage, held=held, by=by, now=now)
    export = ask_for_export(exported, by=by, now=now - timedelta(hours=3))
    make_export(export_id=export.pk, now=now - timedelta(hours=3))
    _note_readings(stage, by=by, export_id=export.pk, exported=exported, now=now)


def _erase_and_wish(stage: Stage, *, held: Organisation, by: Actor, now: datetime) -> None:
    """Two users who have never asked anything, and have left."""
    gone = list(_quiet_people(stage).exclude(organisation=held).order_by("-pk")[:2])
    for person in gone:
        let_go(person, by=by, now=now - timedelta(days=12))
    if gone:
        erasure = order_erasure(gone[0], with_words=False, with_files=True, by=by, now=now - timedelta(days=9))
        erase_person(erasure_id=erasure.pk, now=now - timedelta(days=9))
    for person in gone[1:]:
        leader = Person.unscoped.filter(organisation=person.organisation_id, may_administer=True).order_by("pk").first()
        asker = by if leader is None else Actor(kind="person", id=leader.pk, name=leader.name)
        wish_erasure(person, by=asker, now=now - timedelta(days=2))


def _quiet_people(stage: Stage) -> QuerySet[Person]:
    """Nobody whom the demonstration shows anywhere else."""
    ours = Person.unscoped.filter(desk=stage.desk, is_active=True, may_administer=False, may_approve=False)
    own = OuterRef("pk")
    busy = (
        Exists(Seat.unscoped.filter(person=own)),
        Exists(Ticket.unscoped.filter(requester=own)),
        Exists(Message.unscoped.filter(by_kind="person", by_id=own)),
        Exists(Person.unscoped.filter(account=OuterRef("account")).exclude(pk=own)),
    )
    for reason in busy:
        ours = ours.filter(~reason)
    return ours.filter(is_local_contact=False, may_see_organisation=False)


def _note_readings(stage: Stage, *, by: Actor, export_id: int, exported: Organisation, now: datetime) -> None:
    """Whoever answers for a ticket has opened it when it last spoke; some files, and the export."""
    asked = Ticket.unscoped.filter(desk=stage.desk, assignee__isnull=False, is_first_line=False)
    newest = list(asked.order_by("-last_message_at")[:_READ])
    files = Attachment.unscoped.filter(message__ticket__in=[each.pk for each in newest]).select_related(
        "message__ticket"
    )
    readings = [_reading(Reading.What.TICKET, each.pk, each, at=each.last_message_at) for each in newest]
    for file in files.order_by("-pk")[:_FILES_READ]:
        if file.message is not None:
            ticket = file.message.ticket
            readings.append(_reading(Reading.What.ATTACHMENT, file.pk, ticket, at=ticket.last_message_at))
    taken = Reading(
        desk_id=stage.desk.pk,
        at=now - timedelta(hours=2),
        what=Reading.What.EXPORT,
        what_id=export_id,
        organisation_id=exported.pk,
        by_kind=by.kind,
        by_id=by.id,
    )
    Reading.objects.bulk_create(sorted([*readings, taken], key=lambda each: each.at))


def _reading(what: Reading.What, what_id: int, ticket: Ticket, *, at: datetime) -> Reading:
    return Reading(
        desk_id=ticket.desk_id,
        at=at + timedelta(minutes=4),
        what=what,
        what_id=what_id,
        ticket_id=ticket.pk,
        organisation_id=ticket.organisation_id,
        by_kind="staff",
        by_id=ticket.assignee_id,
    )
