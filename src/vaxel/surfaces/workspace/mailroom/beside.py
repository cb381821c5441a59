"""What mails have brought to a ticket that waits for somebody of the staff: people in copy, and mails that are held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vaxel.domain.mailroom.queries import held_on_ticket
from vaxel.domain.notices.participants import ParticipantSeen, State, participants_of
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.thread_view import EventSeen
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantShown:
    """Somebody who came along; `organisation` is empty for a stranger."""

    name: str
    address: str
    organisation: str
    at: Moment
    #: Where the decision is posted.
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldShown:
    """A mail that seems to answer the ticket and waits."""

    subject: str
    sender: str
    why: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBeside:
    """All empty on a ticket to which mails have brought nobody and nothing."""

    waiting: tuple[ParticipantShown, ...] = ()
    let_in: tuple[ParticipantShown, ...] = ()
    left_out: tuple[ParticipantShown, ...] = ()
    held: tuple[HeldShown, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.waiting or self.let_in or self.left_out or self.held)

    @property
    def is_urgent(self) -> bool:
        """Somebody has to decide."""
        return bool(self.waiting or self.held)

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets a copy of an answer, beside the asker."""
        return tuple(each.address for each in self.let_in)


_NOTHING: Final = MailBeside()
#: Events that may have brought people to the ticket: by a mail, or with a ticket that was put into it.
_BRINGING: Final = frozenset({EventKind.PARTICIPANTS_NAMED, EventKind.TAKEN_IN})


def mail_beside(
    place: StaffPlace, ticket: Ticket, *, name: str, events: Sequence[EventSeen], labels: Labels
) -> MailBeside:
    """The history tells whether there is anything: no query then, and otherwise one for each of the two."""
    kinds = {event.kind for event in events}
    people = participants_of(place.scope, ticket_id=ticket.pk) if kinds & _BRINGING else ()
    held = held_on_ticket(place.scope, ticket_id=ticket.pk) if EventKind.MAIL_HELD in kinds else ()
    if not people and not held:
        return _NOTHING

    def shown(state: State) -> tuple[ParticipantShown, ...]:
        return tuple(_shown(each, place=place, name=name, labels=labels) for each in people if each.state == state)

    return MailBeside(
        waiting=shown(State.WAITING),
        let_in=shown(State.LET_IN),
        left_out=shown(State.LEFT_OUT),
        held=tuple(
            HeldShown(
                subject=each.subject,
                sender=each.sender,
                why=each.why,
                url=workspace_url("held_mail", place, mail=each.public_id),
            )
            for each in held
        ),
    )


def _shown(each: ParticipantSeen, *, place: StaffPlace, name: str, labels: Labels) -> ParticipantShown:
    return ParticipantShown(
        name=each.name,
        address=each.address,
        organisation=each.organisation,
        at=labels.moment(each.decided_at or each.since),
        url=workspace_url("participant", place, name=name, participant_id=str(each.id)),
    )
