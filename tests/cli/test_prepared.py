"""The quick look before a start: it never says yes when something is left to do."""

import pytest
from django.conf import settings
from django.db import connection

from vaxel.cli.prepared import is_prepared

pytestmark = pytest.mark.django_db(transaction=True)


def look(*, demo: bool = False, apps: list[str] | None = None) -> bool:
    return is_prepared(apps or settings.INSTALLED_APPS, connection.settings_dict, demo=demo)


def execute(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)


def test_database_with_every_step_is_prepared() -> None:
    assert look()


def test_database_without_one_step_is_not() -> None:
    execute("UPDATE django_migrations SET name = 'zzz' WHERE app = 'tickets' AND name = '0001_initial'")
    try:
        assert not look()
    finally:
        execute("UPDATE django_migrations SET name = '0001_initial' WHERE name = 'zzz'")


def test_demonstration_is_prepared_once_it_was_filled() -> None:
    assert not look(demo=True)
    execute(
        "INSERT INTO audit_auditentry (at, kind, by_kind, by_name, data)"
        " VALUES (now(), 'demo-filled', 'system', '', '{}')"
    )
    assert look(demo=True)


def test_database_that_does_not_answer_is_not_prepared() -> None:
    assert not is_prepared(settings.INSTALLED_APPS, {**connection.settings_dict, "NAME": "not-there"}, demo=False)
