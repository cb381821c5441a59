"""What happened outside the tickets, read back: who did what to which setting, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vaxel.domain.audit.models import AuditEntry
from vaxel.kit.tenancy import Scope

#: Entries that a page of history shows.
PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class History:
    """Some of what happened, and whether there is older."""

    entries: Sequence[AuditEntry]
    has_older: bool


def history_of(
    scope: Scope,
    *,
    about: Mapping[str, int | str] | None = None,
    kinds: Sequence[str] = (),
    before: int | None = None,
    most: int = PAGE_SIZE,
) -> History:
    """The desk's entries with all of these ids in their data, such as {"person_id": 17}, and of these kinds, or of any;
    those older than the entry with the id `before`. One query.
    """
    found = AuditEntry.objects.within(scope)
    if about:
        found = found.filter(data__contains=dict(about))
    if kinds:
        found = found.filter(kind__in=kinds)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: most + 1])
    return History(rows[:most], has_older=len(rows) > most)
