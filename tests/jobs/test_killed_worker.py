"""kill -9 of a real worker in the middle of a job: nothing is lost, and nothing is sent twice.

The database is the real one of the test run, committed, because the worker reads it from another process.
"""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests import factories as world
from tests.channels.smtp_stub import BEFORE_WORDS, SmtpStub, smtp_stub
from tests.jobs.workers import kill, wait_until, worker
from tests.jobs_run import run_jobs
from vaxel.domain.notices import outbox
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stub(settings: Settings) -> Iterator[SmtpStub]:
    with smtp_stub() as server:
        settings.EMAIL_BACKEND = "vaxel.channels.mail.smtp.WatchedBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def person() -> Iterator[Person]:
    _forget_jobs()
    yield world.make_person(world.make_organisation(world.make_desk()))
    _forget_jobs()


def _forget_jobs() -> None:
    """The queue is no model of Django's, so the test run does not empty it."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def queue_mail(person: Person, number: int = 1) -> OutgoingMail:
    with transaction.atomic():
        mail = OutgoingMail.objects.create(
            desk_id=person.desk_id,
            kind="answer",
            language="sv",
            sender_name="Sven Berg, Kompass",
            sender="support@kompass.example",
            recipient=person.email,
            subject="[KOM-1001] Svar: Oväntat fel",
            text="Hej!\n",
            html="<p>Hej!</p>",
            header_id=f"<{number}@kompass.example>",
            created_at=world.NOW,
        )
        outbox.hand_to_worker(mail.pk)
    return mail


def settle_what_was_left() -> None:
    """What the next worker does minutes later: the stalled jobs anew, and the mails of the dead."""
    begin_stalled_jobs_anew()
    outbox.sweep(now=timezone.now() + timedelta(minutes=3))
    run_jobs()


def begin_stalled_jobs_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE status = 'doing'")


def took_more_than(count: int, stub: SmtpStub) -> bool:
    return len(stub.taken) > count


@pytest.mark.parametrize("phase", BEFORE_WORDS)
def test_t67_killed_before_the_words_the_mail_is_sent_once_by_the_next(
    phase: str, stub: SmtpStub, person: Person
) -> None:
    mail = queue_mail(person)
    stub.plan = {phase: "hang"}
    with worker(smtp_port=stub.port) as process:
        assert stub.hanging.wait(90)
        kill(process)
    assert OutgoingMail.unscoped.get().state == "sending"

    stub.plan = {}
    settle_what_was_left()

    assert (OutgoingMail.unscoped.get().state, stub.taken) == ("sent", [mail.header_id])


def test_t67_killed_after_the_words_the_mail_is_uncertain_and_not_sent_again(stub: SmtpStub, person: Person) -> None:
    mail = queue_mail(person)
    stub.plan = {"end": "hang"}
    with worker(smtp_port=stub.port) as process:
        assert stub.hanging.wait(90)
        kill(process)

    stub.plan = {}
    settle_what_was_left()

    left = OutgoingMail.unscoped.get()
    assert (left.state, left.reason, stub.taken) == ("uncertain", "worker-stopped", [mail.header_id])


def test_t67_killed_after_the_servers_yes_the_mail_is_sent(stub: SmtpStub, person: Person) -> None:
    mail = queue_mail(person)
    stub.plan = {"quit": "hang"}
    with worker(smtp_port=stub.port) as process:
        assert stub.hanging.wait(90)
        kill(process)

    stub.plan = {}
    settle_what_was_left()

    assert (OutgoingMail.unscoped.get().state, stub.taken) == ("sent", [mail.header_id])


def test_t72_killed_while_telling_the_next_worker_tells_once(stub: SmtpStub, person: Person) -> None:
    world.ask(person)
    with transaction.atomic(), worker(smtp_port=stub.port) as process:
        Event.unscoped.select_for_update().get()
        wait_until(lambda: ProcrastinateJob.objects.filter(task_name="tell_about_event", status="doing").exists())
        kill(process)
    assert OutgoingMail.unscoped.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")

    with worker(smtp_port=stub.port):
        wait_until(lambda: OutgoingMail.unscoped.filter(state="sent").exists())

    assert stub.taken == [OutgoingMail.unscoped.get().header_id]


def test_t66_killed_at_random_all_mails_are_sent_once_or_uncertain(stub: SmtpStub, person: Person) -> None:
    chance = random.Random(66)  # noqa: S311  # the same moments at every run
    ids = {queue_mail(person, number).header_id for number in range(40)}
    for _ in range(4):
        with worker(smtp_port=stub.port) as process:
            wait_until(partial(took_more_than, len(stub.taken), stub))
            time.sleep(chance.uniform(0, 0.05))
            kill(process)
        begin_stalled_jobs_anew()

    settle_what_was_left()

    states = dict(OutgoingMail.unscoped.values_list("header_id", "state"))
    sent = {name for name, state in states.items() if state == "sent"}
    uncertain = {name for name, state in states.items() if state == "uncertain"}
    assert len(stub.taken) == len(set(stub.taken))
    assert sent | uncertain == ids
    assert sent <= set(stub.taken)
    assert len(uncertain) <= 4
