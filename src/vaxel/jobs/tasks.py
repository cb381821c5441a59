"""The worker's jobs: a name, ids in, one domain call. Each may run twice without harm (trust 72)."""

import random
from datetime import timedelta
from typing import Final

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from vaxel.channels.mail import outbound
from vaxel.domain.manual import writing as manual
from vaxel.domain.notices import digests, outbox, problem_updates, telling, wish_answers
from vaxel.domain.publishing import trials
from vaxel.insight.reports import answer_pace
from vaxel.insight.search import lexicon

_MOST_FAULTS: Final = 12
_FIRST_WAIT: Final = timedelta(seconds=5)
_LONGEST_WAIT: Final = timedelta(hours=1)


class Patient(BaseRetryStrategy):
    """Try again: when the mail says so, or later and later after a fault (a database that restarts, a bug).

    A quarter of each wait is chance, so that what failed together does not come back together (trust 74).
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, outbound.TryLaterError):
            return _again_after(exception.wait)
        if job.attempts >= _MOST_FAULTS:
            return None
        return _again_after(min(_FIRST_WAIT * 2**job.attempts, _LONGEST_WAIT))


def _again_after(wait: timedelta) -> RetryDecision:
    chance = random.uniform(1, 1.25)  # noqa: S311  # spreads load, guards nothing
    return RetryDecision(retry_in={"seconds": round(wait.total_seconds() * chance)})


@app.task(name="tell_about_event", retry=Patient())
def tell_about_event(event_id: int) -> None:
    telling.tell(event_id=event_id, now=timezone.now())


@app.task(name="tell_and_hold", retry=Patient())
def tell_and_hold(event_id: int) -> None:
    """What `tell_about_event` becomes in a restored installation (`vaxel.insight.transfer.installation.restore`)."""
    telling.tell(event_id=event_id, now=timezone.now(), hold=True)


@app.task(name="tell_about_problem_update", retry=Patient())
def tell_about_problem_update(update_id: int) -> None:
    problem_updates.tell_update(update_id=update_id, now=timezone.now())


@app.task(name="tell_problem_update_and_hold", retry=Patient())
def tell_problem_update_and_hold(update_id: int) -> None:
    """What `tell_about_problem_update` becomes in a restored installation."""
    problem_updates.tell_update(update_id=update_id, now=timezone.now(), hold=True)


@app.task(name="tell_about_wish", retry=Patient())
def tell_about_wish(answer_id: int, *, hold: bool = False) -> None:
    """`hold` is set in a restored installation: staff let the mails go."""
    wish_answers.tell_answer(answer_id=answer_id, now=timezone.now(), hold=hold)


@app.task(name="send_mail", queue="mail", retry=Patient())
def send_mail(mail_id: int) -> None:
    outbound.send(mail_id=mail_id, now=timezone.now())


@app.task(name="try_policy", retry=Patient())
def try_policy(trial_id: int) -> None:
    trials.run_trial(trial_id=trial_id, clock=timezone.now)


@app.periodic(cron="3 * * * *")
@app.task(name="send_digests", queueing_lock="send_digests", retry=Patient())
def send_digests(timestamp: int) -> None:
    digests.send_digests(now=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="measure_answer_pace", queueing_lock="measure_answer_pace")
def measure_answer_pace(timestamp: int) -> None:
    answer_pace.measure_paces(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="settle_abandoned_mails", queueing_lock="settle_abandoned_mails")
def settle_abandoned_mails(timestamp: int) -> None:
    outbox.sweep(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="publish_planned_articles", queueing_lock="publish_planned_articles")
def publish_planned_articles(timestamp: int) -> None:
    manual.publish_due(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="learn_new_words", queueing_lock="learn_new_words")
def learn_new_words(timestamp: int) -> None:
    lexicon.learn_new_words()
