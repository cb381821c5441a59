"""Known problems: what hangs on them, who hears of them, and notices that say when they hold."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories as world
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.problems import known, operating, queries
from vaxel.domain.problems.models import Affected, KnownProblem
from vaxel.domain.tickets.locking import TicketMissingError

pytestmark = pytest.mark.django_db
NOW = world.NOW
TEXT = {"sv": "Exporten stannar.", "en": "The export stops."}


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.fixture
def organisation(desk: Desk) -> Organisation:
    return world.make_organisation(desk)


def describe(**more: object) -> known.Description:
    return known.Description(**{"title": TEXT, "text": TEXT, "workaround": {}, **more})  # type: ignore[arg-type]


def open_problem(desk: Desk, agent: Staff, **more: object) -> KnownProblem:
    return known.open_problem(describe(**more), desk=desk, by=world.actor(agent), now=NOW)


def tell(problem: KnownProblem, agent: Staff, *, state: str = "open", now: datetime = NOW) -> None:
    known.tell_about_problem(
        {"sv": "Vi har hittat felet.", "en": "We have found the fault."},
        scope=world.desk_scope(problem.desk),
        number=problem.number,
        seen_version=problem.version,
        state=state,
        by=world.actor(agent),
        now=now,
    )


def say_me_too(person: Person, problem: KnownProblem) -> None:
    known.me_too(
        person_id=person.pk,
        scope=world.customer_scope(person),
        problem_number=problem.number,
        by=world.actor(person),
        now=NOW,
    )


def test_problems_are_numbered_per_desk(desk: Desk, agent: Staff) -> None:
    assert [open_problem(desk, agent).number for _ in range(2)] == [1, 2]


@pytest.mark.parametrize("part", ["title", "text", "workaround"])
def test_problem_that_lacks_a_language_of_the_desk_is_refused(desk: Desk, agent: Staff, part: str) -> None:
    with pytest.raises(known.TextMissingError) as caught:
        open_problem(desk, agent, **{part: {"sv": "Bara på svenska"}})

    assert caught.value.languages == ("en",)


def test_update_is_told_once_to_those_who_asked_and_those_who_said_me_too(
    desk: Desk, agent: Staff, organisation: Organisation
) -> None:
    problem = open_problem(desk, agent)
    asker, joiner, both = (world.make_person(organisation) for _ in range(3))
    for person in (asker, both):
        ticket = world.ask(person)
        known.hang_ticket(
            scope=world.desk_scope(desk),
            ticket_number=ticket.number,
            problem_number=problem.number,
            by=world.actor(agent),
            now=NOW,
        )
    for person in (joiner, both, both):
        say_me_too(person, problem)

    tell(problem, agent)

    assert queries.people_affected(problem_id=problem.pk) == [asker, joiner, both]
    assert ProcrastinateJob.objects.filter(task_name="tell_about_problem_update").count() == 1


def test_t47_somebody_who_left_hears_nothing_more(desk: Desk, agent: Staff, organisation: Organisation) -> None:
    problem, person = open_problem(desk, agent), world.make_person(organisation)
    say_me_too(person, problem)

    Person.unscoped.filter(pk=person.pk).update(is_active=False)

    assert queries.people_affected(problem_id=problem.pk) == []


def test_fixed_problem_offers_its_open_tickets_to_be_solved(
    desk: Desk, agent: Staff, organisation: Organisation
) -> None:
    problem, ticket = open_problem(desk, agent), world.ask(world.make_person(organisation))
    known.hang_ticket(
        scope=world.desk_scope(desk),
        ticket_number=ticket.number,
        problem_number=problem.number,
        by=world.actor(agent),
        now=NOW,
    )

    tell(problem, agent, state="fixed")

    closed = KnownProblem.unscoped.get(pk=problem.pk)
    assert (closed.state, closed.closed_at) == ("fixed", NOW)
    assert queries.open_tickets_on(world.desk_scope(desk), problem_id=problem.pk) == [ticket]


def test_open_problems_come_before_closed_ones(desk: Desk, agent: Staff) -> None:
    fixed, quiet, told = (open_problem(desk, agent) for _ in range(3))
    tell(told, agent, now=NOW + timedelta(hours=1))
    tell(fixed, agent, state="fixed", now=NOW + timedelta(hours=2))

    for rows in (
        queries.shown_problems(desk_id=desk.pk, now=NOW + timedelta(hours=3)),
        queries.problems_for_staff(world.desk_scope(desk)),
    ):
        assert [row.number for row in rows] == [told.number, quiet.number, fixed.number]


def take_back(person: Person, problem: KnownProblem, *, everybody: bool = False) -> tuple[int, ...]:
    scope, by = world.customer_scope(person), world.actor(person)
    if everybody:
        return known.not_us(scope=scope, problem_number=problem.number, by=by, now=NOW)
    return known.not_me(person_id=person.pk, scope=scope, problem_number=problem.number, by=by, now=NOW)


def names_affected(problem: KnownProblem) -> list[str]:
    return [person.name for person in queries.people_affected(problem_id=problem.pk)]


def test_me_too_is_taken_back_by_who_said_it_and_counts_no_more(
    desk: Desk, agent: Staff, organisation: Organisation
) -> None:
    problem = open_problem(desk, agent)
    maj, ola = (world.make_person(organisation, name=name) for name in ("Maj", "Ola"))
    say_me_too(maj, problem)
    say_me_too(ola, problem)

    assert take_back(maj, problem) == (maj.pk,)
    assert take_back(maj, problem) == ()

    assert (Affected.unscoped.count(), names_affected(problem)) == (1, ["Ola"])
    kinds = AuditEntry.unscoped.filter(kind__startswith="problem-", by_kind="person").order_by("pk")
    assert [(each.kind, each.by_name) for each in kinds] == [
        ("problem-me-too", "Maj"),
        ("problem-me-too", "Ola"),
        ("problem-not-me", "Maj"),
    ]


def test_whole_organisation_takes_me_too_back_and_its_tickets_stay(
    desk: Desk, agent: Staff, organisation: Organisation
) -> None:
    problem = open_problem(desk, agent)
    maj, ola, asker = (world.make_person(organisation, name=name) for name in ("Maj", "Ola", "Eva"))
    elsewhere = world.make_person(world.make_organisation(desk), name="Siv")
    ticket = world.ask(asker)
    for person in (maj, ola, elsewhere):
        say_me_too(person, problem)
    known.hang_ticket(
        scope=world.desk_scope(desk),
        ticket_number=ticket.number,
        problem_number=problem.number,
        by=world.actor(agent),
        now=NOW,
    )

    taken = take_back(asker, problem, everybody=True)

    assert taken == (maj.pk, ola.pk)
    assert names_affected(problem) == ["Eva", "Siv"]

    known.us_too(
        person_ids=[*taken, elsewhere.pk],
        scope=world.customer_scope(asker),
        problem_number=problem.number,
        by=world.actor(asker),
        now=NOW,
    )

    assert sorted(names_affected(problem)) == ["Eva", "Maj", "Ola", "Siv"]
    assert Affected.unscoped.filter(person=elsewhere).count() == 1


def test_me_too_of_a_closed_problem_is_not_taken_back(desk: Desk, agent: Staff, organisation: Organisation) -> None:
    problem, person = open_problem(desk, agent), world.make_person(organisation)
    say_me_too(person, problem)
    tell(problem, agent, state="fixed")

    with pytest.raises(known.ProblemClosedError):
        take_back(person, problem)


def test_t42_me_too_of_another_desks_problem_is_missing(desk: Desk, agent: Staff, organisation: Organisation) -> None:
    other = world.make_desk("baver")
    theirs = open_problem(other, world.make_staff(other))

    for everybody in (False, True):
        with pytest.raises(known.ProblemMissingError):
            take_back(world.make_person(organisation), theirs, everybody=everybody)


def test_closed_problem_takes_nothing_more(desk: Desk, agent: Staff, organisation: Organisation) -> None:
    problem = open_problem(desk, agent)
    tell(problem, agent, state="fixed")

    with pytest.raises(known.ProblemClosedError):
        say_me_too(world.make_person(organisation), problem)


def test_t75_second_writer_is_told_that_the_problem_has_changed(desk: Desk, agent: Staff) -> None:
    problem = open_problem(desk, agent)
    tell(problem, agent)

    with pytest.raises(known.ProblemChangedError):
        tell(problem, agent)


def test_ticket_hangs_on_one_problem_at_a_time(desk: Desk, agent: Staff, organisation: Organisation) -> None:
    ticket = world.ask(world.make_person(organisation))
    for problem in (open_problem(desk, agent), open_problem(desk, agent)):
        known.hang_ticket(
            scope=world.desk_scope(desk),
            ticket_number=ticket.number,
            problem_number=problem.number,
            by=world.actor(agent),
            now=NOW,
        )

    assert list(Affected.unscoped.values_list("problem__number", "ticket")) == [(2, ticket.pk)]


def test_t42_ticket_and_problem_of_another_desk_are_not_there(
    desk: Desk, agent: Staff, organisation: Organisation
) -> None:
    other = world.make_desk("baver")
    theirs = open_problem(other, world.make_staff(other))
    ticket = world.ask(world.make_person(organisation))

    with pytest.raises(known.ProblemMissingError):
        known.hang_ticket(
            scope=world.desk_scope(desk),
            ticket_number=ticket.number,
            problem_number=theirs.number,
            by=world.actor(agent),
            now=NOW,
        )
    with pytest.raises(TicketMissingError):
        known.unhang_ticket(scope=world.desk_scope(other), ticket_number=ticket.number, by=world.actor(agent), now=NOW)


@pytest.mark.parametrize(
    ("products", "shown"), [(None, [1, 2, 3]), (["suite"], [1, 2]), (["meetings"], [1, 3]), ([], [1])]
)
def test_problems_are_shown_to_those_whose_products_they_concern(
    desk: Desk, agent: Staff, products: list[str] | None, shown: list[int]
) -> None:
    for concerned in ((), ("suite",), ("meetings",)):
        open_problem(desk, agent, products=concerned)

    found = queries.shown_problems(desk_id=desk.pk, now=NOW, products=products)

    assert sorted(problem.number for problem in found) == shown


@pytest.mark.parametrize(("days", "shown"), [(13, 1), (15, 0)])
def test_fixed_problem_is_shown_for_two_weeks(desk: Desk, agent: Staff, days: int, shown: int) -> None:
    problem = open_problem(desk, agent)
    tell(problem, agent, state="fixed")

    assert queries.shown_problems(desk_id=desk.pk, now=NOW + timedelta(days=days)).count() == shown


@pytest.mark.parametrize(("hours", "phase"), [(-1, "planned"), (0, "ongoing"), (1, "ongoing"), (2, "over")])
def test_notice_is_planned_then_ongoing_then_over(desk: Desk, agent: Staff, hours: int, phase: str) -> None:
    words = operating.NoticeWords(title=TEXT, text=TEXT, starts_at=NOW, ends_at=NOW + timedelta(hours=2))
    notice = operating.publish_notice(words, desk=desk, by=world.actor(agent), now=NOW)

    assert operating.phase_of(notice, now=NOW + timedelta(hours=hours)) == phase


def test_notice_that_was_withdrawn_is_not_shown(desk: Desk, agent: Staff) -> None:
    words = operating.NoticeWords(title=TEXT, text=TEXT, starts_at=NOW)
    notice = operating.publish_notice(words, desk=desk, by=world.actor(agent), now=NOW)
    before = queries.notices_shown(desk_id=desk.pk, now=NOW).count()

    operating.withdraw_notice(scope=world.desk_scope(desk), notice_id=notice.pk, by=world.actor(agent), now=NOW)

    assert (before, queries.notices_shown(desk_id=desk.pk, now=NOW).count()) == (1, 0)
