"""Drafts of questions: kept on the server from the first word, so that nothing typed is lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from vaxel.domain.tickets.attachments import remove_files
from vaxel.domain.tickets.models import Attachment, Draft
from vaxel.kit.tenancy import Scope


def new_draft(*, desk_id: int, organisation_id: int, person_id: int, data: dict[str, Any], now: datetime) -> Draft:
    """Begin a question."""
    return Draft.objects.create(
        desk_id=desk_id, organisation_id=organisation_id, person_id=person_id, data=data, created_at=now, updated_at=now
    )


def find_draft(*, scope: Scope, person_id: int, public_id: str) -> Draft | None:
    """The person's own draft; nobody else's, whatever else they may read."""
    return Draft.objects.within(scope).filter(person_id=person_id, public_id=public_id).select_related("sent").first()


def save_draft(draft: Draft, *, data: dict[str, Any], now: datetime) -> None:
    """Keep what is typed now; a draft that was sent stays as it is."""
    Draft.unscoped.filter(pk=draft.pk, sent=None).update(data=data, updated_at=now)
    draft.data = data


def open_drafts(*, scope: Scope, person_id: int) -> list[Draft]:
    """What the person has begun and not sent, newest first."""
    rows = Draft.objects.within(scope).filter(person_id=person_id, sent=None).exclude(data={})
    return list(rows.order_by("-updated_at")[:10])


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """The person throws it away, with its files. One that is being sent at this moment stays."""
    held = Draft.unscoped.select_for_update().filter(pk=draft.pk, sent=None).first()
    if held is not None:
        remove_files(Attachment.unscoped.filter(draft=held))
        held.delete()
