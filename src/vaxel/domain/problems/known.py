"""Known problems: opened, told about, and closed; tickets and people hang on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person
from vaxel.domain.problems.models import Affected, KnownProblem, ProblemUpdate
from vaxel.domain.tickets.locking import lock_ticket
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = KnownProblem.State


class ProblemMissingError(LookupError):
    """No such problem at this desk. Views answer 404."""


class ProblemChangedError(RuntimeError):
    """Somebody else changed the problem meanwhile; nothing was written (trust 75)."""


class ProblemClosedError(RuntimeError):
    """Nothing hangs on a closed problem any more: a fault that comes back is a new one."""


class TextMissingError(ValueError):
    """A text is not there in every language of the desk; `languages` are those that lack it."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(", ".join(languages))
        self.languages = tuple(languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a problem is, in every language of the desk. `workaround` may be empty, whole or not at all."""

    title: Mapping[str, str]
    text: Mapping[str, str]
    workaround: Mapping[str, str]
    products: tuple[str, ...] = ()


@transaction.atomic(durable=True)
def open_problem(description: Description, *, desk: Desk, by: Actor, now: datetime) -> KnownProblem:
    """Make a fault known. Raises TextMissingError."""
    _require_whole(description, desk)
    Desk.objects.select_for_update().only("id").get(pk=desk.pk)
    last = KnownProblem.unscoped.filter(desk=desk).aggregate(last=Max("number"))["last"] or 0
    problem = KnownProblem.objects.create(
        desk=desk,
        number=last + 1,
        products=list(description.products),
        title=dict(description.title),
        text=dict(description.text),
        workaround=dict(description.workaround),
        opened_at=now,
        opened_by_name=by.name,
        updated_at=now,
    )
    record(kind="problem-opened", by=by, now=now, desk_id=desk.pk, problem=problem.pk)
    return problem


@transaction.atomic(durable=True)
def describe_problem(
    description: Description, *, scope: Scope, number: int, seen_version: int, by: Actor, now: datetime
) -> KnownProblem:
    """Put its description right, silently: what people should hear of is an update.

    Raises ProblemMissingError, ProblemChangedError and TextMissingError.
    """
    problem = _lock(scope=scope, number=number, seen_version=seen_version)
    _require_whole(description, problem.desk)
    problem.products = list(description.products)
    problem.title, problem.text = dict(description.title), dict(description.text)
    problem.workaround = dict(description.workaround)
    _save(problem, now=now, fields=["products", "title", "text", "workaround"])
    record(kind="problem-described", by=by, now=now, desk_id=problem.desk_id, problem=problem.pk)
    return problem


@transaction.atomic(durable=True)
def tell_about_problem(
    text: Mapping[str, str],
    *,
    scope: Scope,
    number: int,
    seen_version: int,
    state: str = State.OPEN.value,
    by: Actor,
    now: datetime,
) -> ProblemUpdate:
    """Tell everybody whom it affects, each in their language; with `state` fixed or withdrawn it is closed.

    Raises ProblemMissingError, ProblemChangedError, ProblemClosedError and TextMissingError.
    """
    problem = _lock(scope=scope, number=number, seen_version=seen_version)
    if problem.state != State.OPEN:
        raise ProblemClosedError(number)
    _require(text, problem.desk.languages)
    if state != State.OPEN:
        problem.state, problem.closed_at = State(state), now
    _save(problem, now=now, fields=["state", "closed_at"])
    update = ProblemUpdate.objects.create(
        desk_id=problem.desk_id, problem=problem, text=dict(text), state=problem.state, by_name=by.name, at=now
    )
    defer("tell_about_problem_update", update_id=update.pk)
    record(kind="problem-told", by=by, now=now, desk_id=problem.desk_id, problem=problem.pk, state=problem.state)
    return update


@transaction.atomic(durable=True)
def hang_ticket(*, scope: Scope, ticket_number: int, problem_number: int, by: Actor, now: datetime) -> Affected:
    """The ticket is about this problem, and about no other one. Doing it again changes nothing.

    Raises TicketMissingError, ProblemMissingError and ProblemClosedError.
    """
    ticket = lock_ticket(scope=scope, number=ticket_number)
    problem = _open_problem(desk_id=ticket.desk_id, number=problem_number)
    affected, made = Affected.unscoped.update_or_create(
        ticket=ticket,
        defaults={"desk_id": ticket.desk_id, "organisation_id": ticket.organisation_id, "problem": problem, "at": now},
    )
    record(kind="problem-has-ticket", by=by, now=now, desk_id=ticket.desk_id, ticket=ticket.pk, new=made)
    return affected


@transaction.atomic(durable=True)
def unhang_ticket(*, scope: Scope, ticket_number: int, by: Actor, now: datetime) -> None:
    """The ticket is about no known problem. Raises TicketMissingError."""
    ticket = lock_ticket(scope=scope, number=ticket_number)
    if Affected.unscoped.filter(ticket=ticket).delete()[0]:
        record(kind="problem-lost-ticket", by=by, now=now, desk_id=ticket.desk_id, ticket=ticket.pk)


@transaction.atomic(durable=True)
def me_too(*, person_id: int, scope: Scope, problem_number: int, by: Actor, now: datetime) -> Affected:
    """The person meets the problem and asks nothing more: they hear what everybody hears. Once is enough.

    Raises ProblemMissingError and ProblemClosedError.
    """
    person = Person.objects.within(scope).get(pk=person_id)
    problem = _open_problem(desk_id=person.desk_id, number=problem_number)
    affected, made = Affected.unscoped.get_or_create(
        problem=problem,
        person=person,
        defaults={"desk_id": person.desk_id, "organisation_id": person.organisation_id, "at": now},
    )
    if made:
        record(kind="problem-me-too", by=by, now=now, desk_id=person.desk_id, problem=problem.pk)
    return affected


@transaction.atomic(durable=True)
def not_me(*, person_id: int, scope: Scope, problem_number: int, by: Actor, now: datetime) -> tuple[int, ...]:
    """The person takes "me too" back: they no longer count, and hear no more of it unless they have asked about it.

    The ids of the persons taken back, for `us_too`. Raises ProblemMissingError and ProblemClosedError.
    """
    said = Affected.objects.within(scope).filter(person=person_id)
    return _take_back(said, scope=scope, problem_number=problem_number, by=by, now=now)


@transaction.atomic(durable=True)
def not_us(*, scope: Scope, problem_number: int, by: Actor, now: datetime) -> tuple[int, ...]:
    """Nobody at the scope's organisation meets it any more, whoever of them said so. Their tickets stay on it.

    The ids of the persons taken back, for `us_too`. Raises as `not_me`.
    """
    said = Affected.objects.within(scope).filter(person__isnull=False)
    return _take_back(said, scope=scope, problem_number=problem_number, by=by, now=now)


@transaction.atomic(durable=True)
def us_too(*, person_ids: Sequence[int], scope: Scope, problem_number: int, by: Actor, now: datetime) -> None:
    """Undo `not_me` or `not_us`: these persons of the organisation have said "me too" again. Raises as `me_too`."""
    people = list(Person.objects.within(scope).filter(pk__in=person_ids, is_active=True))
    problem = _open_problem(desk_id=scope.desk_id, number=problem_number)
    Affected.unscoped.bulk_create(
        [
            Affected(desk_id=each.desk_id, organisation_id=each.organisation_id, problem=problem, person=each, at=now)
            for each in people
        ],
        ignore_conflicts=True,
    )
    record(kind="problem-us-too", by=by, now=now, desk_id=scope.desk_id, problem=problem.pk, people=len(people))


def _take_back(
    said: QuerySet[Affected], *, scope: Scope, problem_number: int, by: Actor, now: datetime
) -> tuple[int, ...]:
    problem = _open_problem(desk_id=scope.desk_id, number=problem_number)
    taken = said.filter(problem=problem)
    people = tuple(taken.order_by("pk").values_list("person_id", flat=True))
    if people:
        taken.delete()
        record(kind="problem-not-me", by=by, now=now, desk_id=scope.desk_id, problem=problem.pk, people=len(people))
    return people


def _open_problem(*, desk_id: int, number: int) -> KnownProblem:
    problem = KnownProblem.unscoped.filter(desk=desk_id, number=number).first()
    if problem is None:
        raise ProblemMissingError(number)
    if problem.state != State.OPEN:
        raise ProblemClosedError(number)
    return problem


def _lock(*, scope: Scope, number: int, seen_version: int) -> KnownProblem:
    rows = KnownProblem.objects.within(scope).select_for_update(of=("self",)).select_related("desk")
    problem = rows.filter(number=number).first()
    if problem is None:
        raise ProblemMissingError(number)
    if problem.version != seen_version:
        raise ProblemChangedError(number)
    return problem


def _save(problem: KnownProblem, *, now: datetime, fields: list[str]) -> None:
    problem.updated_at = now
    problem.version += 1
    problem.save(update_fields=[*fields, "updated_at", "version"])


def _require_whole(description: Description, desk: Desk) -> None:
    for text in (description.title, description.text):
        _require(text, desk.languages)
    if any(words.strip() for words in description.workaround.values()):
        _require(description.workaround, desk.languages)


def _require(text: Mapping[str, str], languages: Sequence[str]) -> None:
    lacking = [language for language in languages if not text.get(language, "").strip()]
    if lacking:
        raise TextMissingError(lacking)
