"""Two tickets become one and two again, and links between tickets: never across organisations."""

from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import (
    LinkMissingError,
    NotTogetherError,
    customers_links,
    link_tickets,
    links_of,
    unlink_tickets,
)
from vaxel.domain.tickets.merging import goes_on_in, merge_tickets, unmerge_tickets
from vaxel.domain.tickets.models import Clock, Message, Ticket
from vaxel.domain.tickets.queries import Reader

pytestmark = pytest.mark.django_db

LATER = world.NOW + timedelta(hours=1)
LATER_STILL = world.NOW + timedelta(hours=2)


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.desk)


@pytest.fixture
def older(person: Person) -> Ticket:
    return world.ask(person, text="Det första.")


@pytest.fixture
def younger(older: Ticket, person: Person) -> Ticket:
    return world.ask(person, text="Det andra.", now=LATER)


def merge(ticket: Ticket, other: Ticket, agent: Staff) -> Ticket:
    scope = world.desk_scope(ticket.desk)
    return merge_tickets(scope=scope, number=ticket.number, other=other.number, by=world.actor(agent), now=LATER_STILL)


def unmerge(ticket: Ticket, agent: Staff) -> Ticket:
    scope = world.desk_scope(ticket.desk)
    return unmerge_tickets(scope=scope, number=ticket.number, by=world.actor(agent), now=LATER_STILL)


def words(ticket: Ticket) -> list[str]:
    return list(Message.unscoped.filter(ticket=ticket).order_by("at", "id").values_list("text", flat=True))


def again(ticket: Ticket) -> Ticket:
    return Ticket.unscoped.get(pk=ticket.pk)


@pytest.mark.parametrize("asked_at", ["older", "younger"])
def test_merge_puts_the_younger_into_the_older(older: Ticket, younger: Ticket, agent: Staff, asked_at: str) -> None:
    kept = merge(older, younger, agent) if asked_at == "older" else merge(younger, older, agent)
    assert kept.pk == older.pk
    assert words(older) == ["Det första.", "Det andra."]
    assert again(younger).status == "closed"
    assert again(older).next_deadline_at == older.next_deadline_at
    assert goes_on_in(again(younger)).pk == older.pk


def test_unmerge_gives_back_words_status_and_promises(older: Ticket, younger: Ticket, agent: Staff) -> None:
    before = again(younger)
    merge(older, younger, agent)
    unmerge(younger, agent)
    after = again(younger)
    assert (after.status, after.closed_at, after.next_deadline_at) == (before.status, None, before.next_deadline_at)
    assert (words(older), words(younger)) == (["Det första."], ["Det andra."])
    assert set(Clock.unscoped.filter(ticket=younger).values_list("state", flat=True)) == {"running"}
    with pytest.raises(LinkMissingError):
        unmerge(younger, agent)


def test_merge_again_after_unmerging(older: Ticket, younger: Ticket, agent: Staff) -> None:
    merge(older, younger, agent)
    unmerge(younger, agent)
    merge(older, younger, agent)
    assert words(older) == ["Det första.", "Det andra."]


def test_merge_lets_a_waiting_customer_wait_in_the_older(older: Ticket, younger: Ticket, agent: Staff) -> None:
    scope = world.desk_scope(older.desk)
    conversation.reply(scope=scope, number=older.number, text="Vad står det?", by=world.actor(agent), now=LATER)
    kept = merge(older, younger, agent)
    assert (again(kept).customer_spoke_last, again(kept).status) == (True, "open")


def test_merge_refuses_what_is_finished_or_somebody_elses(older: Ticket, younger: Ticket, agent: Staff) -> None:
    colleague = world.make_person(older.organisation, name="Ove Lind", contact=False)
    other = world.ask(colleague, now=LATER, kind="unexpected-error")
    Ticket.unscoped.filter(pk=other.pk).update(is_first_line=False, destination="support")
    with pytest.raises(NotTogetherError, match="other-person"):
        merge(older, other, agent)
    lifecycle.solve(scope=world.desk_scope(older.desk), number=older.number, by=world.actor(agent), now=LATER)
    with pytest.raises(NotTogetherError, match="finished"):
        merge(older, younger, agent)


def test_t12_tickets_of_two_organisations_are_never_put_together(older: Ticket, agent: Staff) -> None:
    stranger = world.make_person(world.make_organisation(older.desk))
    other = world.ask(stranger, text="Det första.", now=LATER)
    scope = world.desk_scope(older.desk)
    with pytest.raises(NotTogetherError, match="other-organisation"):
        merge(older, other, agent)
    with pytest.raises(NotTogetherError, match="other-organisation"):
        link_tickets(
            scope=scope,
            number=older.number,
            other=other.number,
            kind=Link.Kind.DUPLICATE,
            by=world.actor(agent),
            now=LATER,
        )
    assert Link.unscoped.count() == 0


def test_link_is_seen_from_both_sides_until_it_is_taken_back(older: Ticket, younger: Ticket, agent: Staff) -> None:
    scope, by = world.desk_scope(older.desk), world.actor(agent)
    pair = {"scope": scope, "number": younger.number, "other": older.number}
    link = link_tickets(**pair, kind=Link.Kind.CAUSED_BY, by=by, now=LATER)  # type: ignore[arg-type]  # a shorthand
    assert link_tickets(**pair, kind=Link.Kind.CAUSED_BY, by=by, now=LATER).pk == link.pk  # type: ignore[arg-type]  # a shorthand
    seen = {
        each.number: [(one.kind, one.forward) for one in links_of(scope, number=each.number)]
        for each in (older, younger)
    }
    assert seen == {older.number: [("caused-by", False)], younger.number: [("caused-by", True)]}
    unlink_tickets(scope=scope, number=older.number, link_id=link.pk, by=by, now=LATER)
    assert links_of(scope, number=older.number) == []
    with pytest.raises(LinkMissingError):
        unlink_tickets(scope=scope, number=older.number, link_id=link.pk, by=by, now=LATER)


def test_two_tickets_are_not_tied_round_in_a_circle(older: Ticket, younger: Ticket, agent: Staff) -> None:
    scope, by = world.desk_scope(older.desk), world.actor(agent)
    link_tickets(scope=scope, number=younger.number, other=older.number, kind=Link.Kind.PART_OF, by=by, now=LATER)
    with pytest.raises(NotTogetherError, match="said-in-reverse"):
        link_tickets(scope=scope, number=older.number, other=younger.number, kind=Link.Kind.PART_OF, by=by, now=LATER)
    assert [one.kind for one in links_of(scope, number=older.number)] == ["part-of"]


def test_customers_read_what_was_done_and_not_what_staff_think(older: Ticket, younger: Ticket, agent: Staff) -> None:
    by, scope = world.actor(agent), world.desk_scope(older.desk)
    link_tickets(scope=scope, number=younger.number, other=older.number, kind=Link.Kind.DUPLICATE, by=by, now=LATER)
    merge(older, younger, agent)
    reader = Reader(scope=world.customer_scope(older.requester), person_id=older.requester_id, sees_organisation=False)
    assert [(each.kind, each.number) for each in customers_links(reader, ticket=younger)] == [
        ("merged-into", older.number)
    ]
    stranger = Reader(scope=reader.scope, person_id=-1, sees_organisation=False)
    assert customers_links(stranger, ticket=younger) == []
