"""A question is handed over on a page of its own; absences and gaps have theirs."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, desk_scope, hold_role, make_organisation, make_staff
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.people.absences import Away, be_away
from vaxel.domain.people.models import Absence, Staff
from vaxel.domain.tickets.lifecycle import close, set_priority
from vaxel.domain.tickets.models import Event, Note, Ticket


@pytest.fixture
def manager(office: Office) -> Staff:
    manager = make_staff(office.desk, name="Kim Dahl", roles=("account-manager",))
    hold_role(manager, "account-manager")
    return manager


def test_who_it_goes_to_is_shown_before_it_is_done(office: Office, ticket: Ticket, manager: Staff) -> None:
    page = read(office.client.get(office.url(ticket, "hand-over/")))
    assert page.all("#outcome") == []
    page = read(office.client.get(office.url(ticket, "hand-over/"), {"destination": "account-manager"}))
    assert page.one("#outcome h2").text == "Den går till Kim Dahl"
    assert page.one("textarea#to_asker").text.startswith("Kim Dahl kan svara på din fråga bättre än jag")

    form = page.one("#outcome ~ form[method=post]").fields() | {"why": "Det gäller avtalet."}
    page = read(office.client.post(office.url(ticket, "hand-over/"), form, follow=True))

    now = office.reload(ticket)
    assert (now.destination, now.assignee_id) == ("account-manager", manager.pk)
    assert page.one(".toast__text").text == "Frågan är överlämnad: Kundansvarig."
    assert Note.unscoped.get(ticket=ticket).text == "Det gäller avtalet."
    told = [each.text.split(" · ")[0] for each in page.all(".conversation .event")]
    assert "Sven Berg lämnade över frågan till Kim Dahl (Kundansvarig)" in told


def test_reason_of_a_hand_over_is_one_sentence_and_the_rest_is_folded(
    office: Office, ticket: Ticket, manager: Staff
) -> None:
    form = {"destination": "account-manager", "why": "Det gäller avtalet."}
    office.client.post(office.url(ticket, "hand-over/"), form)
    told = read(office.client.get(office.url(ticket))).all(".conversation .event")[-1]

    decided = office.reload(ticket).decision["because"]
    assert told.one(".event__why").text == decided[0]["text"]["sv"]
    assert [each.text for each in told.all(".event__more li")] == [each["text"]["sv"] for each in decided[1:]]


def test_reason_is_asked_for_and_nothing_typed_is_lost(office: Office, ticket: Ticket, manager: Staff) -> None:
    given = {"destination": "account-manager", "why": " ", "to_asker": "Mina egna ord."}
    page = read(office.client.post(office.url(ticket, "hand-over/"), given), status=422)
    assert page.one(".error-summary__link").text == "Skriv varför, för den som får frågan"
    assert page.one("textarea#to_asker").text == "Mina egna ord."
    page = read(office.client.post(office.url(ticket, "hand-over/"), {}), status=422)
    assert page.one(".error-summary__link").text == "Välj vem som ska ha frågan"
    assert office.reload(ticket).destination == "support"


def test_role_without_a_person_is_told_before(office: Office, ticket: Ticket) -> None:
    page = read(office.client.get(office.url(ticket, "hand-over/"), {"destination": "account-manager"}))
    assert page.one("main .notice").text.startswith("Ingen har rollen för den här kunden just nu.")
    assert page.one("textarea#to_asker").text.endswith("Du får svar här: Kundansvarig.")


@pytest.mark.parametrize("destination", ["local-contacts", "nonsense"])
def test_place_that_is_no_place_is_not_found(office: Office, ticket: Ticket, destination: str) -> None:
    for method in ("get", "post"):
        answer = getattr(office.client, method)(office.url(ticket, "hand-over/"), {"destination": destination})
        assert answer.status_code == 404


def test_t75_page_that_was_overtaken_hands_nothing_over(office: Office, ticket: Ticket, manager: Staff) -> None:
    page = read(office.client.get(office.url(ticket, "hand-over/"), {"destination": "account-manager"}))
    form = page.one("#outcome ~ form[method=post]").fields() | {"why": "Det gäller avtalet."}
    by = actor(office.colleague)
    set_priority(scope=office.scope, number=ticket.number, priority="high", by=by, now=NOW)
    assert office.client.post(office.url(ticket, "hand-over/"), form).status_code == 409
    assert office.reload(ticket).destination == "support"


def test_finished_ticket_is_not_handed_over(office: Office, ticket: Ticket, manager: Staff) -> None:
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)
    form = {"destination": "account-manager", "why": "Det gäller avtalet."}
    assert office.client.post(office.url(ticket, "hand-over/"), form).status_code == 409
    assert not Event.unscoped.filter(ticket=ticket, kind="handed-over").exists()


def test_hand_over_page_costs_few_queries(
    office: Office, ticket: Ticket, manager: Staff, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.client.get(office.url(ticket, "hand-over/"))
    with django_assert_max_num_queries(12):
        office.client.get(office.url(ticket, "hand-over/"), {"destination": "account-manager"})


def absences_url(office: Office) -> str:
    return f"/{office.desk.slug}/workspace/absences/"


def test_agent_plans_their_own_absence_and_takes_it_away(office: Office) -> None:
    given = {
        "first_day": "2099-07-01",
        "last_day": "2099-07-20",
        "stand_in": str(office.colleague.pk),
        "staff": str(office.colleague.pk),
    }
    page = read(office.client.post(absences_url(office), given, follow=True))
    absence = Absence.unscoped.get()
    assert (absence.staff_id, absence.stand_in_id) == (office.agent.pk, office.colleague.pk)
    row = page.one("main tbody tr")
    assert [cell.text for cell in row.all("th, td")][:4] == ["Sven Berg", "1 juli 2099", "20 juli 2099", "Sara Norrby"]
    office.client.post(row.one("form").attributes["action"])
    assert not Absence.unscoped.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "first_day"),
        ({"first_day": "2099-07-02", "last_day": "2099-07-01"}, "last_day"),
        ({"first_day": "2099-07-01", "last_day": "2099-07-01", "stand_in": "999999"}, "stand_in"),
    ],
)
def test_absence_that_cannot_be_is_explained(office: Office, given: dict[str, str], field: str) -> None:
    page = read(office.client.post(absences_url(office), given), status=422)
    assert page.one(".error-summary__link").attributes["href"] == f"#{field}"
    assert page.one("#first_day").attributes["value"] == given.get("first_day", "")


def test_colleagues_absence_is_the_administrators_to_end(office: Office) -> None:
    days = Away(first_day=NOW.date(), last_day=NOW.date() + timedelta(days=40000))
    scope, by = desk_scope(office.desk), actor(office.colleague)
    absence = be_away(scope=scope, staff_id=office.colleague.pk, away=days, by=by, now=NOW)
    address = f"{absences_url(office)}{absence.pk}/end/"
    assert read(office.client.get(absences_url(office))).all("main tbody form") == []
    assert office.client.post(address).status_code == 404
    Staff.unscoped.filter(pk=office.agent.pk).update(may_administer=True)
    assert office.client.post(address).status_code == 303
    assert not Absence.unscoped.exists()


def test_gaps_name_roles_with_why_and_who_instead(
    office: Office, manager: Staff, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        make_organisation(office.desk, name=f"Kund {number}")
    Staff.unscoped.filter(pk=manager.pk).update(is_active=False)
    address = f"/{office.desk.slug}/workspace/gaps/"
    with django_assert_max_num_queries(12):
        page = read(office.client.get(address))
    rows = [[cell.text for cell in row.all("th, td")] for row in page.all("section[aria-labelledby=roles] tbody tr")]
    named = "Kund 0, Kund 1, Kund 2 och 2 till"
    assert ["Kundansvarig", "Kim Dahl har slutat", named] in [row[:3] for row in rows]
