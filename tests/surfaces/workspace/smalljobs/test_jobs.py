"""Small jobs on a ticket's page: offered, worked on and finished by staff, never before the yes (A14)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.smalljobs.jobs_world import Small, ask_for_work, make_small
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.notices.models import BouncingAddress
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.offers import accept_offer
from vaxel.domain.smalljobs.prepaid import buy_hours
from vaxel.domain.smalljobs.work import start_work
from vaxel.domain.tickets.models import Ticket
from vaxel.surfaces.ui.ticket_names import ticket_name


@pytest.fixture
def small(db: None) -> Small:
    return make_small()


@pytest.fixture
def client(small: Small) -> Client:
    return signed_in(small.agent.account)


def _url(small: Small, page: str = "", ticket: Ticket | None = None) -> str:
    name = ticket_name(small.desk, (ticket or small.ticket).number)
    return f"/{small.desk.slug}/workspace/tickets/{name}/{page}"


def _send_offer(client: Client, small: Small, *, status: int = 200, **changed: str) -> Page:
    form = {"what": "Återställ filtret", "minutes": "30", "valid_until": "", "paid_by": "invoice", **changed}
    return read(client.post(_url(small, "offer/"), form, follow=True), status=status)


def _agreed(small: Small, minutes: int = 30) -> Offer:
    """An offer with its yes, now by the clock on the wall: pages read that one."""
    offer = small.offer(minutes=minutes)
    return accept_offer(
        scope=world.customer_scope(small.approver),
        offer_id=offer.pk,
        person_id=small.approver.pk,
        by=world.actor(small.approver),
        now=world.NOW,
    )


def test_an_offer_is_made_and_stands_in_the_panel(client: Client, small: Small) -> None:
    form = read(client.get(_url(small, "offer/")))
    page = _send_offer(client, small, valid_until=str((timezone.now() + timedelta(days=9)).date()))

    assert "Gun Palm" in form.one("main").text
    assert "Väntar på kundens ja" in page.one("#panel-jobs").text
    assert "30 minuter" in page.one("#panel-jobs").text
    assert "Sven Berg lämnade en offert på ett arbete" in page.one("#panel-history").text


def _block(small: Small, *people: Person) -> None:
    for each in people:
        BouncingAddress.unscoped.create(
            desk=small.desk, address=each.email.lower(), status="5.1.1", last_bounced_at=world.NOW, blocked_at=world.NOW
        )


def test_whoever_may_say_yes_and_gets_no_mail_is_told_before_the_offer_and_beside_it(
    client: Client, small: Small
) -> None:
    _block(small, small.approver)
    said = (
        f"Offerten når ingen som får säga ja: mejl till Gun Palm ({small.approver.email}) kommer tillbaka, så vi "
        "skickar inga. Ring och fråga efter en adress som fungerar. Den som loggar in hittar ändå offerten."
    )
    assert read(client.get(_url(small, "offer/"))).one("main .notice--warning").text == said

    page = _send_offer(client, small)

    assert page.one(".toast__text").text == "Offerten är lämnad, men inget mejl om den når någon som får säga ja."
    assert page.one("#panel-jobs .notice--warning").text == said


def test_one_of_two_who_may_say_yes_and_gets_no_mail_is_named(client: Client, small: Small) -> None:
    other = world.make_person(small.approver.organisation, name="Ove Lind", may_approve=True)
    _block(small, other)
    page = read(client.get(_url(small, "offer/")))
    assert page.one("main .notice--warning").text == (
        f"Ove Lind ({other.email}) får inte offerten: mejl dit kommer tillbaka, så vi skickar inga."
    )


def test_an_offer_that_nobody_may_answer_any_more_says_so(client: Client, small: Small) -> None:
    small.offer(minutes=30)
    Offer.unscoped.update(valid_until=timezone.now() + timedelta(days=1))
    Person.unscoped.update(may_approve=False)
    page = read(client.get(_url(small)))
    assert page.one("#panel-jobs .notice--warning").text == (
        "Ingen hos kunden får säga ja till kostnader. Fråga dem vem som ska få det: inget arbete börjar utan ett ja."
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"what": " "}, "Skriv vad du ska göra"),
        ({"minutes": "en stund"}, "Skriv tiden i minuter, som ett heltal"),
        ({"minutes": "0"}, "Skriv tiden i minuter, som ett heltal"),
        ({"minutes": "9" * 12}, "Skriv tiden i minuter, som ett heltal"),
        ({"valid_until": "2020-01-01"}, "Välj en dag från och med i dag"),
        ({"valid_until": "2020-99-99"}, "Välj en dag från och med i dag"),
        ({"paid_by": "beer"}, "Välj hur det betalas"),
        ({"paid_by": "prepaid"}, "Kunden har 0 minuter kvar av sina köpta timmar"),
    ],
)
def test_what_is_wrong_with_an_offer_is_told(
    client: Client, small: Small, changed: dict[str, str], problem: str
) -> None:
    page = _send_offer(client, small, status=422, **changed)

    assert [link.text for link in page.all(".error-summary__link")] == [problem]
    assert not Offer.unscoped.exists()


def test_a_job_that_is_too_large_names_where_it_belongs(client: Client, small: Small) -> None:
    page = _send_offer(client, small, status=422, minutes="600")

    assert "Ett arbete av den storleken hör till: Kundansvarig." in page.one(".error-summary").text


def test_no_offer_is_spoken_of_where_the_terms_take_none(client: Client, small: Small) -> None:
    fault = world.ask(small.asker)
    offered = {
        ticket.pk: any("Lämna en offert" in link.text for link in read(client.get(_url(small, ticket=ticket))).all("a"))
        for ticket in (small.ticket, fault)
    }

    assert offered == {small.ticket.pk: True, fault.pk: False}


def test_whoever_comes_to_the_form_all_the_same_reads_why_not(client: Client, small: Small) -> None:
    page = read(client.get(_url(small, "offer/", world.ask(small.asker))))

    assert page.one("main .notice").text.startswith("På det här ärendet kan inget arbete offereras")
    assert page.all("main form[method=post]") == []


def test_an_offer_from_bought_hours_costs_nothing_more(client: Client, small: Small) -> None:
    buy_hours(small.asker.organisation, minutes=90, by=world.actor(small.manager), now=world.NOW)
    page = _send_offer(client, small, paid_by="prepaid")

    assert "Ur kundens köpta timmar" in page.one("#panel-jobs").text


def test_nobody_works_before_the_yes(client: Client, small: Small) -> None:
    offer = small.offer()
    page = read(client.post(_url(small, f"offers/{offer.pk}/start/")), status=422)

    assert "Inget arbete innan kunden har sagt ja" in page.one(".error-summary").text
    assert not WorkEntry.unscoped.exists()


def test_the_clock_leads_every_page_while_it_runs(client: Client, small: Small) -> None:
    offer = _agreed(small)
    client.post(_url(small, f"offers/{offer.pk}/start/"))
    inbox = read(client.get(f"/{small.desk.slug}/workspace/tickets/"))
    colleagues = read(signed_in(small.manager.account).get(f"/{small.desk.slug}/workspace/tickets/"))
    stopped = read(client.post(_url(small, f"offers/{offer.pk}/stop/"), follow=True))

    name = ticket_name(small.desk, small.ticket.number)
    first = inbox.all(".views .views__group")[0]
    assert (first.one(".views__heading").text, name in first.text) == ("Din klocka går", True)
    assert "Din klocka går" not in colleagues.one(".views").text
    assert "Din klocka går" not in stopped.one(".views").text
    assert "1 minut av 30 minuter" in stopped.one("#panel-jobs").text


def test_time_is_written_down_and_corrected_beside(client: Client, small: Small) -> None:
    offer = _agreed(small)
    at = (world.NOW + timedelta(minutes=70)).strftime("%Y-%m-%dT%H:%M")
    client.post(_url(small, f"offers/{offer.pk}/time/"), {"minutes": "20", "at": at, "note": "Filter"})
    entry = WorkEntry.unscoped.get()
    right = {"entry": str(entry.pk), "right": "15", "why": "Rast"}
    page = read(client.post(_url(small, f"offers/{offer.pk}/correction/"), right, follow=True))

    assert [row.text for row in page.all("tbody .table__number")] == ["20 minuter", "−5 minuter"]
    assert "15 minuter av 30 minuter" in page.one(".job-time").text


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"minutes": "40"}, "Bara 30 minuter är kvar av det som är överenskommet. Lämna en ny offert för mer"),
        ({"minutes": "x"}, "Skriv tiden i minuter, som ett heltal"),
        ({"at": "i går"}, "Skriv när du började, med dag och tid"),
        ({"at": "2020-01-01T10:00"}, "Välj en tid efter kundens ja och före nu"),
    ],
)
def test_time_that_was_not_agreed_is_refused_in_words(
    client: Client, small: Small, sent: dict[str, str], problem: str
) -> None:
    offer = _agreed(small)
    form = {"minutes": "5", "at": (world.NOW + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"), "note": "", **sent}
    page = read(client.post(_url(small, f"offers/{offer.pk}/time/"), form), status=422)

    assert [link.text for link in page.all(".error-summary__link")] == [problem]


def test_a_second_clock_is_told_where_the_first_one_runs(client: Client, small: Small) -> None:
    offer = _agreed(small)
    start_work(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=timezone.now())
    other = ask_for_work(small.asker)
    second = _agreed(Small(**{**{name: getattr(small, name) for name in small.__slots__}, "ticket": other}))
    page = read(client.post(_url(small, f"offers/{second.pk}/start/", ticket=other)), status=422)

    name = ticket_name(small.desk, small.ticket.number)
    assert f"Din klocka går på {name}. Stoppa den där först" in page.one(".error-summary").text


def test_a_job_is_finished_and_an_offer_taken_back(client: Client, small: Small) -> None:
    first = _agreed(small)
    done = read(client.post(_url(small, f"offers/{first.pk}/end/"), follow=True))
    second = small.offer(minutes=20)
    back = read(client.post(_url(small, f"offers/{second.pk}/withdrawal/"), follow=True))

    assert "Klart" in done.one("#panel-jobs").text
    assert "Tillbakatagen" in back.one("#panel-jobs").text


@pytest.mark.parametrize("count", [1, 3])
def test_ticket_with_jobs_costs_the_same_queries_however_many(
    client: Client, small: Small, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        small.offer()
    client.get(_url(small))
    # One looks whether the offer that waits reaches anybody; the last one notes, once the page is out, who read it.
    with django_assert_num_queries(8):
        page = read(client.get(_url(small)))
    assert len(page.all("#panel-jobs .badge")) == count
