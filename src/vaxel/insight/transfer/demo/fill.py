"""The whole demonstration: both example desks with ninety days behind them, and a small one whose terms count, into an
empty database.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.conf import settings
from django.db import connection, transaction

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.demo import holds_real_accounts
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.insight.search.lexicon import learn_words
from vaxel.insight.transfer.demo import files
from vaxel.insight.transfer.demo.away import let_be_away
from vaxel.insight.transfer.demo.brought_along import bring_along
from vaxel.insight.transfer.demo.cast import make_cast
from vaxel.insight.transfer.demo.counting import ask_what_counts
from vaxel.insight.transfer.demo.customer_notes import note_customers
from vaxel.insight.transfer.demo.emptying import empty_tables, forget_jobs
from vaxel.insight.transfer.demo.history import Plan, plan_history
from vaxel.insight.transfer.demo.letters import write_newest_mails
from vaxel.insight.transfer.demo.mail_that_waits import ReadMail, let_mails_wait
from vaxel.insight.transfer.demo.news import tell_news
from vaxel.insight.transfer.demo.personal_data import keep_personal_data
from vaxel.insight.transfer.demo.planning_ahead import plan_ahead
from vaxel.insight.transfer.demo.play import play
from vaxel.insight.transfer.demo.policies import draft_policy
from vaxel.insight.transfer.demo.scripts import TicketScript
from vaxel.insight.transfer.demo.setting_up import change_settings
from vaxel.insight.transfer.demo.small_jobs import agree_on_jobs
from vaxel.insight.transfer.demo.stage import Stage, make_desk, set_stage
from vaxel.insight.transfer.demo.together import tie_tickets
from vaxel.insight.transfer.demo.wishing import make_wishes
from vaxel.insight.transfer.manual.importing import import_manual

SEED: Final = 1
TICKETS_PER_DESK: Final = 300
_MANUAL_WRITTEN_BEFORE: Final = timedelta(days=20)
_STARTED: Final = "demo-started"
_FILLED: Final = "demo-filled"

State = Literal["empty", "interrupted", "filled", "in-use"]
#: Told how many of how many tickets are done.
Progress = Callable[[int, int], None]


class NotEmptyError(RuntimeError):
    """The database holds something already, and a demonstration goes into an empty one only."""


class NotADemoError(RuntimeError):
    """The installation is not a demonstration: nothing is thrown away."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a fill has made."""

    desks: int
    organisations: int
    people: int
    tickets: int
    messages: int


def demo_state() -> State:
    """How far a demonstration has come here; "in-use" when desks were made by somebody else."""
    if not Desk.objects.exists():
        return "empty"
    marks = set(AuditEntry.unscoped.filter(kind__in=[_STARTED, _FILLED]).values_list("kind", flat=True))
    if _FILLED in marks:
        return "filled"
    return "interrupted" if _STARTED in marks else "in-use"


def ensure_demo(
    *, read: ReadMail, now: datetime, progress: Progress | None = None, tickets_per_desk: int = TICKETS_PER_DESK
) -> Summary | None:
    """Fill an empty database, and one whose filling was interrupted; None when there was nothing to do."""
    state = demo_state()
    if state in {"filled", "in-use"}:
        return None
    make = reset_demo if state == "interrupted" else fill_demo
    return make(read=read, now=now, progress=progress, tickets_per_desk=tickets_per_desk)


def reset_demo(
    *, read: ReadMail, now: datetime, progress: Progress | None = None, tickets_per_desk: int = TICKETS_PER_DESK
) -> Summary:
    """Throw everything away and fill anew. Raises NotADemoError where real people have accounts."""
    if not settings.DEMO or holds_real_accounts():
        raise NotADemoError("Nothing was thrown away: this is no demonstration, or real people have accounts here.")
    empty_tables()
    return fill_demo(read=read, now=now, progress=progress, tickets_per_desk=tickets_per_desk)


def fill_demo(
    *, read: ReadMail, now: datetime, progress: Progress | None = None, tickets_per_desk: int = TICKETS_PER_DESK
) -> Summary:
    """Make the example desks with their people and their history up to `now`; `read` reads the mails that came in.

    Raises NotEmptyError unless the database is empty. What people were told by mail in the past counts as sent:
    the newest mails are there to be read, and the worker is left with nothing to do.
    """
    if Desk.objects.exists():
        raise NotEmptyError("The database is not empty. `vaxel demo reset` throws the demonstration away first.")
    with _quick_commits():
        record(kind=_STARTED, by=SYSTEM, now=now)
        stages = [_set(slug, now=now) for slug in files.DESKS]
        _play_all(stages, now=now, count=tickets_per_desk, progress=progress or (lambda _done, _all: None))
        for stage in stages:
            tell_news(files.news_file(stage.desk.slug), stage=stage, now=now)
            tie_tickets(stage, now=now)
            plan_ahead(stage, now=now)
            bring_along(stage, now=now)
            let_be_away(stage, now=now)
            agree_on_jobs(stage, now=now)
            note_customers(stage, now=now)
            make_wishes(files.wish_file(stage.desk.slug).wish, stage=stage, now=now)
            change_settings(stage, now=now)
            draft_policy(stage, source=files.policy_source(stage.desk.slug), now=now)
        counting = _set(files.COUNTING_DESK, now=now)
        ask_what_counts(counting, now=now)
        write_newest_mails()
        for stage in stages:
            let_mails_wait(stage, read=read, now=now)
            keep_personal_data(stage, now=now)
        forget_jobs()
        record(kind=_FILLED, by=SYSTEM, now=now)
    everywhere = [*stages, counting]
    return Summary(
        desks=len(everywhere),
        organisations=sum(len(stage.organisations) for stage in everywhere),
        people=sum(len(stage.people) for stage in everywhere),
        tickets=Ticket.unscoped.count(),
        messages=Message.unscoped.count(),
    )


@contextmanager
def _quick_commits() -> Iterator[None]:
    """A commit need not reach the disk: what a power cut takes is made again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _set(slug: str, *, now: datetime) -> Stage:
    part = files.desk_file(slug)
    desk = make_desk(part.desk, now=now)
    import_manual(files.manual_folder(slug), desk=desk, by=SYSTEM, now=now - _MANUAL_WRITTEN_BEFORE)
    learn_words(desk_id=desk.pk)
    cast = make_cast(part, files.name_file(), seed=SEED, today=now.date())
    with transaction.atomic():
        return set_stage(desk, cast, limits=seat_limits(desk))


def seat_limits(desk: Desk) -> dict[str, int | None]:
    """How many support contacts each plan gives; None for unlimited."""
    plans = current_policy(desk).file.plans
    return {name: None if plan.contacts == "unlimited" else plan.contacts for name, plan in plans.items()}


def _play_all(stages: list[Stage], *, now: datetime, count: int, progress: Progress) -> None:
    """Each desk in a thread of its own: while one waits for the database, the other writes."""
    done = Counter[str]()

    def play_desk(stage: Stage) -> None:
        with closing(connection), _quick_commits():
            for script in _history(stage, now=now, count=count):
                play(script, stage=stage)
                done[stage.desk.slug] += 1
                progress(done.total(), count * len(stages))

    with ThreadPoolExecutor(len(stages)) as pool:
        for result in [pool.submit(play_desk, stage) for stage in stages]:
            result.result()


def _history(stage: Stage, *, now: datetime, count: int) -> Iterator[TicketScript]:
    return plan_history(
        Plan(
            cast=stage.cast,
            conversations=files.conversation_file(stage.desk.slug),
            policy=current_policy(stage.desk),
            seed=SEED,
            count=count,
            now=now,
        )
    )
