"""Rows from descriptions: a new one gets all that is described, a known one what differs and nothing else."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def insert(row: M, described: Mapping[str, object]) -> M:
    """Give the new row the values of `described`, by field name, and write it."""
    for name, value in described.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def take_over(row: Model, described: Mapping[str, object]) -> tuple[str, ...]:
    """Give the row the values of `described`, by field name; returns the names of the fields that changed.

    Fields that are not described keep what they have, and a row that has all of it already is not written.
    """
    changed = tuple(name for name, value in described.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, described[name])
    if changed:
        row.save(update_fields=changed)
    return changed
