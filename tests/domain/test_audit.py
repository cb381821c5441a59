"""The trail and the record of readings only grow: no code of ours and no hand at the database changes them (84)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories as world
from tests.factories import NOW
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.erasing import audit_may_forget
from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.audit.record import record

SOURCE = Path(__file__).parents[2] / "src" / "vaxel"


@pytest.fixture
def rows(db: None) -> None:
    desk = world.make_desk()
    record(kind="signed-in", by=SYSTEM, now=NOW, desk_id=desk.pk, account_id=7)
    note_reading(Reading.What.TICKET, desk_id=desk.pk, what_id=7, by=SYSTEM, now=NOW)
    _say("SET CONSTRAINTS ALL IMMEDIATE")
    _say("SELECT set_config('vaxel.audit_door', '', true)")


def _say(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("door", ["", "erasing", "retention"])
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_reading"])
def test_t84_the_database_refuses_to_change_who_did_what(table: str, door: str) -> None:
    _say(f"SELECT set_config('vaxel.audit_door', '{door}', true)")  # of the table above

    for change in (f"UPDATE {table} SET by_id = 8", f"UPDATE {table} SET at = now()", f"TRUNCATE {table}"):  # noqa: S608  # the same
        with pytest.raises(IntegrityError), transaction.atomic():
            _say(change)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_reading"])
def test_t84_nothing_is_removed_but_by_retention(table: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _say(f"DELETE FROM {table}")  # noqa: S608  # of the table above


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.unscoped.update(by_name="Någon annan"),
        lambda: AuditEntry.unscoped.update(kind="signed-out"),
        lambda: AuditEntry.unscoped.all().delete(),
        lambda: Reading.unscoped.update(by_id=9),
        lambda: Reading.unscoped.all().delete(),
    ],
)
def test_t84_our_own_code_cannot_either(change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.usefixtures("rows")
def test_t81_erasing_may_strike_a_name_and_nothing_else() -> None:
    with audit_may_forget():
        AuditEntry.unscoped.filter(kind="signed-in").update(by_name="Person 7")
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEntry.unscoped.filter(kind="signed-in").update(kind="signed-out")

    assert AuditEntry.unscoped.get(kind="signed-in").by_name == "Person 7"
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.unscoped.filter(kind="signed-in").update(by_name="Någon annan")


def test_t84_the_doors_past_the_refusal_are_these() -> None:
    named = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if "vaxel.audit_door" in path.read_text()}

    assert named == {
        "domain/audit/erasing.py",
        "domain/audit/migrations/0004_only_ever_added.py",
        "domain/audit/retention.py",
        "insight/transfer/demo/emptying.py",
    }
