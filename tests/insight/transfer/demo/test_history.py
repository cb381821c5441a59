"""What happens: lifelike, in order, and all of it before now."""

from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import pytest

from vaxel.domain.tickets.status import Status
from vaxel.insight.transfer.demo import files
from vaxel.insight.transfer.demo.cast import CastStaff, make_cast
from vaxel.insight.transfer.demo.history import Plan, plan_history
from vaxel.insight.transfer.demo.scripts import Assigns, Closes, Notes, Reclassifies, Says, SetsPriority, TicketScript
from vaxel.rules.policy import read_policy

#: A Tuesday before noon, a Saturday night, and the days around Christmas.
MOMENTS = [
    datetime(2026, 11, 17, 10, 30, tzinfo=UTC),
    datetime(2026, 11, 21, 22, 0, tzinfo=UTC),
    datetime(2026, 12, 27, 9, 0, tzinfo=UTC),
]
COUNT = 300


@cache
def _scripts(slug: str, now: datetime, *, count: int = COUNT, least_messages: int = 0) -> tuple[TicketScript, ...]:
    cast = make_cast(files.desk_file(slug), files.name_file(), seed=1, today=now.date())
    plan = Plan(
        cast=cast,
        conversations=files.conversation_file(slug),
        policy=read_policy(files.policy_source(slug)),
        seed=1,
        count=count,
        now=now,
        least_messages=least_messages,
    )
    return tuple(plan_history(plan))


def _both(now: datetime) -> list[TicketScript]:
    return [script for slug in files.DESKS for script in _scripts(slug, now)]


@pytest.mark.parametrize("now", MOMENTS)
def test_no_two_tickets_read_the_same(now: datetime) -> None:
    scripts = _both(now)
    assert len({script.question.text for script in scripts}) == 2 * COUNT


@pytest.mark.parametrize("now", MOMENTS)
def test_everything_happens_in_order_and_before_now(now: datetime) -> None:
    for script in _both(now):
        instants = [script.at, *(act.at for act in script.acts), now]
        assert [later for earlier, later in pairwise(instants) if later <= earlier] == []


@pytest.mark.parametrize("now", MOMENTS)
def test_tickets_are_opened_in_order_over_ninety_days(now: datetime) -> None:
    for slug in files.DESKS:
        opened = [script.at for script in _scripts(slug, now)]
        assert opened == sorted(opened)
        assert 80 <= (now - opened[0]).days <= 91


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("slug", files.DESKS)
def test_most_promises_are_kept_and_not_all(slug: str, now: datetime) -> None:
    promised = [script for script in _scripts(slug, now) if script.decision.targets]
    settled = [one for one in promised if _first_answer(one) or one.decision.targets[0].due < now]
    kept = [one for one in settled if (at := _first_answer(one)) and at <= one.decision.targets[0].due]
    assert 0.87 <= len(kept) / len(settled) <= 0.97
    assert [one for one in promised if one not in settled] != []


def _first_answer(script: TicketScript) -> datetime | None:
    return next((act.at for act in script.acts if isinstance(act, Says) and act.by is not script.asker), None)


@pytest.mark.parametrize("now", MOMENTS)
def test_every_course_is_taken(now: datetime) -> None:
    acts = [act for script in _both(now) for act in script.acts]
    assert {type(act) for act in acts} >= {Says, Notes, Assigns, SetsPriority, Reclassifies, Closes}
    assert {act.then for act in acts if isinstance(act, Says)} == {
        None,
        Status.WAITING_CUSTOMER,
        Status.WAITING_THIRD_PARTY,
        Status.SOLVED,
    }
    assert {script.decision.destination for script in _both(now)} == {
        "support",
        "local-contacts",
        "account-manager",
        "customer-success-manager",
        "project-manager",
    }


def test_one_conversation_has_forty_messages() -> None:
    longest = max(1 + sum(isinstance(act, Says) for act in script.acts) for script in _both(MOMENTS[1]))
    assert longest == 40


def test_local_contacts_answer_what_does_not_reach_the_vendor() -> None:
    first_line = [one for one in _both(MOMENTS[0]) if one.decision.destination == "local-contacts"]
    assert [act for one in first_line for act in one.acts if isinstance(act.by, CastStaff)] == []


def test_same_seed_and_moment_give_the_same_history() -> None:
    again = _scripts.__wrapped__("baver", MOMENTS[0])
    assert again == _scripts("baver", MOMENTS[0])


def test_benchmarks_get_as_many_messages_as_they_count_on() -> None:
    scripts = _scripts("kompass", MOMENTS[0], count=60, least_messages=5)
    assert min(1 + sum(isinstance(act, Says) for act in script.acts) for script in scripts) == 5
