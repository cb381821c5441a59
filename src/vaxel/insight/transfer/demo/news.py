"""Known problems and operating notices of the demonstration, through the doors that staff use."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.problems import known
from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.problems.operating import NoticeWords, publish_notice
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.files import NewsFile, NoticePart, ProblemPart
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

#: More tickets about one fault than a demonstration needs to show.
_MOST_TICKETS = 5
_SATURDAY, _DAYS_OF_A_WEEK = 5, 7


def tell_news(news: NewsFile, *, stage: Stage, now: datetime) -> None:
    """What the desk has told, and whom it affects; after the tickets, which hang on it."""
    staff = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk")[0]
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    for part in news.problem:
        _make_known(part, stage=stage, by=by, now=now)
    for notice in news.notice:
        _publish(notice, stage=stage, by=by, now=now)


def _make_known(part: ProblemPart, *, stage: Stage, by: Actor, now: datetime) -> None:
    opened = now - timedelta(days=part.days)
    description = known.Description(
        title=part.title, text=part.text, workaround=part.workaround, products=part.products
    )
    problem = known.open_problem(description, desk=stage.desk, by=by, now=opened)
    scope = Scope(desk_id=stage.desk.pk)
    for number in _tickets_about(part.about, scope=scope):
        known.hang_ticket(scope=scope, ticket_number=number, problem_number=problem.number, by=by, now=opened)
    for person in _joiners(part, stage=stage):
        known.me_too(
            person_id=person.pk,
            scope=Scope(desk_id=person.desk_id, organisation_id=person.organisation_id),
            problem_number=problem.number,
            by=Actor(kind="person", id=person.pk, name=person.name),
            now=opened,
        )
    for update in part.update:
        known.tell_about_problem(
            update.text,
            scope=scope,
            number=problem.number,
            seen_version=KnownProblem.unscoped.get(pk=problem.pk).version,
            state=update.state,
            by=by,
            now=now - timedelta(days=update.days),
        )


def _tickets_about(words: Sequence[str], *, scope: Scope) -> list[int]:
    """The newest unfinished tickets that have one of the words in their subject."""
    if not words:
        return []
    about = Q()
    for word in words:
        about |= Q(subject__icontains=word)
    rows = Ticket.objects.within(scope).filter(about, status__in=[each.value for each in OPEN_STATUSES])
    return list(rows.order_by("-number").values_list("number", flat=True)[:_MOST_TICKETS])


def _joiners(part: ProblemPart, *, stage: Stage) -> list[Person]:
    """One person each of as many organisations as said "me too"."""
    people = Person.unscoped.filter(desk=stage.desk, is_active=True, seats__isnull=False)
    return list(people.order_by("organisation", "pk").distinct("organisation")[: part.me_too])


def _publish(part: NoticePart, *, stage: Stage, by: Actor, now: datetime) -> None:
    starts_at = _begins(part, stage=stage, now=now)
    lasts = None if part.ends is None else timedelta(hours=part.ends - part.starts)
    words = NoticeWords(
        title=part.title,
        text=part.text,
        starts_at=starts_at,
        ends_at=None if lasts is None else starts_at + lasts,
        products=part.products,
    )
    publish_notice(words, desk=stage.desk, by=by, now=now)


def _begins(part: NoticePart, *, stage: Stage, now: datetime) -> datetime:
    begins = (now + timedelta(hours=part.starts)).astimezone(ZoneInfo(stage.desk.time_zone))
    if part.clock is None:
        return begins.replace(minute=0, second=0, microsecond=0)
    until_monday = (_DAYS_OF_A_WEEK - begins.weekday()) if begins.weekday() >= _SATURDAY else 0
    return begins.replace(hour=part.clock, minute=0, second=0, microsecond=0) + timedelta(days=until_monday)
