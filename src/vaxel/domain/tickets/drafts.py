"""Drafts of questions: kept on the server from the first word, so that nothing typed is lost."""

from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db import transaction

from vaxel.domain.tickets.attachments import remove_files
from vaxel.domain.tickets.models import Attachment, Draft
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as
from vaxel.kit.tenancy import Scope


def new_draft(*, desk_id: int, organisation_id: int, person_id: int, data: dict[str, Any], now: datetime) -> Draft:
    """Begin a question."""
    return Draft.objects.create(
        desk_id=desk_id, organisation_id=organisation_id, person_id=person_id, data=data, created_at=now, updated_at=now
    )


def find_draft(*, scope: Scope, person_id: int, public_id: str) -> Draft | None:
    """The person's own draft; nobody else's, whatever else they may read."""
    values = {_A_SCOPE.desk_id: scope.desk_id, _A_SCOPE.organisation_id: scope.organisation_id}
    return _first(_finding(), {**values, _A_PERSON_ID: person_id, _A_PUBLIC_ID: public_id})


def lock_draft(draft_id: int, *, person_id: int) -> Draft | None:
    """The person's own draft, held until the caller's transaction ends."""
    return _first(_locking(), {_A_DRAFT_ID: draft_id, _A_PERSON_ID: person_id})


#: Marks in the compiled queries, where each run puts a request's values (see `kit.compiled`).
_A_SCOPE: Final = Scope(desk_id=-1, organisation_id=-2)
_A_PERSON_ID: Final = -3
_A_DRAFT_ID: Final = -4
_A_PUBLIC_ID: Final = "a public id"


@cache
def _finding() -> Compiled:
    rows = Draft.objects.within(_A_SCOPE).filter(person_id=_A_PERSON_ID, public_id=_A_PUBLIC_ID)
    marks = (_A_SCOPE.desk_id, _A_SCOPE.organisation_id, _A_PERSON_ID, _A_PUBLIC_ID)
    return compiled(rows.values_list(*columns_of(Draft)), *marks)


@cache
def _locking() -> Compiled:
    rows = Draft.unscoped.select_for_update().filter(pk=_A_DRAFT_ID, person_id=_A_PERSON_ID)
    return compiled(rows.values_list(*columns_of(Draft)), _A_DRAFT_ID, _A_PERSON_ID)


def _first(reading: Compiled, values: dict[Any, Any]) -> Draft | None:
    return next((row_as(Draft, row) for row in reading.run(values)), None)


def save_draft(draft: Draft, *, data: dict[str, Any], now: datetime) -> None:
    """Keep what is typed now; a draft that was sent stays as it is."""
    Draft.unscoped.filter(pk=draft.pk, sent=None).update(data=data, updated_at=now)
    draft.data = data


def open_drafts(*, scope: Scope, person_id: int) -> list[Draft]:
    """What the person has begun and not sent, newest first."""
    values = {_A_SCOPE.desk_id: scope.desk_id, _A_SCOPE.organisation_id: scope.organisation_id}
    return [row_as(Draft, row) for row in _listing().run({**values, _A_PERSON_ID: person_id})]


@cache
def _listing() -> Compiled:
    rows = Draft.objects.within(_A_SCOPE).filter(person_id=_A_PERSON_ID, sent=None).exclude(data={})
    marks = (_A_SCOPE.desk_id, _A_SCOPE.organisation_id, _A_PERSON_ID)
    return compiled(rows.order_by("-updated_at").values_list(*columns_of(Draft))[:10], *marks)


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """The person throws it away, with its files. One that is being sent at this moment stays."""
    held = Draft.unscoped.select_for_update().filter(pk=draft.pk, sent=None).first()
    if held is not None:
        remove_files(Attachment.unscoped.filter(draft=held))
        held.delete()
