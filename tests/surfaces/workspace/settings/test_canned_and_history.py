"""Canned replies, and the history of all settings."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.audit.record import record
from vaxel.domain.people.appointing import describe_person
from vaxel.domain.tickets.canned import unknown_placeholders
from vaxel.domain.tickets.canned_reply import CannedReply

NEW = {"title": "Vi tittar", "language": "sv", "text": "Hej {name}!\n\nVi tittar på {number}."}
transactional = pytest.mark.django_db(transaction=True)


def _write(board: Board) -> CannedReply:
    return CannedReply.objects.create(desk=board.desk, title=NEW["title"], language=NEW["language"], text=NEW["text"])


@transactional
def test_reply_is_written_changed_and_removed(board: Board) -> None:
    board.send("canned/new/", NEW)
    reply = CannedReply.unscoped.get()
    page = f"canned/{reply.pk}/"
    board.send(page, {**board.form(page), "title": "Vi tittar på det"})
    changed = board.last_change("canned-reply-changed")
    listed = [each.text for each in board.get("canned/?q=number").all("main a.list__link")]
    board.send(f"{page}removal/", {})

    assert changed == {"title": ["Vi tittar", "Vi tittar på det"]}
    assert listed == ["Vi tittar på det"]
    assert not CannedReply.unscoped.exists()
    assert board.last_change("canned-reply-removed")["text"] == [NEW["text"], None]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Skriv en titel på högst 120 tecken"),
        ({"text": " "}, "Skriv svaret med högst 10000 tecken"),
        ({"language": "fi"}, "Välj ett av supportdeskens språk"),
        ({"text": "Hej {namn}!"}, "{namn} skulle nå kunden precis så. De som fylls i är {name}, {number}, {agent}"),
    ],
)
def test_faults_are_told(board: Board, wrong: dict[str, str], said: str) -> None:
    page = board.send("canned/new/", {**NEW, **wrong}, status=422)

    assert shown_errors(page) == [said]
    assert not CannedReply.unscoped.exists()


@transactional
def test_title_is_used_once_in_a_language(board: Board) -> None:
    _write(board)

    page = board.send("canned/new/", NEW, status=422)
    board.send("canned/new/", {**NEW, "language": "en"})

    assert shown_errors(page) == ["Det finns redan ett svar med den titeln på språket"]
    assert CannedReply.unscoped.count() == 2


@transactional
def test_t75_reply_that_a_colleague_has_changed_is_not_overwritten(board: Board) -> None:
    reply, theirs = _write(board), board.another()
    page = f"canned/{reply.pk}/"
    mine = board.form(page)
    theirs.send(page, {**theirs.form(page), "text": "Deras ord."})

    shown = board.send(page, {**mine, "text": "Mina ord."}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert (CannedReply.unscoped.get().text, shown.one("#text").text) == ("Deras ord.", "Mina ord.")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("Hej {name}, {agent}", []), ("{{7*7}}", ["{7*7}"]), ("{Name} {a} {a}", ["{Name}", "{a}"]), ("{\n}", [])],
)
def test_t49_words_in_braces_that_nothing_fills_are_told(text: str, unknown: list[str]) -> None:
    assert unknown_placeholders(text) == unknown


def test_history_tells_what_the_night_took_and_which_ticket_was_erased(board: Board) -> None:
    record(kind="retention-applied", by=SYSTEM, now=world.NOW, desk_id=board.desk.pk, what="held", count=12)
    record(kind="ticket-erased", by=SYSTEM, now=world.NOW, desk_id=board.desk.pk, ticket=1001)

    ticket, night = board.get("history/").all("main ol.list > li")[:2]

    assert [each.text for each in (ticket.all("p")[0], ticket.all("p")[1], night.all("p")[0])] == [
        "KOM-1001",
        "Allt som var skrivet i ett ärende raderades",
        "Det som var äldre än reglerna tillåter togs bort under natten: Mejl som väntar (12)",
    ]


def test_history_tells_whom_it_is_about(board: Board) -> None:
    describe_person(board.person, profile={"may_approve": True}, by=SYSTEM, now=world.NOW)

    whole = board.get("history/")
    narrowed = board.get(f"history/?person_id={board.person.pk}")
    others = board.get("history/?person_id=999999")

    first = whole.all("main ol.list > li")[0]
    assert first.text.startswith(
        "Maj Ekdahl · Åsklinge kommun En persons uppgifter ändrades Godkänner kostnader: var nej är nu ja"
    )
    assert narrowed.all("main ol.list > li")[0].text == first.text
    assert others.all("main ol.list > li") == []


def test_t42_history_of_another_desk_is_not_seen(board: Board) -> None:
    far = world.make_person(world.make_organisation(world.make_desk("baver"), plan="support"), name="Bäver Bävergren")
    describe_person(far, profile={"may_approve": True}, by=SYSTEM, now=world.NOW)

    assert "Godkänner kostnader" not in board.get(f"history/?person_id={far.pk}").text


def test_history_goes_on_and_holds_what_settings_are_alone(board: Board) -> None:
    entries = [
        AuditEntry(desk=board.desk, at=world.NOW, kind="person-changed", by_kind="system", by_name=str(number))
        for number in range(60)
    ]
    AuditEntry.objects.bulk_create([*entries, AuditEntry(desk=board.desk, at=world.NOW, kind="mail-released")])

    first = board.get("history/")
    older = board.get(f"history/{first.one('a[rel=next]').attributes['href']}")
    by = "main ol.list > li .list__meta span:first-child"
    names = [each.text for page in (first, older) for each in page.all(by)]

    assert names[:60] == [str(number) for number in reversed(range(60))]


@pytest.mark.parametrize("entries", [1, 3])
def test_pages_read_the_same_number_of_times(
    board: Board, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(entries):
        person = world.make_person(board.organisation)
        describe_person(person, profile={"may_approve": True}, by=SYSTEM, now=world.NOW)
        CannedReply.objects.create(desk=board.desk, title=person.email, language="sv", text=NEW["text"])

    with django_assert_num_queries(6):
        board.get("history/")
    with django_assert_num_queries(3):
        board.get("canned/")
