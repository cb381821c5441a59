"""Emptying what a demonstration has filled: our tables, the files, the worker's queue."""

from typing import Final

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from vaxel.domain.privacy.exports import export_path
from vaxel.domain.privacy.models import CustomerExport
from vaxel.domain.tickets.blobs import blob_path
from vaxel.domain.tickets.models import Blob

_PAST_TASKS: Final = [
    "tell_about_event",
    "tell_about_problem_update",
    "tell_about_wish",
    "tell_organisation",
    "send_mail",
    "try_policy",
    "erase_person",
    "make_export",
]
_OURS: Final = ("audit", "desks", "people", "tickets", "notices")


def empty_tables() -> None:
    """Remove every row of ours, whatever refers to them (sign-ins, second factors), all jobs and all files.

    Ids go on from where they are: a running server may remember a policy version by its id.
    """
    paths = [blob_path(key) for key in Blob.unscoped.values_list("key", flat=True)]
    paths += [export_path(key) for key in CustomerExport.unscoped.exclude(key="").values_list("key", flat=True)]
    tables = [model._meta.db_table for label in _OURS for model in apps.get_app_config(label).get_models()]  # noqa: SLF001  # Django's documented Model._meta API
    names = sql.SQL(", ").join(sql.Identifier(name) for name in [*tables, "procrastinate_jobs"])
    with transaction.atomic(), connection.cursor() as cursor:
        # The trail of what people did is emptied by nobody else.
        cursor.execute("SELECT set_config('vaxel.audit_door', 'emptying', true)")
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
    for path in paths:
        path.unlink(missing_ok=True)


def forget_jobs() -> None:
    """What the past handed to the worker is done: nobody is told about it now."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(%s)", [_PAST_TASKS])
