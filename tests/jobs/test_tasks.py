"""The worker's jobs: each name that is handed over is known, and each failure waits its time."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

import vaxel
import vaxel.jobs.mail_in  # its tasks are known to a worker by the settings
from vaxel.channels.mail.outbound import TryLaterError
from vaxel.jobs.tasks import Patient

SOURCE = Path(vaxel.__file__).parent


def job(*, attempts: int) -> Job:
    return Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="send_mail", attempts=attempts)


def wait_after(exception: Exception, *, attempts: int) -> timedelta | None:
    decision = Patient().get_retry_decision(exception=exception, job=job(attempts=attempts))
    if decision is None or decision.retry_at is None:
        return None
    return decision.retry_at - timezone.now()


def test_every_name_that_is_handed_over_is_a_job() -> None:
    names = {
        name
        for file in SOURCE.rglob("*.py")
        for name in re.findall(r"""(?<![.\w])defer\(\s*["']([a-z_]+)["']""", file.read_text(encoding="utf-8"))
    }

    assert {"tell_about_event", "send_mail"} <= names
    assert names - set(app.tasks) == set()


@pytest.mark.parametrize("minutes", [1, 30, 360])
def test_t74_a_mail_waits_as_long_as_it_says_and_up_to_a_quarter_more(minutes: int) -> None:
    asked = timedelta(minutes=minutes)

    waits = {wait_after(TryLaterError(asked), attempts=40) for _ in range(20)}

    assert len({wait.seconds for wait in waits if wait is not None}) > 3
    assert [wait for wait in waits if wait is None or not asked * 0.98 <= wait <= asked * 1.26] == []


def test_t72_a_fault_is_tried_again_later_and_later_and_then_given_up() -> None:
    waits = [wait_after(RuntimeError(), attempts=attempts) for attempts in (0, 3, 11, 12)]

    assert waits[3] is None
    known = [wait for wait in waits if wait is not None]
    assert [timedelta(seconds=4) < known[0] < timedelta(seconds=8), known == sorted(known)] == [True, True]
    assert known[2] <= timedelta(hours=1, minutes=16)
