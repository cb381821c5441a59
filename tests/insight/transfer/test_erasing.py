"""Erasing a ticket's personal data: afterwards no table and no file tells of the colleague it was asked for (B10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks as CaptureOnCommit

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.domain.smalljobs.jobs_world import NOW, Small, make_small
from tests.jobs_run import run_jobs
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.notices.erasing import OnItsWayError
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.work import log_time
from vaxel.domain.tickets.conversation import note, reply, save_reply_draft
from vaxel.domain.tickets.erasing import NotFinishedError
from vaxel.domain.tickets.lifecycle import solve
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Event, Message, Ticket
from vaxel.domain.tickets.question import OnBehalfOf
from vaxel.domain.tickets.split import Part, Sort, split_ticket
from vaxel.insight.transfer.erasing import Erased, erase_ticket
from vaxel.kit.mail import MailAddress
from vaxel.kit.tenancy import Scope

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Canary:
    """A colleague whose name, address and number stand nowhere else."""

    name: str
    email: str
    phone: str

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        return f"Det gäller {self.name}, {self.email}, tel {self.phone}."

    @property
    def traces(self) -> list[str]:
        """What any of it leaves behind, stems of words in a search index too."""
        parts = [part[:6] for part in self.name.split()]
        return [*parts, self.email.partition("@")[0], self.phone]


SOLVEIG = Canary("Solveigbritt Kvarnåker", "solveigbritt.k@kund.example", "0555-987 61")
_LETTERS = st.text("abdefgiklmnoprstuvåäö", min_size=7, max_size=12)
CANARIES = st.builds(
    lambda first, last, number: Canary(f"Q{first} Z{last}", f"q.{number}@kund.example", f"0555-{number}"),
    _LETTERS,
    _LETTERS,
    st.integers(100_000, 999_999),
)


def left_of(canary: Canary) -> list[str]:
    """The tables that still hold a trace, in whatever column: text, JSON, arrays, words for search. One query."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        holds = (
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\" kept WHERE kept::text ILIKE ANY (%(traces)s))"  # noqa: S608  # names of the schema
            for table in tables
        )
        cursor.execute(" UNION ALL ".join(holds), {"traces": [f"%{trace}%" for trace in canary.traces]})
        return [table for (table,) in cursor.fetchall()]


@pytest.fixture
def small() -> Small:
    small = make_small()
    make_mailbox(small.desk)
    return small


def asked_for(small: Small, canary: Canary) -> Small:
    """The same people, with a question for that colleague."""
    ticket = world.ask(
        small.asker,
        kind="data-repair",
        subject=f"Filter åt {canary.name}",
        text=canary.words,
        fields={"what-wanted": canary.words},
        on_behalf_of=OnBehalfOf(name=canary.name, phone=canary.phone, email=canary.email, copy=True),
    )
    return replace(small, ticket=ticket)


# --- what can happen to such a question ----------------------------------------------------------------------------


def _answer(small: Small, canary: Canary) -> None:
    _reply(small, f"Hej! {canary.words}")


def _reply(small: Small, text: str) -> None:
    reply(scope=_scope(small), number=small.ticket.number, text=text, by=world.actor(small.agent), now=NOW)


def _note(small: Small, canary: Canary) -> None:
    note(scope=_scope(small), number=small.ticket.number, text=canary.words, by=world.actor(small.agent), now=NOW)


def _begin_an_answer(small: Small, canary: Canary) -> None:
    by = world.actor(small.manager)
    save_reply_draft(scope=_scope(small), number=small.ticket.number, text=canary.words, by=by, now=NOW)


def _colleague_writes(small: Small, canary: Canary) -> None:
    """They answer the copy that they were sent, and bring somebody along."""
    run_jobs()
    copy = OutgoingMail.unscoped.filter(ticket=small.ticket, recipient=canary.email).first()
    if copy is None:
        return
    to = (MailAddress(reply_address(copy)),)
    mail = mail_from(canary.email, to=to, cc=(MailAddress("lo@annan.example", canary.name),), text=canary.words)
    deliver(replace(mail, froms=(MailAddress(canary.email, canary.name),)), Mailbox.unscoped.get(desk=small.desk))


def _stranger_writes(small: Small, canary: Canary) -> None:
    """Somebody else at the colleague's address: the mail waits for a human."""
    ours = OutgoingMail.unscoped.filter(ticket=small.ticket, recipient=small.asker.email).first()
    if ours is not None:
        to = (MailAddress(reply_address(ours)),)
        deliver(mail_from(f"x{canary.email}", to=to, text=canary.words), Mailbox.unscoped.get(desk=small.desk))


def _work(small: Small, canary: Canary) -> None:
    if Offer.unscoped.filter(ticket=small.ticket).exists():
        return
    offer = small.agree(small.offer(what=f"Filter åt {canary.name.upper()}"))
    log_time(
        scope=_scope(small),
        offer_id=offer.pk,
        minutes=10,
        worked_at=NOW,
        note=f"Ringde {canary.name}, {canary.phone}",
        by=world.actor(small.agent),
        now=NOW,
    )


def _split(small: Small, canary: Canary) -> None:
    message = Message.unscoped.filter(ticket=small.ticket).earliest("id")
    sort = Sort(subject=f"Mer åt {canary.name}", kind="function-broken", product="suite")
    parts = [Part(message_id=message.pk)]
    split_ticket(
        scope=_scope(small), number=small.ticket.number, parts=parts, sort=sort, by=world.actor(small.agent), now=NOW
    )


def _merge(small: Small, canary: Canary) -> None:
    younger = world.ask(small.asker, text=f"Igen: {canary.words}")
    merge_tickets(
        scope=_scope(small), number=younger.number, other=small.ticket.number, by=world.actor(small.agent), now=NOW
    )


STEPS: Final[Mapping[str, Callable[[Small, Canary], None]]] = {
    "answer": _answer,
    "note": _note,
    "begin an answer": _begin_an_answer,
    "colleague writes": _colleague_writes,
    "stranger writes": _stranger_writes,
    "work": _work,
    "split": _split,
    "merge": _merge,
}


def _scope(small: Small) -> Scope:
    return world.desk_scope(small.desk)


def finish_all(small: Small) -> None:
    """All tickets are solved, and their mails have gone out."""
    for number in Ticket.unscoped.exclude(status="closed").order_by("number").values_list("number", flat=True):
        solve(scope=_scope(small), number=number, by=world.actor(small.agent), now=NOW)
    run_jobs()
    OutgoingMail.unscoped.filter(state="queued").update(state="sent")


def erase(small: Small, **more: int) -> Erased:
    return erase_ticket(scope=_scope(small), number=small.ticket.number, by=world.actor(small.manager), now=NOW, **more)


# --- the tests -----------------------------------------------------------------------------------------------------


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(canary=CANARIES, steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=5))
@example(canary=SOLVEIG, steps=sorted(STEPS))
def test_t81_nothing_tells_of_the_colleague_whatever_has_happened(
    small: Small, canary: Canary, steps: list[str]
) -> None:
    small = asked_for(small, canary)
    for step in steps:
        STEPS[step](small, canary)
    finish_all(small)
    assert left_of(canary)

    erase(small)
    run_jobs()

    assert left_of(canary) == []


def test_t81_files_and_originals_leave_the_disk(
    small: Small, tmp_path: Path, django_capture_on_commit_callbacks: CaptureOnCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    small = asked_for(small, SOLVEIG)
    _colleague_writes(small, SOLVEIG)
    finish_all(small)
    before = [path for path in tmp_path.rglob("*") if path.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        erase(small)

    assert (len(before), [path for path in tmp_path.rglob("*") if path.is_file()]) == (1, [])


def test_figures_job_and_history_stay(small: Small) -> None:
    small = asked_for(small, SOLVEIG)
    _work(small, SOLVEIG)
    finish_all(small)

    erased = erase(small)

    ticket = Ticket.unscoped.get(pk=small.ticket.pk)
    assert (ticket.kind, ticket.requester, ticket.status, ticket.subject) == (
        "data-repair",
        small.asker,
        "closed",
        "–",
    )
    assert (Offer.unscoped.get(ticket=ticket).what, WorkEntry.unscoped.get().note) == ("Filter åt –", "Ringde –, –")
    assert WorkEntry.unscoped.get().minutes == 10
    newest = Event.unscoped.filter(ticket=ticket).latest("id")
    assert (newest.kind, newest.by_name) == ("erased", "Kerstin Molin")
    entry = AuditEntry.unscoped.get(kind="ticket-erased")
    assert (entry.by_name, entry.data, erased.numbers) == (
        "Kerstin Molin",
        {"ticket": ticket.number},
        (ticket.number,),
    )


def test_the_words_go_from_every_ticket_that_has_them(small: Small) -> None:
    small = asked_for(small, SOLVEIG)
    _split(small, SOLVEIG)
    _merge(small, SOLVEIG)
    finish_all(small)

    assert len(erase(small).numbers) == 3


def test_nothing_is_erased_while_somebody_works_with_it(small: Small) -> None:
    small = asked_for(small, SOLVEIG)
    _split(small, SOLVEIG)
    solve(scope=_scope(small), number=small.ticket.number, by=world.actor(small.agent), now=NOW)
    new = Ticket.unscoped.latest("number")

    with pytest.raises(NotFinishedError) as refused:
        erase(small)

    assert refused.value.numbers == (new.number,)
    assert Message.unscoped.filter(ticket=small.ticket, text=SOLVEIG.words).exists()


def test_nothing_is_erased_while_a_mail_is_on_its_way(small: Small) -> None:
    small = asked_for(small, SOLVEIG)
    finish_all(small)
    newest = OutgoingMail.unscoped.filter(ticket=small.ticket).latest("pk")
    OutgoingMail.unscoped.filter(pk=newest.pk).update(state="sending")

    with pytest.raises(OnItsWayError):
        erase(small)


def test_t75_a_ticket_that_has_changed_meanwhile_is_not_erased(small: Small) -> None:
    small = asked_for(small, SOLVEIG)
    finish_all(small)

    with pytest.raises(ChangedMeanwhileError):
        erase(small, seen_version=1)


def test_t43_no_other_desk_erases(small: Small) -> None:
    other = world.desk_scope(world.make_desk("baver"))

    with pytest.raises(TicketMissingError):
        erase_ticket(scope=other, number=small.ticket.number, by=world.actor(small.manager), now=NOW)
