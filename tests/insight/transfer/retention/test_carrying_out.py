"""What a desk does not keep any longer goes, and nothing else: five years in nights (trust 82)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.factories import NOW
from tests.jobs_run import run_jobs
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.privacy.erasures import order_erasure
from vaxel.domain.privacy.keeping import (
    HeldError,
    TooShortError,
    end_hold,
    hold,
    holds_on,
    keep_for,
    lasting_with,
    mark_of_rules,
    rules_of,
)
from vaxel.domain.privacy.models import Kept
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.lifecycle import solve
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Attachment, Message, Ticket
from vaxel.insight.transfer.erasing import erase_ticket
from vaxel.insight.transfer.retention.carrying_out import let_go_of_old
from vaxel.insight.transfer.retention.due import Outlook, outlook

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YEAR = 365 * DAY


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    return world.make_desk(slug="kompass")


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.fixture
def person(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk))


def _rules(desk: Desk, **days: int | None) -> None:
    keep_for(desk, days={Kept(kind): many for kind, many in days.items()}, by=SYSTEM, now=NOW)


def _finished(person: Person, agent: Staff, *, at: datetime) -> Ticket:
    """A ticket with a file, solved on a day."""
    given = {"desk_id": person.desk_id, "organisation_id": person.organisation_id, "person_id": person.pk}
    draft = new_draft(**given, data={}, now=at)
    incoming = Incoming(name="a.txt", content_type="text/plain", size=3, chunks=[at.isoformat().encode()])
    store_for_draft(incoming, draft=draft, organisation_id=person.organisation_id, now=at)
    ticket = world.ask(person, text=f"Frågan {at:%Y}", draft_id=draft.pk, now=at)
    solve(scope=world.desk_scope(agent.desk), number=ticket.number, by=world.actor(agent), now=at)
    run_jobs()
    OutgoingMail.unscoped.filter(state="queued").update(state="sent")
    return ticket


def _texts() -> list[str]:
    return list(Message.unscoped.order_by("ticket__number").values_list("text", flat=True))


def test_t82_five_years_in_nights(desk: Desk, agent: Staff, person: Person) -> None:
    """A ticket a year, one of them held. Files go after one year, words after three."""
    tickets = [_finished(person, agent, at=NOW + year * YEAR) for year in range(5)]
    _rules(desk, ticket=3 * 365, attachment=365)
    scope, by = world.desk_scope(desk), world.actor(agent)
    held = hold(scope, ticket=tickets[1], reason="Tvist", by=by, now=NOW)

    left = {}
    for year in range(6):
        let_go_of_old(now=NOW + year * YEAR + DAY)
        words = [text.removeprefix("Frågan ") for text in _texts() if text != "–"]
        left[year] = (" ".join(words), Attachment.unscoped.count())

    assert left == {
        0: ("2026 2027 2028 2029 2030", 5),
        1: ("2026 2027 2028 2029 2030", 4),
        2: ("2026 2027 2028 2029 2030", 4),
        3: ("2027 2028 2029 2030", 3),
        4: ("2027 2028 2029 2030", 2),
        5: ("2027 2029 2030", 1),
    }
    assert end_hold(scope, hold_id=held.pk, by=by, now=NOW)
    let_go_of_old(now=NOW + 5 * YEAR + DAY)
    assert (_texts(), Attachment.unscoped.count()) == (["–", "–", "–", "Frågan 2029", "Frågan 2030"], 0)


def test_t82_without_rules_everything_is_kept(desk: Desk, agent: Staff, person: Person) -> None:
    _finished(person, agent, at=NOW)

    assert (let_go_of_old(now=NOW + 50 * YEAR), _texts()) == ({}, ["Frågan 2026"])


def test_t82_an_open_ticket_and_first_line_stay(desk: Desk, agent: Staff, person: Person) -> None:
    world.ask(person, text="Öppen")
    own = _finished(person, agent, at=NOW)
    Ticket.unscoped.filter(pk=own.pk).update(is_first_line=True)
    _rules(desk, ticket=90, attachment=30)

    let_go_of_old(now=NOW + 10 * YEAR)

    assert (_texts(), Attachment.unscoped.count()) == (["Öppen", "Frågan 2026"], 1)


def test_t82_words_wait_for_the_youngest_that_has_them(desk: Desk, agent: Staff, person: Person) -> None:
    older, younger = world.ask(person), world.ask(person)
    later = NOW + 60 * DAY
    scope, by = world.desk_scope(desk), world.actor(agent)
    merge_tickets(scope=scope, number=younger.number, other=older.number, by=by, now=NOW)
    solve(scope=scope, number=older.number, by=by, now=later)
    run_jobs()
    OutgoingMail.unscoped.filter(state="queued").update(state="sent")
    _rules(desk, ticket=90)

    let_go_of_old(now=NOW + 91 * DAY)
    assert "–" not in _texts()
    let_go_of_old(now=later + 91 * DAY)

    assert set(_texts()) == {"–"}


def test_t82_mails_go_by_their_own_rules(desk: Desk, agent: Staff, person: Person) -> None:
    box = make_mailbox(desk)
    became = deliver(mail_from(person, text="En fråga"), box)
    stranger = deliver(mail_from("okand@annan.example", text="Vem är jag?"), box)
    assert (became.state, stranger.state) == ("ticket", "quarantine")
    _rules(desk, original=30, held=60)

    let_go_of_old(now=NOW + 31 * DAY)
    kept = dict(ReceivedMail.unscoped.values_list("pk", "raw"))
    assert (kept[became.pk] is None, kept[stranger.pk] is None) == (True, False)
    let_go_of_old(now=NOW + 61 * DAY)

    stranger.refresh_from_db()
    assert (stranger.state, stranger.raw, stranger.text, stranger.sender) == ("ignored", None, "", "")


def test_t82_the_trail_goes_after_a_year_but_not_of_what_is_held(desk: Desk, agent: Staff, person: Person) -> None:
    for organisation_id in (person.organisation_id, world.make_organisation(desk).pk):
        record(kind="person-changed", by=SYSTEM, now=NOW, desk_id=desk.pk, organisation_id=organisation_id)
        note_reading(
            Reading.What.EXPORT, desk_id=desk.pk, what_id=1, organisation_id=organisation_id, by=SYSTEM, now=NOW
        )
    _rules(desk, log=365)
    hold(world.desk_scope(desk), organisation=person.organisation, reason="Tvist", by=SYSTEM, now=NOW)

    let_go_of_old(now=NOW + YEAR + DAY)

    changed = AuditEntry.unscoped.filter(kind="person-changed").values_list("data__organisation_id", flat=True)
    kept = Reading.unscoped.values_list("organisation_id", flat=True)
    assert (list(changed), list(kept)) == ([person.organisation_id], [person.organisation_id])
    told = AuditEntry.unscoped.filter(kind="retention-applied").values_list("data", flat=True)
    assert [each["what"] for each in told] == ["log"]


def test_t82_a_hold_stops_erasing_by_hand_too(desk: Desk, agent: Staff, person: Person) -> None:
    ticket = _finished(person, agent, at=NOW)
    scope, by = world.desk_scope(desk), world.actor(agent)
    hold(scope, organisation=person.organisation, reason="Tvist", by=by, now=NOW)

    with pytest.raises(HeldError):
        erase_ticket(scope=scope, number=ticket.number, by=by, now=NOW)
    with pytest.raises(HeldError):
        order_erasure(person, with_words=False, with_files=True, by=by, now=NOW)


def test_t82_what_is_held_for_two_reasons_goes_after_the_last(desk: Desk, agent: Staff, person: Person) -> None:
    ticket = _finished(person, agent, at=NOW)
    scope, by = world.desk_scope(desk), world.actor(agent)
    of_ticket = hold(scope, ticket=ticket, reason="Tvist", by=by, now=NOW)
    of_customer = hold(scope, organisation=person.organisation, reason="Tvist", by=by, now=NOW)
    another = hold(scope, ticket=ticket, reason="Granskning", by=by, now=NOW)
    again = hold(scope, ticket=ticket, reason="Tvist", by=by, now=NOW)

    assert again == of_ticket
    lasting = holds_on(scope, organisation_id=person.organisation_id, numbers=[ticket.number])
    assert lasting == [of_ticket, of_customer, another]
    for held in (of_ticket, another, of_customer):
        with pytest.raises(HeldError):
            erase_ticket(scope=scope, number=ticket.number, by=by, now=NOW)
        ended = end_hold(scope, hold_id=held.pk, by=by, now=NOW)
        assert ended is not None
        assert lasting_with(ended) == (held != of_customer)

    assert erase_ticket(scope=scope, number=ticket.number, by=by, now=NOW).numbers == (ticket.number,)


def test_t75_rules_that_changed_meanwhile_are_not_written_over(desk: Desk) -> None:
    _rules(desk, log=400)
    seen = mark_of_rules(rules_of(world.desk_scope(desk)))
    keep_for(desk, days={Kept.LOG: 500}, seen=seen, by=SYSTEM, now=NOW)

    with pytest.raises(ChangedMeanwhileError):
        keep_for(desk, days={Kept.LOG: None}, seen=seen, by=SYSTEM, now=NOW)

    assert rules_of(world.desk_scope(desk)) == {Kept.LOG: 500}


def test_t82_the_dry_run_tells_what_the_night_does(desk: Desk, agent: Staff, person: Person) -> None:
    for days in (0, 20, 200):
        _finished(person, agent, at=NOW + days * DAY)
    now = NOW + 95 * DAY

    seen = {kind: outlook(desk.pk, kind, days=90, now=now) for kind in (Kept.TICKET, Kept.ATTACHMENT)}

    first = Outlook(now=1, soon=1, next_at=NOW + 110 * DAY)
    assert seen == {Kept.TICKET: first, Kept.ATTACHMENT: first}
    _rules(desk, ticket=90)
    assert let_go_of_old(now=now) == {"ticket": 1}
    assert outlook(desk.pk, Kept.TICKET, days=90, now=now) == Outlook(now=0, soon=1, next_at=NOW + 110 * DAY)


@pytest.mark.parametrize("days", [{"ticket": 89}, {"log": 364}, {"held": 29}, {"original": 36_501}])
def test_no_rule_is_shorter_than_makes_sense(desk: Desk, days: Mapping[str, int]) -> None:
    with pytest.raises(TooShortError):
        _rules(desk, **days)


def test_rules_change_and_that_stands_in_the_history(desk: Desk) -> None:
    _rules(desk, ticket=365, log=400)
    _rules(desk, ticket=None, log=400)

    assert rules_of(world.desk_scope(desk)) == {Kept.LOG: 400}
    changes = AuditEntry.unscoped.filter(kind="retention-changed").order_by("pk").values_list("changes", flat=True)
    assert list(changes) == [{"kept-ticket": [None, 365], "kept-log": [None, 400]}, {"kept-ticket": [365, None]}]
