"""Rows from descriptions: a new one gets all that is described, a known one what differs and nothing else.

Two people who change the same row do not overwrite each other: a form carries the mark of what its writer saw
(`mark_of`), and `lock` refuses one that is not true any more (trust 75).
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import Final, TypeAlias, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)
#: What was and what is, by the name of the field.
Changes: TypeAlias = dict[str, tuple[object, object]]
_MARK: Final = 20


class ChangedMeanwhileError(RuntimeError):
    """Somebody else has changed the row since it was shown; nothing was written."""


def insert(row: M, described: Mapping[str, object]) -> M:
    """Give the new row the values of `described`, by field name, and write it."""
    for name, value in described.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def take_over(row: Model, described: Mapping[str, object]) -> Changes:
    """Give the row the values of `described`, by field name; returns what changed.

    Fields that are not described keep what they have, and a row that has all of it already is not written.
    """
    changes = {name: (was, value) for name, value in described.items() if (was := getattr(row, name)) != value}
    for name in changes:
        setattr(row, name, described[name])
    if changes:
        row.save(update_fields=list(changes))
    return changes


def lock(row: Model, *, seen: str = "") -> None:
    """Hold the row until the transaction ends, with what it says now.

    Raises ChangedMeanwhileError when that is not what `seen` stands for; an empty `seen` takes it as it is.
    """
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())  # noqa: SLF001  # documented by Django
    if seen and mark_of(row) != seen:
        raise ChangedMeanwhileError(str(row))


def mark_of(row: Model) -> str:
    """Stands for everything that the row says: another value anywhere gives another mark."""
    fields = row._meta.concrete_fields  # noqa: SLF001  # Django's documented Model._meta API
    said = [(field.attname, as_plain(getattr(row, field.attname))) for field in fields]
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:_MARK]


def first_values(described: Mapping[str, object]) -> Changes:
    """What a new row says, as changes: empty values are nothing to tell."""
    return {name: (None, value) for name, value in described.items() if value not in (None, "", [], {}, False)}


def for_history(changes: Changes, *, personal: Collection[str] = ()) -> dict[str, object]:
    """The changes as the log keeps them. Of the `personal` ones only that there was one: what somebody was called, or
    their old number, is nothing to keep (trust 63).
    """
    return {
        name: None if name in personal else [as_plain(was), as_plain(value)] for name, (was, value) in changes.items()
    }


def as_plain(value: object) -> object:
    """A field's value as JSON has it; a row by its name."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Model) else value
