"""Erasing a person: afterwards no table and no file tells who they were, and what the desk needs still stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks as CaptureOnCommit

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.domain.smalljobs.jobs_world import NOW, Small, make_small
from tests.jobs_run import run_jobs
from vaxel.domain.administration.certificates import Proof, claim_certificate
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.customers.notes import write_note
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.notices.erasing import OnItsWayError
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.accounts import note_sign_in
from vaxel.domain.people.models import Person, Session
from vaxel.domain.privacy.erasures import (
    AlreadyErasedError,
    StillWorkingError,
    decline_erasure,
    order_erasure,
    wish_erasure,
)
from vaxel.domain.privacy.models import Erasure
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.conversation import note, reply, save_reply_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.lifecycle import solve
from vaxel.domain.tickets.models import Attachment, Event, Message, Ticket
from vaxel.domain.tickets.question import OnBehalfOf
from vaxel.domain.wishes.wishing import WishWords, send_wish
from vaxel.insight.search.models import TicketWords
from vaxel.insight.transfer.people_erasing.carrying_out import erase_person
from vaxel.insight.transfer.people_erasing.striking import tables
from vaxel.kit.mail import MailAddress

pytestmark = pytest.mark.django_db

NAME: Final = "Solveigbritt Kvarnåker"
EMAIL: Final = "solveigbritt.k@kund.example"
PHONE: Final = "0555-987 61 23"
#: What any of it leaves behind: stems of words in a search index, digits however they are written.
TRACES: Final = ("solveigb", "kvarnåk", "0555-987", "055598761")
WORDS: Final = f"Hej! Det är {NAME} ({EMAIL}), tel {PHONE}. Fråga Solveigbritt eller ring 0555/9876123. //KVARNÅKER"


#: Tables without words of their own, or whose words are nobody's but the vendor's, or are dealt with one by one.
SPARED: Final = frozenset(
    {
        "administration.seatwish",
        "administration.told",
        "audit.reading",
        "desks.desk",
        "desks.policyversion",
        "mailroom.delivery",
        "manual.article",
        "manual.articletext",
        "manual.articleversion",
        "manual.manual",
        "manual.picture",
        "manual.unsavedwords",
        "manual.verdict",
        "notices.digestitem",
        "people.absence",
        "people.account",
        "people.certificate",
        "people.organisation",
        "people.person",
        "people.roleholder",
        "people.seat",
        "people.session",
        "people.staff",
        "privacy.erasure",
        "privacy.retentionrule",
        "problems.affected",
        "publishing.policydraft",
        "publishing.policytrial",
        "search.lexicon",
        "search.ticketwords",
        "search.word",
        "smalljobs.agreedcard",
        "smalljobs.rate",
        "tickets.blob",
        "tickets.clockinterval",
        "tickets.readmark",
        "widgets.usedtoken",
        "widgets.widget",
        "wishes.vote",
    }
)


@dataclass(frozen=True, slots=True)
class Canary:
    """Somebody whose name stands everywhere, and the people around them."""

    small: Small
    person: Person

    def order(self, *, with_words: bool = False, with_files: bool = True) -> Erasure:
        """The desk's administrator says yes."""
        by = world.actor(self.small.manager)
        return order_erasure(self.person, with_words=with_words, with_files=with_files, by=by, now=NOW)

    def erase(self, **more: bool) -> Erasure:
        """And the worker does it."""
        self.order(**more)
        assert "erase_person" in run_jobs()
        return Erasure.unscoped.filter(person=self.person).latest("pk")


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def canary(media: Path) -> Canary:
    small = make_small()
    make_mailbox(small.desk)
    person = world.make_person(small.asker.organisation, name=NAME, phone=PHONE, title="Controller")
    account = person.account
    assert account is not None
    account.email, person.email = EMAIL, EMAIL
    account.save(update_fields=["email"])
    person.save(update_fields=["email"])
    EmailAddress.objects.create(user=account, email=EMAIL, primary=True, verified=True)
    note_sign_in(account, method="code", now=NOW)
    return Canary(small, person)


def left_of() -> list[str]:
    """The tables that still hold a trace, in whatever column: text, JSON, arrays, bytes, words for search."""
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
        holds = (
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\" kept WHERE kept::text ILIKE ANY (%(traces)s))"  # noqa: S608  # names of the schema
            for table in known
        )
        cursor.execute(" UNION ALL ".join(holds), {"traces": [f"%{trace}%" for trace in TRACES]})
        return [table for (table,) in cursor.fetchall()]


def files_with_traces(folder: Path) -> list[str]:
    """Files of the installation that hold a trace."""
    found = []
    for path in folder.rglob("*"):
        text = path.read_bytes().decode("utf-8", errors="ignore").casefold() if path.is_file() else ""
        found += [path.name] if any(trace in text for trace in TRACES) else []
    return found


def put_everywhere(canary: Canary) -> None:
    """They ask, answer, wish, send files and mails, and others write about them."""
    small, person = canary.small, canary.person
    scope, agent = world.desk_scope(small.desk), world.actor(small.agent)
    draft = new_draft(
        desk_id=person.desk_id, organisation_id=person.organisation_id, person_id=person.pk, data={}, now=NOW
    )
    _attach(f"{NAME}.txt", WORDS.encode(), draft, person)
    ticket = world.ask(person, subject=f"Filter åt {NAME}", text=WORDS, draft_id=draft.pk)
    reply(scope=scope, number=ticket.number, text=f"Hej Solveigbritt! {WORDS}", by=agent, now=NOW)
    note(scope=scope, number=ticket.number, text=f"Ringde {PHONE}: {NAME}s dator", by=agent, now=NOW)
    reply(scope=world.customer_scope(person), number=ticket.number, text=WORDS, by=world.actor(person), now=NOW)
    save_reply_draft(
        scope=world.customer_scope(person), number=ticket.number, text=WORDS, by=world.actor(person), now=NOW
    )
    new_draft(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        data={"text": WORDS},
        now=NOW,
    )
    colleague = OnBehalfOf(name=NAME, phone=PHONE, email=EMAIL, copy=True)
    world.ask(small.asker, subject=f"Åt {NAME}", text=WORDS, on_behalf_of=colleague)
    _mails(canary)
    words = WishWords(text=f"En mall till. {WORDS}", language="sv")
    reader = ManualReader(person.desk_id, person_id=person.pk)
    send_wish(words, desk=small.desk, reader=reader, person_id=person.pk, by=world.actor(person), now=NOW)
    proof = Proof(
        passed_on=NOW.date(), told=f"Kurs för {NAME}", file_name="intyg.pdf", content=b"%PDF-" + WORDS.encode()
    )
    claim_certificate(person, proof=proof, by=world.actor(person), now=NOW)
    write_note(scope=scope, organisation_id=person.organisation_id, text=WORDS, by=agent, now=NOW)
    _finish(small)


def _attach(name: str, content: bytes, draft: object, person: Person) -> None:
    incoming = Incoming(name=name, content_type="text/plain", size=len(content), chunks=[content])
    store_for_draft(incoming, draft=draft, organisation_id=person.organisation_id, now=NOW)  # type: ignore[arg-type]  # a draft of either sort


def _mails(canary: Canary) -> None:
    """One from them, one by a colleague who names them among the copies, and one from an address of theirs at home."""
    box = Mailbox.unscoped.get(desk=canary.small.desk)
    deliver(mail_from(canary.person, text=WORDS, html="<p>Hej från <b>Solveigbritt</b> <i>Kvarnåker</i></p>"), box)
    deliver(mail_from(canary.small.asker, cc=(MailAddress(EMAIL, NAME),), text="Se kopian."), box)
    deliver(mail_from("okand@annan.example", text=f"Fråga {EMAIL} om det."), box)


def _finish(small: Small) -> None:
    run_jobs()
    for number in Ticket.unscoped.exclude(status="closed").order_by("number").values_list("number", flat=True):
        solve(scope=world.desk_scope(small.desk), number=number, by=world.actor(small.agent), now=NOW)
    run_jobs()
    OutgoingMail.unscoped.filter(state="queued").update(state="sent")


@pytest.mark.parametrize("with_words", [False, True])
def test_t81_nothing_tells_of_an_erased_person(
    canary: Canary, media: Path, django_capture_on_commit_callbacks: CaptureOnCommit, *, with_words: bool
) -> None:
    put_everywhere(canary)
    before = left_of()
    assert {"people_person", "tickets_message", "audit_auditentry", "search_ticketwords"} <= set(before)
    assert files_with_traces(media)

    with django_capture_on_commit_callbacks(execute=True):
        canary.erase(with_words=with_words)
    run_jobs()

    assert (left_of(), files_with_traces(media)) == ([], [])


def test_t81_what_was_asked_and_answered_stays_under_a_number(canary: Canary) -> None:
    ticket = world.ask(canary.person, subject="Filtret är borta", text=f"Vi skrev över det. /{NAME}")
    _finish(canary.small)

    proof = canary.erase()

    alias = f"Person {canary.person.pk}"
    message = Message.unscoped.get(ticket=ticket)
    assert (message.text, message.by_name) == (f"Vi skrev över det. /{alias}", alias)
    assert Event.unscoped.filter(ticket=ticket).earliest("id").by_name == alias
    person = Person.unscoped.get(pk=canary.person.pk)
    assert (person.name, person.is_active, person.account, person.erased_at is not None) == (alias, False, None, True)
    assert (proof.state, proof.decided_by_name, proof.counts["rows"]) == ("done", "Kerstin Molin", 1)
    assert AuditEntry.unscoped.get(kind="person-erased").data["person_id"] == canary.person.pk


def test_t81_all_that_they_wrote_goes_where_the_desk_says_so(canary: Canary) -> None:
    ticket = world.ask(canary.person, subject="Filtret är borta", text="Vi skrev över det.")
    scope, by = world.desk_scope(canary.small.desk), world.actor(canary.small.agent)
    reply(scope=scope, number=ticket.number, text="Nu är det tillbaka.", by=by, now=NOW)
    _finish(canary.small)

    canary.erase(with_words=True)

    texts = Message.unscoped.filter(ticket=ticket).order_by("id").values_list("text", flat=True)
    assert [*texts, Ticket.unscoped.get(pk=ticket.pk).subject] == ["–", "Nu är det tillbaka.", "–"]
    assert "över" not in TicketWords.unscoped.get(ticket=ticket).words


@pytest.mark.parametrize(("with_files", "left"), [(True, []), (False, ["bild.png"])])
def test_t81_their_files_stay_where_the_desk_says_so(canary: Canary, *, with_files: bool, left: list[str]) -> None:
    """Those that say their name in plain text go in any case."""
    person = canary.person
    given = {"desk_id": person.desk_id, "organisation_id": person.organisation_id, "person_id": person.pk}
    draft = new_draft(**given, data={}, now=NOW)
    _attach("bild.png", b"\x89PNG", draft, person)
    _attach("lista.txt", WORDS.encode("latin-1", errors="replace"), draft, person)
    world.ask(person, draft_id=draft.pk)
    _finish(canary.small)

    canary.erase(with_files=with_files)

    assert list(Attachment.unscoped.values_list("name", flat=True)) == left


def test_t81_others_with_a_part_of_the_name_keep_theirs(canary: Canary) -> None:
    sister = world.make_person(canary.person.organisation, name="Anna Kvarnåker")
    ticket = world.ask(sister, text="Hälsningar Anna Kvarnåker")
    _finish(canary.small)

    canary.erase()

    message = Message.unscoped.get(ticket=ticket)
    assert (message.text, message.by_name) == ("Hälsningar Anna Kvarnåker", "Anna Kvarnåker")
    assert Person.unscoped.get(pk=sister.pk).name == "Anna Kvarnåker"


def test_t81_another_customers_person_of_the_same_name_is_somebody_else(canary: Canary) -> None:
    namesake = world.make_person(world.make_organisation(canary.small.desk), name=NAME)
    ticket = world.ask(namesake, text=f"Hälsningar {NAME}. Fråga {EMAIL}!")
    _finish(canary.small)

    canary.erase()

    message = Message.unscoped.get(ticket=ticket)
    told = f"Hälsningar {NAME}. Fråga Person {canary.person.pk}!"
    assert (message.text, message.by_name) == (told, NAME)


def test_t81_whoever_is_somebody_elsewhere_stays_that_there(canary: Canary) -> None:
    other = world.make_organisation(canary.small.desk)
    elsewhere = world.make_person(other, name=NAME, account=canary.person.account, email=EMAIL)
    ticket = world.ask(elsewhere, text=WORDS)
    _finish(canary.small)
    mails = OutgoingMail.unscoped.filter(ticket=ticket, recipient=EMAIL).count()
    assert mails

    canary.erase()

    elsewhere.refresh_from_db()
    assert elsewhere.account is not None
    assert (elsewhere.account.is_active, elsewhere.account.name, elsewhere.name) == (True, NAME, NAME)
    assert Message.unscoped.get(ticket=ticket, by_kind="person").text == WORDS
    assert OutgoingMail.unscoped.filter(ticket=ticket, recipient=EMAIL).count() == mails


def test_t81_their_sessions_end_and_are_removed(canary: Canary) -> None:
    client, other = Client(), Client()
    assert canary.person.account is not None
    assert canary.small.asker.account is not None
    backend = "vaxel.surfaces.signin.backend.AccountBackend"
    client.force_login(canary.person.account, backend=backend)
    other.force_login(canary.small.asker.account, backend=backend)

    canary.erase()

    assert list(Session.objects.values_list("session_key", flat=True)) == [other.session.session_key]
    assert client.get(f"/{canary.small.desk.slug}/").status_code == 302


def test_nobody_is_erased_while_the_desk_works_for_them(canary: Canary) -> None:
    ticket = world.ask(canary.person)

    with pytest.raises(StillWorkingError) as refused:
        canary.order()

    assert refused.value.numbers == (ticket.number,)
    assert Person.unscoped.get(pk=canary.person.pk).is_active


def test_nobody_is_erased_while_a_mail_to_them_is_on_its_way(canary: Canary) -> None:
    world.ask(canary.person)
    _finish(canary.small)
    newest = OutgoingMail.unscoped.filter(recipient=EMAIL).latest("pk")
    OutgoingMail.unscoped.filter(pk=newest.pk).update(state="sending")
    erasure = canary.order()

    with pytest.raises(OnItsWayError):
        erase_person(erasure_id=erasure.pk, now=NOW)


def test_t72_a_second_time_does_nothing(canary: Canary) -> None:
    erasure = canary.erase()

    erase_person(erasure_id=erasure.pk, now=NOW)

    assert Erasure.unscoped.get().done_at == erasure.done_at
    with pytest.raises(AlreadyErasedError):
        canary.order()


def test_a_customer_asks_and_the_desk_answers(canary: Canary) -> None:
    by = world.actor(canary.small.approver)
    with pytest.raises(StillWorkingError):
        wish_erasure(canary.person, by=by, now=NOW)
    Person.unscoped.filter(pk=canary.person.pk).update(is_active=False)

    wish = wish_erasure(canary.person, by=by, now=NOW)
    assert wish_erasure(canary.person, by=by, now=NOW) == wish
    decline_erasure(wish, by=world.actor(canary.small.manager), now=NOW)
    again = wish_erasure(canary.person, by=by, now=NOW)

    assert [each.state for each in Erasure.unscoped.order_by("pk")] == ["declined", "wished"]
    assert canary.erase().pk == again.pk


def test_t81_what_is_not_looked_through_is_named() -> None:
    """Every other table is looked through by itself, one that somebody adds tomorrow too."""
    looked_through = {table.model for table in tables()}
    ours = {model for model in apps.get_models() if model.__module__.startswith("vaxel.")}

    assert {model._meta.label_lower for model in ours - looked_through} == SPARED
