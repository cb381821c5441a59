"""The page where a customer tells what their mail did not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import errors_of, signed_in, text_of
from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.details import waive_details
from vaxel.domain.tickets.models import Attachment, Message, Ticket
from vaxel.domain.tickets.status import Status
from vaxel.kit.tenancy import Scope

CHECKLIST = ("restarted-baver", "restarted-computer", "asked-own-it")
ABOUT = {"asked": "fault baver template", "kind": "fault", "product": "baver", "topic": "template"}
ANSWERS = {"field-version": "8.9.0", "field-what-before": "Jag öppnade mallen.", "checked": CHECKLIST}


@pytest.fixture
def mailed(bo: Customer) -> Ticket:
    """A question that nobody has said the kind of."""
    return world.ask(
        bo.person,
        kind="fault",
        product="baver",
        channel="mail",
        subject="Mallen blir tom",
        text="Mallen blir tom när jag skriver ut.",
        guessed=frozenset({"kind"}),
    )


def at(customer: Customer, ticket: Ticket, page: str = "details/") -> str:
    return f"/{customer.desk.slug}/tickets/{customer.desk.prefix}-{ticket.number}/{page}"


def test_ticket_page_calls_for_the_details(bo: Customer, mailed: Ticket) -> None:
    response = bo.client.get(at(bo, mailed, ""))

    assert "Vi behöver några uppgifter" in text_of(response)
    assert at(bo, mailed) in response.content.decode()


def test_page_asks_only_what_is_open(bo: Customer, mailed: Ticket) -> None:
    page = bo.client.get(at(bo, mailed)).content.decode()

    asked = [name for name in ("field-version", "field-what-before", "field-what-happened") if f'name="{name}"' in page]
    assert asked == ["field-version", "field-what-before"]
    assert page.count('name="checked"') == len(CHECKLIST)


def test_details_are_given_and_the_ticket_says_who_when_and_why(bo: Customer, mailed: Ticket) -> None:
    response = bo.client.post(at(bo, mailed), {**ABOUT, **ANSWERS}, follow=True)

    mailed.refresh_from_db()
    text = text_of(response)
    assert (mailed.status, mailed.details_missing, mailed.topic) == (Status.NEW, [], "template")
    assert "vi har det vi behöver" in text
    assert "Därför ligger det där" in text
    assert [each.text.split("\n")[:2] for each in Message.unscoped.filter(ticket=mailed).order_by("id")][1] == [
        "Typ av fråga",
        "Något är fel, Bäver, Mall",
    ]


def test_answers_that_lack_something_are_kept_with_the_fault_beside(bo: Customer, mailed: Ticket) -> None:
    sent = {**ABOUT, "asked": "fault baver template", "field-version": "8.9.0", "field-what-before": ""}

    response = bo.client.post(at(bo, mailed), sent)

    assert response.status_code == 422
    assert [field for field, _ in errors_of(response)] == ["field-what-before", "checked"]
    assert 'value="8.9.0"' in response.content.decode()
    assert Ticket.unscoped.get(pk=mailed.pk).status == Status.NEEDS_DETAILS


def test_another_kind_asks_what_it_needs_without_calling_it_a_fault(bo: Customer, mailed: Ticket) -> None:
    response = bo.client.post(at(bo, mailed), {**ABOUT, **ANSWERS, "topic": "protocol"})

    assert response.status_code == 200
    assert errors_of(response) == []
    assert 'name="field-case-reference"' in response.content.decode()
    assert 'value="8.9.0"' in response.content.decode()


def test_kind_that_leads_elsewhere_shows_where_and_changes_nothing(bo: Customer, mailed: Ticket) -> None:
    response = bo.client.post(at(bo, mailed), {**ABOUT, "kind": "invoice", "topic": ""})

    assert response.status_code == 200
    assert "Här får du hjälp" in text_of(response)
    assert Ticket.unscoped.get(pk=mailed.pk).kind == "fault"


def test_picture_goes_with_the_details(bo: Customer, mailed: Ticket) -> None:
    picture = SimpleUploadedFile("fel.png", b"\x89PNG\r\n\x1a\n0", content_type="image/png")

    bo.client.post(at(bo, mailed), {**ABOUT, **ANSWERS, "files": picture})

    answer = Message.unscoped.filter(ticket=mailed).latest("id")
    assert [each.name for each in Attachment.unscoped.filter(message=answer)] == ["fel.png"]


def test_page_of_a_ticket_that_lacks_nothing_is_the_ticket(bo: Customer) -> None:
    ticket = world.ask(bo.person, kind="how-to", product="baver")

    assert bo.client.get(at(bo, ticket)).headers["Location"] == at(bo, ticket, "")


def test_ticket_that_was_finished_meanwhile_leads_to_it(bo: Customer, mailed: Ticket) -> None:
    agent = world.make_staff(bo.desk)
    lifecycle.solve(scope=Scope(desk_id=bo.desk.pk), number=mailed.number, by=world.actor(agent), now=world.NOW)

    response = bo.client.post(at(bo, mailed), {**ABOUT, **ANSWERS})

    assert response.headers["Location"] == at(bo, mailed, "")


def test_details_that_nobody_needs_any_more_are_kept_as_an_answer_in_writing(bo: Customer, mailed: Ticket) -> None:
    agent = world.make_staff(bo.desk)
    waive_details(
        scope=Scope(desk_id=bo.desk.pk), number=mailed.number, reason="Finns", by=world.actor(agent), now=world.NOW
    )

    response = bo.client.post(at(bo, mailed), {**ABOUT, **ANSWERS}, follow=True)

    assert "Jag öppnade mallen." in response.content.decode()


def test_colleague_finds_no_such_page(bo: Customer, mailed: Ticket) -> None:
    colleague = world.make_person(bo.organisation, name="Ines Ahl", contact=False, certified=False)

    assert signed_in(colleague).get(at(bo, mailed)).status_code == 404


def test_page_costs_the_same_whatever_is_missing(
    bo: Customer, mailed: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bo.client.get(at(bo, mailed))

    with django_assert_num_queries(7):
        bo.client.get(at(bo, mailed))
