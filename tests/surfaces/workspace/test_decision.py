"""Another kind or product: what the policy would decide is seen before it is done."""

import pytest

from tests.factories import NOW, actor, ask, hold_role, make_person, make_staff, policy_source
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.tickets.lifecycle import set_status
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.domain.tickets.status import Status


def test_decision_is_shown_before_it_is_taken(office: Office, ticket: Ticket) -> None:
    manager = make_staff(office.desk, name="Kim Dahl", roles=("account-manager",))
    hold_role(manager, "account-manager")
    page = read(office.client.get(office.url(ticket, "decision/")))
    assert (page.one("#to_kind option[selected]").text, page.all("#outcome")) == ("Oväntat fel", [])
    given = {"view": "mine", "priority": "high", "to_kind": "change-request", "to_product": "suite"}
    page = read(office.client.get(office.url(ticket, "decision/"), given))
    # The list beside it stays as it was.
    assert page.one(".back-link").attributes["href"] == office.url(ticket) + "?view=mine&priority=high"
    assert page.one("form:has(#to_kind)").fields() == given
    assert page.one("#outcome .route__stop--end .route__heading").text == "Kundansvarig"
    assert Event.unscoped.filter(ticket=ticket).count() == 1
    form = page.one("#outcome ~ form[method=post]").fields()
    page = read(office.client.post(office.url(ticket, "decision/"), form, follow=True))
    now = office.reload(ticket)
    assert (now.kind, now.destination, now.assignee_id) == ("change-request", "account-manager", manager.pk)
    assert page.one(".toast__text").text == "Policyn har bestämt på nytt: Kundansvarig."
    told = page.all(".conversation .event")[-1]
    assert told.text.split(" · ")[0] == (
        "Sven Berg ändrade typ från Oväntat fel till Ändra hur något fungerar eller ser ut; "
        "mottagare från Teknisk support till Kundansvarig"
    )
    assert told.one(".event__why").text != ""


def test_question_that_becomes_the_customers_own_leads_back_to_the_list(office: Office) -> None:
    user = make_person(office.organisation, name="Ove Lind", contact=False, certified=False)
    ticket = ask(user, kind="change-request")

    given = {"to_kind": "unexpected-error", "to_product": "suite"}
    page = read(office.client.post(office.url(ticket, "decision/"), given, follow=True))

    assert page.one(".toast__text").text == "Policyn har bestämt på nytt: Era egna supportkontakter."
    assert office.client.get(office.url(ticket)).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"to_kind": "nonsense"},
        {"to_kind": "unexpected-error", "to_product": "nonsense"},
        {"to_kind": "unexpected-error", "to_product": ""},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_question_that_the_policy_does_not_know_is_explained(
    office: Office, ticket: Ticket, given: dict[str, str], method: str
) -> None:
    answer = getattr(office.client, method)(office.url(ticket, "decision/"), given)
    page = read(answer, status=422)
    assert page.one(".error-summary a").attributes["href"] == "#to_kind"
    assert page.one("title").text.startswith("Fel: ")
    assert office.reload(ticket).kind == "unexpected-error"


def test_look_counts_with_what_the_ticket_is(office: Office, ticket: Ticket) -> None:
    set_status(
        scope=office.scope, number=ticket.number, status=Status.WAITING_CUSTOMER, by=actor(office.agent), now=NOW
    )
    page = read(office.client.get(office.url(ticket, "decision/"), {"to_kind": "function-broken"}))
    assert page.one("#to_product option[selected]").text == "Kompass verksamhetsstyrning"
    assert page.one("#outcome .route__stop--end .route__heading").text == "Teknisk support"


def test_ticket_is_told_in_the_words_of_the_policy_that_decided_it(office: Office, ticket: Ticket) -> None:
    source = (
        policy_source("kompass").replace("unexpected-error", "crash").replace('sv = "Oväntat fel"', 'sv = "Krasch"')
    )
    publish_policy(desk=office.desk, source=source, by=SYSTEM, now=NOW)

    page = read(office.client.get(office.url(ticket)))
    choice = read(office.client.get(office.url(ticket, "decision/")))

    assert page.all(".page-head__meta .badge")[0].text == "Oväntat fel"
    assert [each.text for each in choice.all("#to_kind option")[:2]] == ["Välj typ av fråga", "Krasch"]


def test_priorities_of_a_kind_that_is_gone_are_those_that_decided_it(office: Office, ticket: Ticket) -> None:
    levels = [each.text for each in read(office.client.get(office.url(ticket))).all("[name=priority]")]
    source = policy_source("baver").replace('prefix = "BAV"', f'prefix = "{office.desk.prefix}"')
    publish_policy(desk=office.desk, source=source.replace("critical", "worst"), by=SYSTEM, now=NOW)

    shown = read(office.client.get(office.url(ticket)))

    assert [each.text for each in shown.all("[name=priority]")] == levels


#: What an agent finds out, and work that is charged where it was the customer's own.
CAUSE = """
[facts.cause]
name.sv = "Orsak"
name.en = "Cause"
from = "agent"
values = ["defect", "own-mistake"]
labels.own-mistake = { sv = "Egen felkonfiguration", en = "Own misconfiguration" }
question.sv = "Vad var orsaken?"
question.en = "What was the cause?"

[[billing]]
name = "own-mistake"
when = { scope = "in", cause = "own-mistake" }
kind = "by-the-hour-after-confirmation"
rate.sv = "1 200 kr i timmen"
rate.en = "1 200 kr per hour"
because.sv = "Det är inget fel i produkten. Att fortsätta kostar 1 200 kr i timmen, och vi frågar dig först."
because.en = "It is no defect in the product. Going on costs 1 200 kr per hour, and we ask you first."

[[billing]]
name = "support-included"
"""


def test_agent_tells_what_the_policy_asks_agents_for(office: Office, ticket: Ticket) -> None:
    source = policy_source("kompass").replace('[[billing]]\nname = "support-included"\n', CAUSE.lstrip(), 1)
    publish_policy(desk=office.desk, source=source, by=SYSTEM, now=NOW)
    ticket = ask(office.person)
    assert ticket.decision["billing"]["kind"] == "included"

    page = read(office.client.get(office.url(ticket, "decision/")))
    assert [each.text for each in page.all("#found-cause option")] == [
        "Inte känt än",
        "defect",
        "Egen felkonfiguration",
    ]
    form = {**page.one("form:has(#to_kind)").fields(), "found-cause": "own-mistake"}
    page = read(office.client.get(office.url(ticket, "decision/"), form))
    assert "Att fortsätta kostar 1 200 kr i timmen" in page.one("#outcome").text
    form = page.one("#outcome ~ form[method=post]").fields()
    page = read(office.client.post(office.url(ticket, "decision/"), form, follow=True))

    now = office.reload(ticket)
    assert (now.facts["declared"]["cause"], now.decision["billing"]["confirm"]) == ("own-mistake", True)
    assert page.all("#panel-answers .facts__value")[-1].text == "Egen felkonfiguration"
    told = page.all(".conversation .event")[-1].text.split(" · ")[0]
    assert told == "Sven Berg ändrade Orsak: Egen felkonfiguration"

    form = {**form, "version": str(now.version), "found-cause": ""}
    office.client.post(office.url(ticket, "decision/"), form)
    now = office.reload(ticket)
    assert ("cause" in now.facts["declared"], now.decision["billing"]["kind"]) == (False, "included")


def test_what_no_policy_asks_agents_for_cannot_be_told(office: Office, ticket: Ticket) -> None:
    form = {"to_kind": ticket.kind, "to_product": ticket.product, "found-plan": "enterprise", "found-cause": "defect"}
    office.client.post(office.url(ticket, "decision/"), form)
    assert office.reload(ticket).facts["declared"] == ticket.facts["declared"]
