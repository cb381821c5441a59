"""The whole demonstration, small: into an empty database, once, and away again.

To fill one takes seconds of a processor: each test has a copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import LazySettings, settings
from django.db import connection, transaction
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from tests.databases import other_database
from tests.factories import make_account
from vaxel.channels.mail.reading.reader import read
from vaxel.cli.desk import tell_of_demonstration
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import held_count
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.people.gaps import desk_gaps
from vaxel.domain.people.models import Absence, Agreement, Person
from vaxel.domain.privacy.exports import export_path
from vaxel.domain.privacy.models import CustomerExport
from vaxel.domain.problems.models import Affected, KnownProblem, OperatingNotice
from vaxel.domain.problems.operating import phase_of
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.counts import quotas_of
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.models import Blob, Message, Ticket
from vaxel.insight.transfer.demo import (
    NotADemoError,
    NotEmptyError,
    Summary,
    demo_state,
    ensure_demo,
    files,
    fill_demo,
    reset_demo,
)
from vaxel.kit.tenancy import Scope

NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)
#: Tickets of the small desk whose terms count.
COUNTED = len(files.desk_file(files.COUNTING_DESK).tickets)
PER_DESK = 60
#: Beyond those, and those of the small desk: what was parted from another ticket, or was passed on.
COME_OF_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Demo:
    """A database that has been filled once, and its files; only copied."""

    database: str
    folder: Path
    summary: Summary
    #: What was told of the progress.
    told: list[tuple[int, int]]


@pytest.fixture(scope="module")
def made(
    run_server: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    worker_id: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Demo:
    database, folder = f"vaxel_{worker_id}_demo", tmp_path_factory.mktemp("demo")
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    with django_db_blocker.unblock(), other_database(run_server, database), override_settings(MEDIA_ROOT=folder):
        summary = fill_demo(read=read, now=NOW, tickets_per_desk=PER_DESK, progress=tell)
    return Demo(database, folder, summary, told)


@pytest.fixture
def filled(
    made: Demo, run_server: Path, django_db_blocker: DjangoDbBlocker, settings: LazySettings, tmp_path: Path
) -> Iterator[Demo]:
    """The demonstration, in a database and a folder of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    copytree(made.folder, settings.MEDIA_ROOT)
    with django_db_blocker.unblock(), other_database(run_server, f"{made.database}_copy", of=made.database):
        yield made


def test_empty_database_is_filled_and_left_in_peace(filled: Demo) -> None:
    summary, all_played = filled.summary, 2 * PER_DESK
    assert (summary.desks, summary.organisations, summary.people) == (3, 47, 309)
    assert summary.tickets == all_played + COME_OF_OTHERS + COUNTED
    assert filled.told[-1] == (all_played, all_played)
    assert demo_state() == "filled"
    assert ensure_demo(read=read, now=NOW) is None
    assert list(ProcrastinateJob.objects.filter(status="todo")) == []
    assert set(OutgoingMail.unscoped.values_list("state", flat=True)) == {"sent", "uncertain", "bounced"}


def test_desks_tell_of_problems_and_of_what_goes_on(filled: Demo) -> None:
    states = list(KnownProblem.unscoped.order_by("desk__slug", "number").values_list("desk__slug", "state"))
    baver, kompass = (
        (("baver", "open"), ("baver", "fixed")),
        (("kompass", "open"), ("kompass", "fixed"), ("kompass", "open")),
    )
    assert states == [*baver, *kompass]
    assert Affected.unscoped.filter(person__isnull=False).count() == 10
    phases = sorted(phase_of(each, now=NOW) for each in OperatingNotice.unscoped.all())
    assert phases == ["ongoing", "planned", "planned"]


@pytest.mark.django_db
def test_database_that_holds_something_is_left_alone() -> None:
    Desk.objects.create(slug="own", prefix="OWN", name="Own", created_at=NOW)
    assert demo_state() == "in-use"
    with pytest.raises(NotEmptyError):
        fill_demo(read=read, now=NOW)
    assert Ticket.unscoped.count() == 0


def test_interrupted_fill_is_begun_again_without_the_files_of_before(filled: Demo) -> None:
    before = _files()
    assert before == set(Blob.unscoped.values_list("key", flat=True)) | _exports()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vaxel.audit_door', 'retention', true)")
        AuditEntry.unscoped.filter(kind="demo-filled").delete()
    assert demo_state() == "interrupted"
    summary = ensure_demo(read=read, now=NOW, tickets_per_desk=0)
    assert summary is not None
    assert (summary.tickets, demo_state()) == (COUNTED, "filled")
    after = _files()
    assert after == set(ReceivedMail.unscoped.values_list("raw__key", flat=True)) | _exports()


def test_reset_spares_real_people(filled: Demo) -> None:
    make_account(email="somebody@real-organisation.se")
    with pytest.raises(NotADemoError):
        reset_demo(read=read, now=NOW)
    assert Ticket.unscoped.count() == filled.summary.tickets


def _files() -> set[str]:
    """All that lies in the folder, by its way there."""
    folder = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _exports() -> set[str]:
    made = CustomerExport.unscoped.exclude(key="").values_list("key", flat=True)
    return {str(export_path(key).relative_to(settings.MEDIA_ROOT)) for key in made}


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("ada@own.example", "vaxel demo reset throws this desk away too."),
        ("ada@real-organisation.se", "its pages (/demo/) are shut now that somebody real has an account."),
    ],
)
def test_desk_beside_it_is_told_of_it(filled: Demo, email: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    tell_of_demonstration(email)
    assert capsys.readouterr().out.startswith(f"The demonstration is in the same data folder: {told} A folder of its ")


@pytest.mark.django_db
def test_desk_without_it_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Desk.objects.create(slug="own", prefix="OWN", name="Own", created_at=NOW)
    tell_of_demonstration("ada@real-organisation.se")
    assert capsys.readouterr().out == ""


def test_mails_have_brought_people_along(filled: Demo) -> None:
    assert set(Participant.unscoped.values_list("state", flat=True)) == {"waiting", "let-in"}


def test_tickets_belong_together_and_a_question_is_passed_on(filled: Demo) -> None:
    kinds = set(Link.unscoped.values_list("kind", flat=True))
    assert kinds == {"split-from", "merged-into", "caused-by", "passed-on-from"}
    passed_on = set(Link.unscoped.filter(kind="passed-on-from").values_list("other", flat=True))
    noted = set(ContactsNote.unscoped.values_list("ticket", flat=True))
    assert (passed_on < noted, len(noted)) == (True, 2 * len(passed_on))


def test_whoever_asks_two_things_at_once_has_signed_both(filled: Demo) -> None:
    for link in Link.unscoped.filter(kind="split-from").select_related("other__requester", "ticket"):
        asker, text = link.other.requester, Message.unscoped.filter(ticket=link.other).earliest("at", "id").text
        colleagues = Person.unscoped.filter(organisation=asker.organisation_id).exclude(pk=asker.pk)
        names = {part for each in colleagues for part in each.name.split()} - set(asker.name.split())
        line_ends = {line.strip(" ,./").split(" ")[-1] for line in text.splitlines()}
        assert line_ends & names == set()
        assert link.ticket.requester_id == asker.pk


def test_somebody_is_away_and_a_question_is_handed_over(filled: Demo) -> None:
    away = Absence.unscoped.filter(desk__slug="kompass").order_by("pk")
    assert [each.stand_in_id is not None for each in away] == [True, False]
    [ticket] = Ticket.unscoped.exclude(handed_to="")
    assert (ticket.destination, ticket.assignee_id is not None) == (ticket.handed_to, True)
    assert desk_gaps(Scope(ticket.desk_id), roles=["account-manager"], teams=["support"], today=NOW.date()).teams == ()


def test_history_of_settings_has_something_to_tell(filled: Demo) -> None:
    told = AuditEntry.unscoped.filter(changes__isnull=False, by_kind="staff").values_list("kind", flat=True)
    assert {"organisation-changed", "person-changed", "staff-changed", "canned-reply-changed"} <= set(told)


def test_mails_wait_for_many_reasons_and_no_mailbox_looks_for_a_server(filled: Demo) -> None:
    waiting = ("stranger", "refused", "not-authentic", "several-organisations", "unreadable")
    for desk in Desk.objects.filter(slug__in=files.DESKS).order_by("slug"):
        mails = ReceivedMail.unscoped.filter(desk=desk).order_by("-received_at")
        assert tuple(mails.filter(state="quarantine").values_list("reason", flat=True)) == waiting
        assert list(mails.filter(state="ignored").values_list("reason", flat=True)) == ["automatic"]
        assert list(mails.filter(state="bounce").values_list("reason", flat=True)) == ["came-back"]
        assert held_count(Scope(desk_id=desk.pk), most=99).alone() == len(waiting)
        troubled = OutgoingMail.unscoped.filter(desk=desk).exclude(state="sent").values_list("state", flat=True)
        assert sorted(troubled) == ["bounced", "uncertain"]
        [mailbox] = Mailbox.unscoped.filter(desk=desk)
        assert (mailbox.way, mailbox.host, desk.reads_mail) == ("pipe", "", False)
        assert mailbox.heard_at == mails[0].received_at


def test_small_desk_s_customers_have_used_what_the_sign_in_page_says(filled: Demo) -> None:
    desk = Desk.objects.get(slug=files.COUNTING_DESK)
    agreements = Agreement.unscoped.filter(desk=desk).select_related("organisation").order_by("pk")
    used = {
        each.organisation.name: [
            (quota.fact, quota.used, quota.limit)
            for quota in quotas_of(current_policy(desk), agreement=each, desk=desk, now=NOW)
        ]
        for each in agreements
    }
    assert used == {
        "Strandmarkens kommun": [("sessions", 5, 6)],
        "Hallonåsens fritid": [("faults", 1, 2)],
        "Ekorrvikens simhall": [("faults", 2, 2)],
    }
