"""Several tickets chosen in a list: the bar, what it does, and what is told of those that were refused."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, make_desk, make_organisation, make_person, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.tickets.inbox import PAGE_SIZE
from vaxel.domain.tickets.lifecycle import assign, solve
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status

SEVERAL = "several/"


def _list(office: Office, query: str = "?view=open") -> Page:
    return read(office.client.get(office.inbox(query)))


def _boxes(page: Page, *tickets: Ticket) -> list[str]:
    """What the boxes of these tickets send, as the list shows them."""
    by_name = {box.attributes["value"].partition(".")[0]: box.attributes["value"] for box in page.all("[data-select]")}
    return [by_name[f"KOM-{each.number}"] for each in tickets]


def _press(office: Office, boxes: list[str], button: dict[str, str], *, answered: int = 200) -> Page:
    address = office.inbox(f"{SEVERAL}?view=open")
    return read(office.client.post(address, {"ticket": boxes, **button}, follow=True), status=answered)


def _names(*tickets: Ticket) -> list[str]:
    return [f"KOM-{each.number}" for each in tickets]


def _chosen(page: Page) -> list[str]:
    return [box.attributes["value"].partition(".")[0] for box in page.all("[data-select][checked]")]


def test_row_says_who_asks_and_for_whom(office: Office, ticket: Ticket) -> None:
    row = _list(office).one(".ticket-row")
    assert (row.one(".ticket-row__asker").text, row.one(".ticket-row__who").text) == ("Maj Ekdahl", "Åsklinge kommun")


def test_bar_offers_what_one_may_do(office: Office, ticket: Ticket) -> None:
    bar = _list(office).one(".several")
    assert [each.text for each in bar.all("#several-staff button")] == ["Ingen", "Sara Norrby", "Sven Berg"]
    assert [each.text for each in bar.all("#several-status button")] == [
        "Öppet",
        "Väntar på kund",
        "Väntar på tredje part",
    ]
    assert [each.text for each in bar.all("#several-priority button")] == ["Låg", "Normal", "Hög", "Kritisk"]


def test_everything_on_the_page_is_chosen_without_script(office: Office) -> None:
    tickets = [ask(office.person) for _ in range(3)]
    page = _list(office)
    assert _chosen(page) == []
    every = read(office.client.get(page.one("[data-choose-all]").attributes["href"]))
    assert sorted(_chosen(every)) == sorted(_names(*tickets))
    assert _chosen(read(office.client.get(every.one("[data-let-go]").attributes["href"]))) == []


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"staff": "own"}, "2 ärenden är dina."),
        ({"staff": "colleague"}, "2 ärenden har bytt ansvarig."),
        ({"status": "waiting-customer"}, "2 ärenden har fått en annan status."),
        ({"priority": "high"}, "2 ärenden har fått en annan prioritet, och svarstiderna följer med."),
        ({"finish": "solve"}, "2 ärenden är lösta."),
    ],
)
def test_chosen_tickets_are_done_and_the_list_comes_back(office: Office, button: dict[str, str], said: str) -> None:
    chosen, left = [ask(office.person), ask(office.person)], ask(office.person)
    people = {"own": str(office.agent.pk), "colleague": str(office.colleague.pk)}
    pressed = {name: people.get(value, value) for name, value in button.items()}
    page = _press(office, _boxes(_list(office), *chosen), pressed)
    assert (page.one(".toast__text").text, page.one("h1").text, _chosen(page)) == (said, "Alla öppna", [])
    untouched = office.reload(left)
    assert (untouched.assignee_id, untouched.status, untouched.version) == (None, Status.NEW, left.version)


def test_one_is_told_as_one(office: Office, ticket: Ticket) -> None:
    page = _press(office, _boxes(_list(office), ticket), {"staff": ""})
    assert page.one(".toast__text").text == "1 ärende var redan så."
    page = _press(office, _boxes(_list(office), ticket), {"finish": "solve"})
    assert page.one(".toast__text").text == "1 ärende är löst."


def test_solving_several_is_taken_back(office: Office) -> None:
    chosen = [ask(office.person), ask(office.person)]
    undo = _press(office, _boxes(_list(office), *chosen), {"finish": "solve"}).one(".toast form")
    assert {office.reload(each).status for each in chosen} == {Status.SOLVED}
    page = read(office.client.post(undo.attributes["action"], undo.fields(), follow=True))
    assert (page.one(".toast__text").text, page.one("h1").text) == ("2 ärenden är öppna igen.", "Alla öppna")
    assert {office.reload(each).status for each in chosen} == {Status.OPEN}


def test_t75_what_was_refused_is_told_by_number_and_reason_and_stays_chosen(office: Office) -> None:
    changed, fine, done = ask(office.person), ask(office.person), ask(office.person)
    boxes = _boxes(_list(office), changed, fine, done)
    by = actor(office.colleague)
    assign(scope=office.scope, number=changed.number, staff_id=office.colleague.pk, by=by, now=NOW)
    solve(scope=office.scope, number=done.number, by=by, now=NOW)
    boxes[2] = boxes[2].partition(".")[0] + f".{office.reload(done).version}"

    page = _press(office, boxes, {"staff": str(office.agent.pk)}, answered=409)

    told = page.one('main [role="alert"]')
    assert told.one(".notice__title").text == "2 ärenden är som de var."
    meanwhile = "Någon annan har ändrat under tiden. Titta efter, och tryck igen om det fortfarande stämmer."
    assert [each.text for each in told.all("p:not(.notice__title)")] == [
        f"KOM-{changed.number} : {meanwhile}",
        f"KOM-{done.number} : Löst eller stängt. Öppna igen först.",
    ]
    assert told.all("a")[0].attributes["href"] == office.url(changed) + "?view=open"
    assert page.one(".toast__text").text == "1 ärende är ditt."
    assert _chosen(page) == _names(changed)
    assert office.reload(changed).assignee_id == office.colleague.pk

    page = _press(office, _boxes(page, changed), {"staff": str(office.agent.pk)})
    assert (page.one(".toast__text").text, office.reload(changed).assignee_id) == ("1 ärende är ditt.", office.agent.pk)


def test_what_is_not_solved_is_not_closed_from_the_list(office: Office, ticket: Ticket) -> None:
    page = _press(office, _boxes(_list(office), ticket), {"finish": "close"}, answered=409)
    assert page.one('main [role="alert"] p:not(.notice__title)').text == (
        f"KOM-{ticket.number} : Inte löst. Bara det som är löst kan stängas."
    )
    assert _chosen(page) == _names(ticket)


def test_t42_names_of_other_desks_and_none_are_one_refusal(office: Office, ticket: Ticket) -> None:
    far = make_organisation(make_desk("baver"), plan="support", products=("baver",))
    foreign = ask(make_person(far), kind="fault", product="baver", topic="other")
    boxes = [f"KOM-{ticket.number + 900}.1", f"BVR-{foreign.number}.1", "<b>.1", *_boxes(_list(office), ticket)]
    page = _press(office, boxes, {"finish": "solve"}, answered=409)
    told = page.one('main [role="alert"]')
    assert [each.text for each in told.all("p:not(.notice__title)")] == [
        f"KOM-{ticket.number + 900}, BVR-{foreign.number}, <b>: Det finns inget sådant ärende här."
    ]
    assert told.all("a") == []
    assert (office.reload(foreign).status, office.reload(ticket).status) == (Status.NEW, Status.SOLVED)


def test_agent_of_another_desk_does_nothing_here(office: Office, ticket: Ticket) -> None:
    stranger = signed_in(make_staff(make_desk("baver")).account)
    answer = stranger.post(office.inbox(SEVERAL), {"ticket": f"KOM-{ticket.number}.1", "finish": "solve"})
    assert (answer.status_code, office.reload(ticket).status) == (404, Status.NEW)


@pytest.mark.parametrize(
    "button", [{}, {"status": "solved"}, {"status": "closed"}, {"finish": "erase"}, {"staff": "x"}, {"staff": "-1"}]
)
def test_button_that_is_not_there_does_nothing(office: Office, ticket: Ticket, button: dict[str, str]) -> None:
    boxes = _boxes(_list(office), ticket)
    assert office.client.post(office.inbox(SEVERAL), {"ticket": boxes, **button}).status_code == 404
    assert office.reload(ticket).version == ticket.version


def test_more_than_a_page_is_refused_as_a_whole(office: Office, ticket: Ticket) -> None:
    boxes = _boxes(_list(office), ticket) * (PAGE_SIZE + 1)
    assert office.client.post(office.inbox(SEVERAL), {"ticket": boxes, "finish": "solve"}).status_code == 404
    assert office.reload(ticket).status == Status.NEW


def test_enter_on_a_box_keeps_what_is_chosen_and_does_nothing(office: Office, ticket: Ticket) -> None:
    page = _list(office)
    assert page.all("#several button")[0].attributes["name"] == "look"
    page = _press(office, _boxes(page, ticket), {"look": "yes"})
    assert (_chosen(page), office.reload(ticket).version) == (_names(ticket), ticket.version)


def test_nothing_chosen_is_said(office: Office, ticket: Ticket) -> None:
    assert _press(office, [], {"finish": "solve"}).one(".toast__text").text == "Välj ärenden i listan först."


def test_address_of_the_form_leads_to_the_same_list(office: Office, ticket: Ticket) -> None:
    for page in (SEVERAL, f"{SEVERAL}reopening/"):
        answer = office.client.get(office.inbox(f"{page}?view=waiting&priority=high"))
        assert (answer.status_code, answer["Location"]) == (303, office.inbox("?view=waiting&priority=high"))


def test_hits_of_a_search_are_chosen_too(office: Office, ticket: Ticket) -> None:
    page = _list(office, "?view=all&q=spara")
    form = page.one("form[data-chooses]")
    sent = {"ticket": _boxes(page, ticket), "finish": "solve"}
    page = read(office.client.post(form.attributes["action"], sent, follow=True))
    assert (page.one(".toast__text").text, page.one("h1").text) == ("1 ärende är löst.", "Sök i: Alla ärenden")


@pytest.mark.parametrize("count", [1, 3])
def test_list_with_refusals_costs_what_the_list_costs(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tickets = [ask(office.person) for _ in range(count)]
    boxes = _boxes(_list(office), *tickets)
    with django_assert_num_queries(4):  # the list's three, and one look at those that were chosen
        _press(office, boxes, {"finish": "close"}, answered=409)
