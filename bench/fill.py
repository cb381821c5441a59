"""Fill the database that Django is pointed at with so many tickets: `python -m bench.fill 100000`.

What is there already is kept when it was filled to the end by the same generator. Newer changes of the tables are made
to it, as an upgrade makes them to an installation; only when a change that it has had is gone is it filled again.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # Django must be set up before
from django.db import connection  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.utils import timezone  # noqa: E402

from vaxel.domain.audit.actor import SYSTEM  # noqa: E402
from vaxel.domain.audit.models import AuditEntry  # noqa: E402
from vaxel.domain.audit.record import record  # noqa: E402
from vaxel.domain.desks.policies import current_policy  # noqa: E402
from vaxel.insight.transfer.demo import files  # noqa: E402
from vaxel.insight.transfer.demo.bulk import copy_history  # noqa: E402
from vaxel.insight.transfer.demo.cast import make_cast  # noqa: E402
from vaxel.insight.transfer.demo.emptying import empty_tables  # noqa: E402
from vaxel.insight.transfer.demo.fill import seat_limits  # noqa: E402
from vaxel.insight.transfer.demo.history import Plan, plan_history  # noqa: E402
from vaxel.insight.transfer.demo.stage import make_desk, set_stage  # noqa: E402

DESK = "kompass"
SEED = 7
MESSAGES = 5
TICKETS_PER_ORGANISATION = 250
#: A larger installation has its tickets over a longer time.
TICKETS_PER_DAY = 150
MOST_DAYS = 1000
#: Another one for each change of what the generator makes.
_DONE = "bench-filled-3"


def main(tickets: int) -> None:
    """Fill unless it was done."""
    if _has_another_past():
        _forget_tables()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if _is_filled(tickets):
        return
    empty_tables()
    started = time.perf_counter()
    fill(tickets)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    record(kind=_DONE, by=SYSTEM, now=timezone.now(), tickets=tickets)
    print(f"Filled with {tickets:,} tickets in {time.perf_counter() - started:.0f} s.")


def fill(tickets: int) -> None:
    """One desk with its customers and so many tickets, copied."""
    now = timezone.now()
    part = files.desk_file(DESK)
    desk = make_desk(part.desk, now=now)
    organisations = max(len(part.organisations), tickets // TICKETS_PER_ORGANISATION)
    cast = make_cast(part, files.name_file(), seed=SEED, today=now.date(), organisations=organisations)
    stage = set_stage(desk, cast, limits=seat_limits(desk))
    plan = Plan(
        cast=cast,
        conversations=files.conversation_file(DESK),
        policy=current_policy(desk),
        seed=SEED,
        count=tickets,
        now=now,
        days=min(max(90, tickets // TICKETS_PER_DAY), MOST_DAYS),
        least_messages=MESSAGES,
    )
    copy_history(plan_history(plan), stage=stage, progress=lambda done: _tell(done, tickets))


def _is_filled(tickets: int) -> bool:
    mark = AuditEntry.unscoped.filter(kind=_DONE).order_by("-id").first()
    return mark is not None and mark.data == {"tickets": tickets}


def _has_another_past() -> bool:
    """True when the tables have had a change that is not among today's."""
    loader = MigrationLoader(connection)
    return bool(set(loader.applied_migrations) - set(loader.disk_migrations))


def _forget_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _tell(done: int, tickets: int) -> None:
    if sys.stdout.isatty():
        print(f"\rFilling: {done:,} of {tickets:,} tickets", end="\n" if done >= tickets else "", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
