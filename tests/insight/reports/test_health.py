"""Each part is well, and is found out when it is not."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from tests import factories as world
from vaxel.domain.audit import health as audit
from vaxel.domain.audit.health import Part
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.models import OutgoingMail
from vaxel.insight.reports import health
from vaxel.project.environment import Environment

pytestmark = pytest.mark.django_db

NAMES = [
    *("database", "steps", "worker", "queue", "mail", "mailboxes", "policies"),
    *("disk", "data folder", "front end", "settings"),
]


class Usage(NamedTuple):
    """What Python tells about a disk."""

    total: int
    used: int
    free: int


def execute(query: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)


@pytest.fixture
def _worker() -> None:
    execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def make_mail(state: str, *, minutes_ago: int) -> OutgoingMail:
    return OutgoingMail.objects.create(
        desk=Desk.objects.first() or world.make_desk(),
        kind="answer",
        language="sv",
        sender="support@kompass.example",
        recipient="maj@kund.example",
        subject="Svar",
        text="Hej!",
        html="<p>Hej!</p>",
        header_id=f"<{state}{minutes_ago}@kompass.example>",
        state=state,
        created_at=world.NOW - timedelta(minutes=minutes_ago),
    )


@pytest.mark.usefixtures("_worker")
def test_every_part_is_well_in_a_living_installation() -> None:
    world.make_desk()
    assert [(part.name, part.well) for part in health.health_of_parts(now=world.NOW)] == [
        (name, True) for name in NAMES
    ]


@pytest.mark.usefixtures("_worker")
def test_health_page_tells_states_and_no_details(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"well": True, "parts": dict.fromkeys(NAMES, True)})


def test_health_page_is_503_when_a_part_is_not_well(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["well"], answer.json()["parts"]["worker"]) == (503, False, False)
    assert client.get("/health/web/").status_code == 200


def test_t72_silent_worker_counts_as_gone() -> None:
    execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '70 seconds')")
    assert audit.worker() == Part(
        "worker",
        well=False,
        detail="None is at work. The last sign of life is 70 s old. Start one: vaxel worker",
    )


def test_installation_without_a_worker_says_how_to_start_one() -> None:
    assert audit.worker().detail == "None is at work. Start one: vaxel worker"


@pytest.mark.parametrize(("minutes", "well"), [(4, True), (6, False)])
def test_queue_is_not_well_when_work_waits(minutes: int, *, well: bool) -> None:
    execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('mail', 'send_mail')")
    execute("UPDATE procrastinate_events SET at = now() - %s * interval '1 minute'", minutes)
    assert audit.queue() == Part("queue", well=well, detail=f"1 waiting, the oldest for {minutes * 60} s; 0 given up")


def test_work_for_later_does_not_wait() -> None:
    execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
        " VALUES ('mail', 'send_mail', now() + interval '1 hour')"
    )
    assert audit.queue() == Part("queue", well=True, detail="0 waiting, the oldest for 0 s; 0 given up")


def test_missing_step_is_counted() -> None:
    execute("DELETE FROM django_migrations WHERE app = 'notices' AND name = '0001_initial'")
    assert audit.steps() == Part("steps", well=False, detail="1 steps are missing. Run: vaxel setup")
    answer = Client().get("/health/web/")
    assert (answer.status_code, answer.json()) == (503, {"well": False})


def test_mail_that_waits_is_stuck_and_an_uncertain_one_is_told() -> None:
    make_mail("queued", minutes_ago=14)
    make_mail("uncertain", minutes_ago=60)
    assert health.mail(now=world.NOW) == Part("mail", well=True, detail="0 stuck, 1 failed or uncertain in a day")
    make_mail("queued", minutes_ago=16)
    assert health.mail(now=world.NOW).detail.split(".")[0] == "1 stuck, 1 failed or uncertain in a day"
    assert health.mail(now=world.NOW).well is False


def test_missing_mail_server_is_hinted_at(settings: Settings) -> None:
    settings.DEMO = False
    assert health.mail(now=world.NOW) == Part(
        "mail",
        well=True,
        detail="0 stuck, 0 failed or uncertain in a day. No mail server is set, so nobody gets a mail: "
        "see VAXEL_SMTP_HOST in docs/running.md",
    )


def test_desk_without_a_policy_is_named() -> None:
    Desk.objects.create(slug="tom", prefix="TOM", name="Tom", created_at=world.NOW)
    assert health.policies() == Part(
        "policies", well=False, detail="tom: nothing is published. Run: vaxel policy publish FILE"
    )


def test_t73_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 20 * 1024**2))
    assert health.disk() == Part("disk", well=False, detail="20 MB free where the data folder is")


def test_t73_disk_of_its_own_is_told_by_its_folder(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    def usage(folder: Path) -> Usage:
        return Usage(4096, 4000, 96) if folder == Path(settings.MEDIA_ROOT) else Usage(10**12, 0, 10**12)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert health.disk() == Part("disk", well=False, detail=f"0 MB free where {settings.MEDIA_ROOT} is")


def test_secret_key_that_others_can_read_is_told(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    key = tmp_path / "secret-key"
    key.write_text("secret")
    key.chmod(0o644)
    assert health.data_folder().detail == f"Others can read {key}. Run: chmod 600 {key}"
    key.chmod(0o600)
    assert health.data_folder() == Part("data folder", well=True, detail=str(tmp_path))


def test_files_that_others_can_read_are_told(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.MEDIA_ROOT.mkdir(mode=0o755)
    told = f"Others can read {settings.MEDIA_ROOT}. Run: chmod o-rwx {settings.MEDIA_ROOT}"
    assert health.data_folder() == Part("data folder", well=False, detail=told)
    settings.MEDIA_ROOT.chmod(0o750)
    assert health.data_folder().well is True


def test_unsafe_settings_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAXEL_SECRET_KEY")
    settings.ENV = Environment(base_url="https://support.kompass.example", allowed_hosts="*")
    assert health.safety() == Part(
        "settings",
        well=False,
        detail="VAXEL_BEHIND_PROXY is not set, so the limits take everybody behind your proxy for one: set it to true. "
        "VAXEL_ALLOWED_HOSTS answers to any name: write the names",
    )


def test_missing_build_is_told(tmp_path: Path, settings: Settings) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    assert health.front_end().well is False


@pytest.fixture
def _no_database() -> Iterator[None]:
    """Every query fails, as it does when the server is gone."""

    def fail(*_: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.usefixtures("_no_database")
def test_t71_without_a_database_the_rest_is_still_told(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, list(answer.json()["parts"])) == (
        503,
        ["database", "disk", "data folder", "front end", "settings"],
    )
    assert client.get("/health/web/").status_code == 503


def test_part_without_its_tables_does_not_hide_the_others() -> None:
    def look() -> Part:
        raise DatabaseError("no such table")

    assert health._guarded("queue", look) == Part(
        "queue", well=False, detail="Its tables are missing. Run: vaxel setup"
    )
