"""What a restore refuses, and that one which breaks off changes nothing. The whole way is in tests/faults."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.insight.transfer.installation import restore
from vaxel.insight.transfer.installation.backup import recorded_steps
from vaxel.insight.transfer.installation.manifest import Digest, Files, Manifest
from vaxel.insight.transfer.installation.programs import Programs, ProgramsError, programs_for
from vaxel.insight.transfer.installation.restore import RestoreError, holds_something, require_fitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest() -> Manifest:
    return Manifest(
        format=1,
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
        server=18,
        pg_dump=18,
        steps=tuple(recorded_steps()),
        counts={},
        database=Digest(size=1, sha256=""),
        files=Files(count=0, bytes=0, sha256=""),
        lost=(),
        secret_key=None,
        key_mark="",
    )


def test_backup_of_this_version_fits(manifest: Manifest) -> None:
    assert require_fitting(manifest) == programs_for(18)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("steps", ("tickets.9999_x",), "The backup was made by a newer Växel (tickets.9999_x is not known here). "),
        ("server", 99, "The backup is from PostgreSQL 99, and the database here is PostgreSQL 18. "),
        ("format", 2, "The backup was made by a newer Växel. Install that version first"),
    ],
)
def test_backup_that_does_not_fit_is_refused(manifest: Manifest, field: str, value: object, said: str) -> None:
    with pytest.raises(RestoreError) as refused:
        require_fitting(manifest.model_copy(update={field: value}))
    assert str(refused.value)[: len(said)] == said


def test_older_backup_fits(manifest: Manifest) -> None:
    older = manifest.model_copy(update={"steps": manifest.steps[:20], "server": 15, "pg_dump": 15})
    assert require_fitting(older).major == 18


def test_programs_that_are_missing_are_named() -> None:
    with pytest.raises(ProgramsError, match="Install them: postgresql-client-99"):
        programs_for(18, at_least=99)
    assert programs_for(15).major == 15


def test_empty_installation_holds_nothing_until_there_is_a_desk() -> None:
    assert holds_something() is False
    world.make_desk()
    assert holds_something() is True


@pytest.mark.django_db(transaction=True)
def test_t78_dump_that_breaks_off_changes_nothing(tmp_path: Path) -> None:
    desk = world.make_desk()
    real = programs_for(18).folder
    (tmp_path / "psql").symlink_to(real / "psql")
    broken = tmp_path / "pg_restore"
    broken.write_text("#!/bin/sh\necho 'CREATE TABLE public.half (id int);'\necho 'pg_restore: torn' >&2\nexit 1\n")
    broken.chmod(0o755)

    with tmp_path.joinpath("dump").open("w+b") as dump, pytest.raises(RestoreError) as refused:
        restore._load_database(Programs(tmp_path, 18), dump)

    assert str(refused.value) == "The database refused the backup: pg_restore: torn"
    assert list(Desk.objects.all()) == [desk]
