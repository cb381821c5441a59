"""The lists: what stands in them, what narrows them, and with how many queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, hold_role, make_desk, make_organisation, make_person, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.tickets.conversation import reply, save_reply_draft
from vaxel.domain.tickets.lifecycle import assign
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import mark_read
from vaxel.domain.tickets.status import Status


def _list(office: Office, query: str = "?view=open", client: Client | None = None) -> Page:
    return read((client or office.client).get(office.inbox(query)))


def test_workspace_begins_with_ones_own_tickets(office: Office) -> None:
    answer = office.client.get("/kompass/workspace/")
    assert (answer.status_code, answer["Location"]) == (302, "/kompass/workspace/tickets/?view=mine")


def test_list_shows_a_ticket_with_whose_it_is(office: Office, ticket: Ticket) -> None:
    row = _list(office).all(".ticket-row")[0]
    assert row.one(".ticket-row__link").text == "Oväntat fel när jag sparar"
    assert row.one(".ticket-row__link").attributes["href"] == office.url(ticket) + "?view=open"
    assert row.one(".ticket-row__number").text == f"KOM-{ticket.number}"
    assert row.one(".ticket-row__who").text == "Åsklinge kommun"
    assert row.one(".ticket-row__state").text == "Nytt"
    assert row.one(".ticket-row__person").text == "ingen"


def test_list_says_that_a_question_is_urgent(office: Office) -> None:
    calm, urgent = ask(office.person), ask(office.person, urgent=True)
    rows = _list(office).all(".ticket-row")
    said = {row.one(".ticket-row__number").text: [each.text for each in row.all(".badge")] for row in rows}
    assert said == {f"KOM-{calm.number}": [], f"KOM-{urgent.number}": ["Bråttom"]}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_however_long(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        person = make_person(make_organisation(office.desk), name=f"Person {number}")
        mine = ask(person)
        assign(scope=office.scope, number=mine.number, staff_id=office.agent.pk, by=actor(office.agent), now=NOW)
    _list(office)
    with django_assert_num_queries(3):  # who asks, page, frame
        page = _list(office, "?view=mine")
    assert len(page.all(".ticket-row")) == count


def test_views_hold_what_they_say(office: Office) -> None:
    mine, waiting, untouched = ask(office.person), ask(office.person), ask(office.person)
    elsewhere = ask(office.person, kind="change-request")
    by = actor(office.agent)
    assign(scope=office.scope, number=mine.number, staff_id=office.agent.pk, by=by, now=NOW)
    reply(
        scope=office.scope,
        number=waiting.number,
        text="Vad står det?",
        by=actor(office.colleague),
        now=NOW,
        then=Status.WAITING_CUSTOMER,
    )
    shown = {
        view: _numbers(_list(office, f"?view={view}")) for view in ("mine", "unassigned", "waiting", "open", "all")
    }
    everything = [elsewhere.number, untouched.number, waiting.number, mine.number]
    assert shown == {
        "mine": [mine.number],
        # What has a promise comes before what has none.
        "unassigned": [untouched.number, elsewhere.number],
        "waiting": [waiting.number],
        "open": everything,
        "all": everything,
    }
    assert _numbers(_list(office, "?view=at:account-manager")) == [elsewhere.number]


def test_view_of_a_role_is_called_as_the_role(office: Office) -> None:
    manager = make_staff(office.desk, name="Kim Dahl", roles=("account-manager",))
    hold_role(manager, "account-manager")
    ask(office.person, kind="change-request")
    page = _list(office, "?view=at:account-manager")
    assert page.one("h1").text == "Kundansvarig"
    assert page.one('.views__link[aria-current="page"]').text.split() == ["Kundansvarig", "1"]


def test_due_soon_holds_what_falls_due_within_hours(office: Office) -> None:
    late, soon, far = ask(office.person), ask(office.person), ask(office.person)
    now = timezone.now()
    for ticket, due_at in ((late, -3), (soon, 2), (far, 30)):
        Ticket.unscoped.filter(pk=ticket.pk).update(next_deadline_at=now + timedelta(hours=due_at))
    page = _list(office, "?view=due")
    assert _numbers(page) == [late.number, soon.number]
    assert [promise.attributes["class"] for promise in page.all(".promise")] == [
        "promise promise--late",
        "promise promise--ok",
    ]
    assert page.all(".promise .visually-hidden")[0].text == "försenat:"


def test_what_nobody_has_taken_is_ordered_by_when_it_must_be_answered(office: Office) -> None:
    tomorrow, late, unpromised, soon = (ask(office.person, now=NOW + timedelta(minutes=each)) for each in range(4))
    for ticket, due_at in ((tomorrow, 20), (late, -3), (unpromised, None), (soon, 2)):
        due = None if due_at is None else NOW + timedelta(hours=due_at)
        Ticket.unscoped.filter(pk=ticket.pk).update(next_deadline_at=due)
    due_first = [late.number, soon.number, tomorrow.number, unpromised.number]
    newest_first = [soon.number, unpromised.number, late.number, tomorrow.number]

    page = _list(office, "?view=unassigned")
    assert _numbers(page) == due_first
    assert [(link.text, link.attributes["href"]) for link in page.all(".tabs__link")] == [
        ("Ska besvaras först", "?view=unassigned"),
        ("Nyast först", "?view=unassigned&order=newest"),
    ]
    assert _numbers(_list(office, "?view=unassigned&order=newest")) == newest_first
    assert _numbers(_list(office, "?view=at:support")) == due_first
    assert _numbers(_list(office, "?view=open")) == newest_first
    assert _numbers(_list(office, "?view=open&order=due")) == due_first
    assert _list(office, "?view=due").all(".tabs__link") == []


def test_pages_of_what_is_due_first_lead_to_each_other(office: Office) -> None:
    tickets = [ask(office.person, now=NOW + timedelta(minutes=minute)) for minute in range(53)]
    # Promises of the same instant, and none: the place is told by the ticket then.
    for ticket in tickets[:20]:
        Ticket.unscoped.filter(pk=ticket.pk).update(next_deadline_at=None)
    Ticket.unscoped.filter(pk__in=[each.pk for each in tickets[20:40]]).update(next_deadline_at=NOW)
    numbers = [each.number for each in (*tickets[20:], *tickets[:20])]

    first = _list(office, "?view=open&order=due")
    assert _numbers(first) == numbers[:50]
    second = _list(office, first.one('a[rel="next"]').attributes["href"])
    assert _numbers(second) == numbers[50:]
    assert second.one('.tabs__link[aria-current="page"]').text == "Ska besvaras först"
    assert _numbers(_list(office, second.one('a[rel="prev"]').attributes["href"])) == numbers[:50]


def test_unread_is_what_the_customer_wrote_last_and_nobody_has_seen(office: Office) -> None:
    seen, unseen, answered = ask(office.person), ask(office.person), ask(office.person)
    mark_read(staff_id=office.agent.pk, ticket=seen, now=NOW)
    reply(scope=office.scope, number=answered.number, text="Så här.", by=actor(office.colleague), now=NOW)
    unread = {row.one(".ticket-row__number").text for row in _list(office).all(".ticket-row--unread")}
    assert unread == {f"KOM-{unseen.number}"}


def test_list_says_that_a_colleague_is_writing(office: Office, ticket: Ticket) -> None:
    now = timezone.now()
    draft: dict[str, Any] = {"scope": office.scope, "number": ticket.number, "text": "Jag tror", "now": now}
    save_reply_draft(**draft, by=actor(office.colleague))
    assert _list(office).one(".ticket-row .badge--accent").text == "Sara Norrby skriver"
    assert _list(office, client=signed_in(office.colleague.account)).all(".ticket-row .badge--accent") == []
    save_reply_draft(**{**draft, "now": now - timedelta(hours=1)}, by=actor(office.colleague))
    assert _list(office).all(".ticket-row .badge--accent") == []


def test_list_is_narrowed_by_the_address(office: Office) -> None:
    other = make_person(make_organisation(office.desk, name="Norrtuna stad"))
    wanted = ask(office.person, priority="high")
    ask(office.person)
    ask(other, priority="high")
    query = f"?view=open&organisation={office.organisation.pk}&priority=high&product=suite&kind=unexpected-error"
    page = _list(office, query)
    assert _numbers(page) == [wanted.number]
    names = [link.text.split(" (")[0].strip() for link in page.all(".narrowing a")]
    assert names == ["Åsklinge kommun", "Kompass verksamhetsstyrning", "Hög", "Oväntat fel"]
    assert page.all(".narrowing a")[0].attributes["href"] == (
        "?view=open&product=suite&priority=high&kind=unexpected-error"
    )


@pytest.mark.parametrize(
    "query",
    ["?view=at:nobody", "?view=nowhere", "?view=open&after=x", "?view=open&organisation=99999999", "?organisation=x"],
)
def test_address_that_we_never_gave_out_is_not_found(office: Office, query: str) -> None:
    assert office.client.get(office.inbox(query)).status_code == 404


@pytest.mark.parametrize(
    "name", ["view", "product", "priority", "kind", "organisation", "order", "after", "before", "q", "page"]
)
@pytest.mark.parametrize("value", ["\x00", "'; DROP TABLE x; --", "%", "9" * 40, "\ud7ff", "<!--"])
def test_t46_odd_address_is_no_fault(office: Office, name: str, value: str) -> None:
    answer = office.client.get(office.inbox(), {"view": "open", name: value})
    assert answer.status_code in {200, 303, 302, 404}


def test_t42_organisation_of_another_desk_is_not_found(office: Office) -> None:
    foreign = make_organisation(make_desk("baver", slug="baver"), name="Fjärran kommun")
    assert office.client.get(office.inbox(f"?view=open&organisation={foreign.pk}")).status_code == 404


def test_pages_lead_to_each_other_and_keep_the_filter(office: Office) -> None:
    numbers = [ask(office.person, now=NOW + timedelta(minutes=minute)).number for minute in range(51)][::-1]
    first = _list(office, "?view=open&product=suite")
    assert _numbers(first) == numbers[:50]
    second = _list(office, first.one('a[rel="next"]').attributes["href"])
    assert _numbers(second) == numbers[50:]
    assert second.one(".narrowing a").text.split(" (")[0].strip() == "Kompass verksamhetsstyrning"
    assert _numbers(_list(office, second.one('a[rel="prev"]').attributes["href"])) == numbers[:50]


@pytest.mark.parametrize(
    ("view", "title", "way"),
    [
        ("mine", "Du har inga öppna ärenden", "?view=unassigned"),
        ("unassigned", "Alla öppna ärenden har en ansvarig", "?view=open"),
        ("due", "Inget ärende är snart dags", "?view=open"),
        ("all&priority=low", "Inget ärende passar filtret", "?view=all"),
    ],
)
def test_empty_list_says_what_to_do(office: Office, view: str, title: str, way: str) -> None:
    page = _list(office, f"?view={view}")
    assert page.one(".empty__title").text == title
    assert page.one(".empty a").attributes["href"] == office.inbox(way)


def test_counts_stop_at_a_hundred(office: Office) -> None:
    first = ask(office.person)
    copies = [Ticket(**{**_columns(first), "number": first.number + each}) for each in range(1, 101)]
    Ticket.objects.bulk_create(copies)
    assert _list(office).one('.views__link[aria-current="page"] .views__count').text == "99+"


def _columns(ticket: Ticket) -> dict[str, Any]:
    return {
        field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields if field.name != "id"
    }


def _numbers(page: Page) -> list[int]:
    return [int(cell.text.split("-")[1]) for cell in page.all(".ticket-row__number")]
