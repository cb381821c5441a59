"""What is done to a ticket by a press: once, by whoever may, and taken back where it can hurt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import NOW, actor, ask, make_desk, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.lifecycle import assign, close
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.domain.tickets.status import Status

ACTIONS = ("assignment", "status", "priority", "solution", "reopening", "closure", "decision")


def _press(office: Office, ticket: Ticket, page: str, *, answered: int = 200, **given: str) -> Page:
    """Press a button of the ticket's page as it stands now."""
    shown = read(office.client.get(office.url(ticket)))
    form = shown.one("form.composer").fields()
    return read(office.client.post(office.url(ticket, f"{page}/"), {**form, **given}, follow=True), status=answered)


def test_ticket_is_taken_given_and_put_back(office: Office, ticket: Ticket) -> None:
    for chosen, said, told in [
        (str(office.agent.pk), "Ärendet är ditt.", "Sven Berg tog ärendet"),
        (str(office.colleague.pk), "Ärendet har bytt ansvarig.", "Sven Berg gav ärendet till Sara Norrby"),
        ("", "Ingen har ärendet nu.", "Sven Berg lade tillbaka ärendet bland de otagna"),
    ]:
        page = _press(office, ticket, "assignment", staff=chosen)
        assert page.one(".toast__text").text == said
        assert page.all(".conversation .event")[-1].text.split(" · ")[0] == told
        assert office.reload(ticket).assignee_id == (int(chosen) if chosen else None)


def test_menu_of_who_has_the_ticket_offers_nobody_first(office: Office, ticket: Ticket) -> None:
    page = _press(office, ticket, "assignment", staff=str(office.colleague.pk))
    offered = {button.text: button.attributes["value"] for button in page.all("#assign button")}
    assert list(offered) == ["Ingen", office.colleague.name, office.agent.name]
    assert (offered["Ingen"], offered[office.colleague.name]) == ("", str(office.colleague.pk))


def test_own_button_takes_the_ticket(office: Office, ticket: Ticket) -> None:
    page = read(office.client.get(office.url(ticket)))
    button = page.one('[data-key="a"]')
    assert button.attributes["value"] == str(office.agent.pk)
    assert _press(office, ticket, "assignment", staff=button.attributes["value"]).all('[data-key="a"]') == []


@pytest.mark.parametrize(
    ("chosen", "label"),
    [("waiting-customer", "Väntar på kund"), ("waiting-third-party", "Väntar på tredje part"), ("open", "Öppet")],
)
def test_status_is_changed(office: Office, ticket: Ticket, chosen: str, label: str) -> None:
    page = _press(office, ticket, "status", status=chosen)
    assert office.reload(ticket).status == chosen
    assert page.one(".page-head__meta .status").text == label


def test_priority_is_changed_and_promises_follow(office: Office, ticket: Ticket) -> None:
    page = _press(office, ticket, "priority", priority="critical")
    assert office.reload(ticket).priority == "critical"
    assert page.one(".page-head__meta .badge--warning").text == "Kritisk"
    assert page.one("#panel-answers .facts__value").text == "Normal"


def test_solved_by_mistake_is_taken_back(office: Office, ticket: Ticket) -> None:
    page = _press(office, ticket, "solution")
    assert (office.reload(ticket).status, page.one(".toast__text").text) == (
        Status.SOLVED,
        f"KOM-{ticket.number} är löst.",
    )
    undo = page.one(".toast form")
    assert undo.one("button").text == "Ångra"
    page = read(office.client.post(undo.attributes["action"], undo.fields(), follow=True))
    assert (office.reload(ticket).status, page.one(".toast__text").text) == (Status.OPEN, "Ärendet är öppet igen.")


def test_closed_by_mistake_is_taken_back(office: Office, ticket: Ticket) -> None:
    undo = _press(office, ticket, "closure").one(".toast form")
    assert office.reload(ticket).status == Status.CLOSED
    office.client.post(undo.attributes["action"], undo.fields())
    now = office.reload(ticket)
    assert (now.status, now.closed_at) == (Status.OPEN, None)


def test_closed_a_moment_ago_can_be_opened_on_its_page_when_the_notice_is_gone(office: Office, ticket: Ticket) -> None:
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=timezone.now())
    page = read(office.client.get(office.url(ticket)))
    way = page.one(".pane__head [formaction]").attributes["formaction"]
    assert way.split("/")[-2] == "reopening"
    office.client.post(way, page.one("form.composer").fields())
    assert office.reload(ticket).status == Status.OPEN


def test_closed_because_it_became_part_of_another_is_not_opened_alone(office: Office, ticket: Ticket) -> None:
    younger = ask(ticket.requester, subject="Samma fråga en gång till")
    merge_tickets(
        scope=office.scope,
        number=younger.number,
        other=ticket.number,
        by=actor(office.agent),
        now=timezone.now(),
    )
    assert read(office.client.get(office.url(younger))).all('.pane__head [formaction*="reopening"]') == []
    assert _press(office, younger, "reopening", answered=409).one(".notice__title").text == "Det går inte just nu"
    assert office.reload(younger).status == Status.CLOSED


def test_closed_ticket_keeps_its_priority(office: Office, ticket: Ticket) -> None:
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)
    _press(office, ticket, "priority", answered=409, priority="critical")
    assert office.reload(ticket).priority == ticket.priority


def test_closed_long_ago_stays_closed(office: Office, ticket: Ticket) -> None:
    then = timezone.now() - timedelta(minutes=20)
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=then)
    page = _press(office, ticket, "reopening", answered=409)
    assert page.one(".notice__title").text == "Det går inte just nu"
    assert office.reload(ticket).status == Status.CLOSED


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("assignment", {"staff": "own"}),
        ("status", {"status": "waiting-customer"}),
        ("priority", {"priority": "high"}),
        ("solution", {}),
        ("closure", {}),
        ("decision", {"to_kind": "function-broken"}),
    ],
)
def test_t75_nothing_is_done_to_what_one_has_not_seen(
    office: Office, ticket: Ticket, page: str, given: dict[str, str]
) -> None:
    form = read(office.client.get(office.url(ticket))).one("form.composer").fields()
    reply(scope=office.scope, number=ticket.number, text="Redan svarat", by=actor(office.colleague), now=NOW)
    before = office.reload(ticket)
    sent = {"version": form["version"], "seen_event": form["seen_event"], **given}
    sent = {name: str(office.agent.pk) if value == "own" else value for name, value in sent.items()}
    shown = read(office.client.post(office.url(ticket, f"{page}/"), sent), status=409)
    assert shown.one(".notice__title").text.startswith("Någon har ändrat ärendet under tiden.")
    now = office.reload(ticket)
    fields = ("version", "status", "priority", "kind", "assignee_id")
    assert [getattr(now, field) for field in fields] == [getattr(before, field) for field in fields]


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("assignment", {"staff": "x"}),
        ("assignment", {"staff": "999999"}),
        ("assignment", {"staff": "9" * 5_000}),
        ("status", {"status": "solved"}),
        ("status", {}),
        ("priority", {"priority": "huge"}),
    ],
)
def test_value_that_the_page_does_not_offer_is_not_found(
    office: Office, ticket: Ticket, page: str, given: dict[str, str]
) -> None:
    assert office.client.post(office.url(ticket, f"{page}/"), given).status_code == 404
    assert Event.unscoped.filter(ticket=ticket).count() == 1


def test_t42_staff_of_another_desk_cannot_be_given_a_ticket(office: Office, ticket: Ticket) -> None:
    abroad = make_staff(make_desk("baver", slug="baver"), name="Stina Dal")
    assert office.client.post(office.url(ticket, "assignment/"), {"staff": str(abroad.pk)}).status_code == 404
    assert office.reload(ticket).assignee_id is None


def test_t42_others_do_nothing(office: Office, ticket: Ticket) -> None:
    abroad = make_staff(make_desk("baver", slug="baver"), name="Stina Dal")
    for account in (office.person.account, abroad.account):
        client = signed_in(account)
        statuses = {page: client.post(office.url(ticket, f"{page}/")).status_code for page in ACTIONS}
        assert statuses == dict.fromkeys(ACTIONS, 404)
    assert Event.unscoped.filter(ticket=ticket).count() == 1


def test_t34_nothing_is_done_by_reading(office: Office, ticket: Ticket) -> None:
    pages = [page for page in ACTIONS if page != "decision"]
    statuses = {page: office.client.get(office.url(ticket, f"{page}/")).status_code for page in pages}
    assert statuses == dict.fromkeys(pages, 405)


def test_list_is_kept_when_something_is_done(office: Office, ticket: Ticket) -> None:
    answer = office.client.post(office.url(ticket, "solution/") + "?view=unassigned&product=suite")
    assert answer["Location"] == office.url(ticket) + "?view=unassigned&product=suite"


def test_mail_that_did_not_arrive_is_sent_again(office: Office, ticket: Ticket) -> None:
    said = reply(scope=office.scope, number=ticket.number, text="Svar", by=actor(office.agent), now=NOW)
    mail = OutgoingMail.objects.create(
        desk=office.desk,
        organisation=office.organisation,
        ticket=ticket,
        message=said,
        kind="answer",
        language="sv",
        recipient="maj@kund.example",
        header_id="<1@kompass.example>",
        state=OutgoingMail.State.UNCERTAIN,
        created_at=NOW,
    )
    page = read(office.client.get(office.url(ticket)))
    form = page.one(".message .notice form")
    assert (form.attributes["action"], form.one("button").text) == (
        office.url(ticket, f"mails/{mail.pk}/"),
        "Skicka igen",
    )
    page = read(office.client.post(form.attributes["action"], form.fields(), follow=True))
    assert page.one(".toast__text").text == "Mejlet skickas igen."
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.QUEUED
    page = read(office.client.post(form.attributes["action"], follow=True))
    assert page.one(".toast__text").text == "Mejlet är redan på väg."
    assert office.client.post(office.url(ticket, "mails/999999/")).status_code == 404
    abroad = make_staff(make_desk("baver", slug="baver"), name="Stina Dal")
    other = form.attributes["action"].replace("/kompass/", "/baver/")
    assert signed_in(abroad.account).post(other).status_code == 404


def test_taken_by_two_at_once_belongs_to_the_first(office: Office, ticket: Ticket) -> None:
    form = read(office.client.get(office.url(ticket))).one("form.composer").fields()
    assign(scope=office.scope, number=ticket.number, staff_id=office.colleague.pk, by=actor(office.colleague), now=NOW)
    sent = {"version": form["version"], "seen_event": form["seen_event"], "staff": str(office.agent.pk)}
    page = read(office.client.post(office.url(ticket, "assignment/"), sent), status=409)
    assert page.one(".notice .event").text.split(" · ")[0] == "Sara Norrby tog ärendet"
    assert office.reload(ticket).assignee_id == office.colleague.pk
