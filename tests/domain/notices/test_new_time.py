"""Another promised time of the answer, where the question stays where it is: told once, and only while it holds."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, desk_of, tell_all
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.models import Ticket

pytestmark = pytest.mark.django_db

_FASTER = """[[targets]]
name = "first-answer-high"
clock = "first-answer"
destinations = "support"
when = { priority = "high", scope = "in" }
within = "2h"
calendar = "office"
promise = "guarantee"
because.sv = "Med hög prioritet får du svar inom två timmar."
because.en = "With a high priority you get an answer within two hours."

"""
_ALWAYS = '"api"], scope = "in" }\nwithin'


@pytest.fixture
def person() -> Person:
    """The customer of a desk that answers what is high faster, and promises nothing of what is low."""
    person = world.make_person(world.make_organisation(world.make_desk()))
    first = '[[targets]]\nname = "first-answer-digital"'
    source = world.policy_source("kompass").replace(first, _FASTER + first)
    source = source.replace(_ALWAYS, _ALWAYS.replace(" }", ', priority = { not = "low" } }'))
    desk = desk_of(person)
    source = source.replace('prefix = "KOM"', f'prefix = "{desk.prefix}"')
    publish_policy(desk=desk, source=source, by=SYSTEM, now=world.NOW)
    return person


def _set(ticket: Ticket, priority: str, agent: Staff) -> None:
    lifecycle.set_priority(
        scope=world.desk_scope(agent.desk), number=ticket.number, priority=priority, by=world.actor(agent), now=LATER
    )


def _new_times() -> list[OutgoingMail]:
    return [mail for mail in tell_all(LATER) if mail.kind == "new-time"]


def test_another_priority_with_another_time_is_told_with_the_time_and_why(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    _set(ticket, "high", agent)

    (mail,) = _new_times()

    assert mail.recipient == person.email
    lines = set(mail.text.splitlines())
    assert "Prioritet: Hög" in lines
    assert "Du får svar senast: torsdag 19 november kl. 12.00" in lines
    assert "- Med hög prioritet får du svar inom två timmar." in lines


def test_time_that_is_changed_twice_is_told_once_as_it_is_now(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    _set(ticket, "high", agent)
    _set(ticket, "normal", agent)

    (mail,) = _new_times()

    assert "Vi räknar med att svara senast: torsdag 19 november kl. 14.00" in mail.text.splitlines()


def test_priority_that_leaves_the_time_as_it_is_is_no_news(person: Person, agent: Staff) -> None:
    _set(world.ask(person), "critical", agent)

    assert _new_times() == []


def test_time_that_was_met_before_it_could_be_told_is_no_news(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    _set(ticket, "high", agent)
    answer(ticket, agent)

    assert _new_times() == []


def test_time_that_has_passed_already_is_no_news(person: Person, agent: Staff) -> None:
    _set(world.ask(person), "high", agent)

    assert [mail.kind for mail in tell_all(LATER + timedelta(hours=1))] == ["received"]


def test_time_that_holds_no_more_is_told_where_the_question_stays(person: Person, agent: Staff) -> None:
    _set(world.ask(person), "low", agent)

    (mail,) = _new_times()

    assert "svara senast" not in mail.text
    assert "Tiden som du fick tidigare gäller inte längre. Avtalet anger ingen tid för den här frågan." in mail.text
