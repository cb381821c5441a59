"""Every row belongs to a desk, and customer rows to an organisation: reads go through a scope.

`Model.objects` answers only `within(scope)`; anything else raises `ScopeMissingError`. The unrestricted manager
is called `unscoped`, so that each use of it is visible in a review and found by a search.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from django.db import models

from vaxel.kit.rows import insert

M = TypeVar("M", bound=models.Model)


class ScopeMissingError(RuntimeError):
    """A query was about to read across desks."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader may see at all.

    `organisation_id` is None for the vendor's staff (the whole desk) and set for customers.
    """

    desk_id: int
    organisation_id: int | None = None


class ScopedManager(models.Manager[M], Generic[M]):
    """A manager whose only door is `within`.

    `desk` and `organisation` name the lookups that lead from the model to the two ids; `organisation` is empty
    for rows that no customer may list. `for_vendor` narrows what a whole desk's scope gives: what customers keep
    among themselves stays there.
    """

    def __init__(
        self, *, desk: str = "desk_id", organisation: str = "organisation_id", for_vendor: models.Q | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._organisation = organisation
        self._for_vendor = for_vendor

    def within(self, scope: Scope) -> models.QuerySet[M]:
        """The rows of the scope; a customer's scope on a model without organisations is an empty answer."""
        rows = super().get_queryset().filter(**{self._desk: scope.desk_id})
        if scope.organisation_id is None:
            return rows if self._for_vendor is None else rows.filter(self._for_vendor)
        if not self._organisation:
            return rows.none()
        return rows.filter(**{self._organisation: scope.organisation_id})

    def get_queryset(self) -> NoReturn:
        """Refuse: the caller has to say for whom."""
        name = self.model.__name__
        raise ScopeMissingError(f"{name}.objects needs a scope: write {name}.objects.within(scope)")

    def create(self, **values: Any) -> M:
        """Insert one row; writing needs no scope because the row carries its desk itself."""
        row = self.model(**values)
        insert(row)
        return row

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        """Insert many rows at once."""
        return super().get_queryset().bulk_create(objs, *args, **options)
