"""Every text of every table is looked through, so that a table which somebody adds tomorrow is looked through too.

What is looked through is read off the tables themselves: all columns that can hold words. Left out is only what
`_SPARED` names, with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from vaxel.domain.audit.erasing import audit_may_forget
from vaxel.domain.audit.models import AuditEntry
from vaxel.insight.transfer.people_erasing.identity import Identity

#: Areas that hold no words about a customer's people.
_SPARED_AREAS: Final = frozenset(
    {
        "desks",  # the vendor's policy
        "manual",  # the vendor's own words and their authors; what readers said of them is struck by itself
        "publishing",  # drafts of the policy
        "search",  # made anew from the words themselves
        "widgets",  # keys and addresses of products
    }
)
#: Rows that are others: a colleague, one of the staff or an organisation may be called the same.
_SPARED: Final = frozenset(
    {"people.account", "people.person", "people.staff", "people.organisation", "privacy.erasure"}
)
#: Shorter columns hold names of the policy and states, not words.
_SHORTEST: Final = 61
#: Sealed or hashed: a name is in none of them, and a letter less would break them.
_NO_WORDS: Final = frozenset({"secret", "sealed_secret", "sha256", "identity"})
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A table with words, and which of its columns hold them."""

    model: type[models.Model]
    columns: tuple[str, ...]
    #: SQL that is true of the rows of one organisation; takes its id as `organisation`.
    of_organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What was changed: rows in all, and the tickets whose words for search have to be made anew."""

    rows: int
    tickets: frozenset[int]


def strike(identity: Identity, *, desk_id: int, organisation_id: int) -> Struck:
    """Put the alias in the place of everything that tells of somebody: the name and the number in what is their
    organisation's, addresses at the whole desk unless they are somebody elsewhere too. In the caller's transaction.
    """
    rows, tickets = 0, set[int]()
    for table in tables():
        for row, is_own in _worth_a_look(table, identity, desk_id=desk_id, organisation_id=organisation_id):
            changes = _changes(table, row, identity, with_name=is_own)
            if changes:
                _store(table, row, changes)
                rows += 1
                tickets |= _ticket_of(row)
    return Struck(rows=rows, tickets=frozenset(tickets))


@cache
def tables() -> tuple[Table, ...]:
    """All that are looked through."""
    known = (model for model in apps.get_models() if model.__module__.startswith("vaxel."))
    found = (Table(model, _columns(model), _of_organisation(model)) for model in known if _is_looked_through(model))
    return tuple(table for table in found if table.columns)


def _is_looked_through(model: type[models.Model]) -> bool:
    meta = model._meta  # noqa: SLF001  # Django documents it
    return meta.app_label not in _SPARED_AREAS and meta.label_lower not in _SPARED and "desk" in _names(model)


def _names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields)  # noqa: SLF001  # Django documents it


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """A name beside the id of whoever bears it goes by the id: somebody else may be called the same."""
    by_id = {"by_name"} if {"by_kind", "by_id"} <= _names(model) else set[str]()
    return tuple(
        str(field.column)
        for field in model._meta.concrete_fields  # noqa: SLF001  # Django documents it
        if _holds_words(field) and not field.unique and field.name not in by_id | _NO_WORDS
    )


def _holds_words(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, ArrayField):
        return _holds_words(field.base_field)
    if isinstance(field, models.JSONField | models.TextField):
        return True
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= _SHORTEST


def _of_organisation(model: type[models.Model]) -> str:
    names = _names(model)
    if model is AuditEntry:
        return "data @> jsonb_build_object('organisation_id', %(organisation)s::bigint)"
    if "organisation" in names:
        return "organisation_id = %(organisation)s"
    if "ticket" in names:
        return "ticket_id IN (SELECT id FROM tickets_ticket WHERE organisation_id = %(organisation)s)"
    return "FALSE"


def _worth_a_look(
    table: Table, identity: Identity, *, desk_id: int, organisation_id: int
) -> Iterator[tuple[models.Model, bool]]:
    """Rows that may tell of them, each with whether it is their organisation's."""
    name = connection.ops.quote_name(table.model._meta.db_table)  # noqa: SLF001  # Django documents it
    words = f"concat_ws(' ', {', '.join(f'{connection.ops.quote_name(each)}::text' for each in table.columns)})"
    own = f"coalesce({table.of_organisation}, FALSE)"
    text = (
        f"SELECT id, {own} FROM {name} WHERE desk_id = %(desk)s AND ({words} ILIKE ANY (%(addresses)s)"  # noqa: S608  # names of our own tables
        f" OR ({own} AND ({words} ILIKE ANY (%(names)s) OR {words} ~ %(number)s))) ORDER BY id"
    )
    values: dict[str, Any] = {
        "desk": desk_id,
        "organisation": organisation_id,
        "addresses": [] if identity.is_elsewhere else identity.address_hints,
        "names": identity.name_hints,
        "number": identity.number_hint,
    }
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        found = dict(cursor.fetchall())
    keys = list(found)
    for begin in range(0, len(keys), _BATCH):
        rows = table.model._base_manager.filter(pk__in=keys[begin : begin + _BATCH])  # noqa: SLF001  # Django documents it
        for row in rows.order_by("pk"):
            yield row, found[row.pk]


def _changes(table: Table, row: models.Model, identity: Identity, *, with_name: bool) -> dict[str, Any]:
    changes = {}
    for column in table.columns:
        was = getattr(row, column)
        is_now = _struck(was, identity, with_name=with_name)
        if is_now != was:
            changes[column] = _fitting(table.model, column, is_now)
    return changes


def _struck(value: Any, identity: Identity, *, with_name: bool) -> Any:
    if isinstance(value, str):
        return identity.struck(value, with_name=with_name)
    if isinstance(value, list):
        return [_struck(each, identity, with_name=with_name) for each in value]
    if isinstance(value, dict):
        return {key: _struck(each, identity, with_name=with_name) for key, each in value.items()}
    return value


def _fitting(model: type[models.Model], column: str, value: Any) -> Any:
    """An alias may be longer than the name was."""
    most = getattr(model._meta.get_field(column), "max_length", None)  # noqa: SLF001  # Django documents it
    return value[:most] if isinstance(value, str) and most else value


def _store(table: Table, row: models.Model, changes: dict[str, Any]) -> None:
    rows = table.model._base_manager.filter(pk=row.pk)  # noqa: SLF001  # Django documents it
    if table.model is AuditEntry:
        with audit_may_forget():
            rows.update(**changes)
    else:
        rows.update(**changes)


def _ticket_of(row: models.Model) -> set[int]:
    own = row.pk if row._meta.label_lower == "tickets.ticket" else getattr(row, "ticket_id", None)  # noqa: SLF001  # Django documents it
    return set() if own is None else {own}
