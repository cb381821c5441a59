"""The worker's jobs for mail that comes in: a name, one call each. Each may run twice without harm (trust 72)."""

from functools import cache
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from vaxel.channels.mail.incoming.draining import drain
from vaxel.channels.mail.readers import Readers
from vaxel.domain.mailroom.alarms import watch_mailboxes
from vaxel.domain.mailroom.claiming import more_waiting
from vaxel.domain.mailroom.forgetting import forget_old_mails
from vaxel.domain.privacy.keeping import mails_on_hold
from vaxel.jobs.tasks import Patient
from vaxel.kit.queue import defer

#: Seconds after which other jobs get their turn between ten thousand mails (trust 77).
_TURN: Final = 10.0


@app.task(name="take_in_mails", queue="mail_in", retry=Patient())
def take_in_mails() -> None:
    drain(_readers(), clock=timezone.now, seconds=_TURN)
    if more_waiting(now=timezone.now()):
        defer("take_in_mails", queue="mail_in")


@app.periodic(cron="* * * * * */15")
@app.task(name="take_in_left_mails", queue="mail_in", queueing_lock="take_in_left_mails")
def take_in_left_mails(timestamp: int) -> None:  # given by the schedule
    """Mails that broke and are due again, and those of a worker that died."""
    drain(_readers(), clock=timezone.now, seconds=_TURN)


@app.periodic(cron="* * * * *")
@app.task(name="watch_mailboxes", queueing_lock="watch_mailboxes")
def watch_mailboxes_job(timestamp: int) -> None:  # given by the schedule
    watch_mailboxes(now=timezone.now())


@app.periodic(cron="37 3 * * *")
@app.task(name="forget_old_mails", queueing_lock="forget_old_mails")
def forget_old_mails_job(timestamp: int) -> None:  # given by the schedule
    """Before the night's `clear_away_files`, which takes the bytes off the disk."""
    forget_old_mails(spared=mails_on_hold(), now=timezone.now())


@cache
def _readers() -> Readers:
    """Children of this process, started with the first mail and ended with it."""
    return Readers()
