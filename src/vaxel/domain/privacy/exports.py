"""Files with everything of one customer: asked for, kept for a week, taken by those who run the desk (trust 83).

What is in them is written by `insight/transfer/customer_export`.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.models import Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.audit.record import record
from vaxel.domain.people.models import Organisation
from vaxel.domain.privacy.models import CustomerExport
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = CustomerExport.State

KEPT: Final = timedelta(days=7)
_YOUNG: Final = timedelta(days=1)
#: Seconds for which a link to a file holds; the page makes a new one each time that it is shown.
LINK_HOLDS: Final = 3600
#: Exports that the list shows.
MOST_LISTED: Final = 100
_SIGNER: Final = signing.TimestampSigner(salt="customer-export")


@transaction.atomic(durable=True)
def ask_for_export(organisation: Organisation, *, by: Actor, now: datetime) -> CustomerExport:
    """Have the file made; while one is being made, asking again is the same wish."""
    Organisation.unscoped.select_for_update().get(pk=organisation.pk)
    waiting = CustomerExport.unscoped.filter(organisation=organisation, state=State.ASKED).first()
    if waiting is not None:
        return waiting
    export = CustomerExport.objects.create(
        desk_id=organisation.desk_id,
        organisation=organisation,
        asked_at=now,
        asked_by_id=by.id,
        asked_by_name=by.name,
    )
    _note("export-asked", export, by=by, now=now)
    defer("make_export", export_id=export.pk)
    return export


def exports_listed(scope: Scope) -> list[CustomerExport]:
    """The newest, with their organisations; one query."""
    rows = CustomerExport.objects.within(scope).select_related("organisation")
    return list(rows.order_by("-pk")[:MOST_LISTED])


def signed_name(export: CustomerExport) -> str:
    """What stands in a link to the file: for an hour, and for nobody who may not enter the settings."""
    return _SIGNER.sign(export.public_id)


@transaction.atomic(durable=True)
def take_export(scope: Scope, *, signed: str, by: Actor, now: datetime) -> CustomerExport | None:
    """The export that a link means, noted as read; None for a link that is wrong or old, or whose file is gone."""
    try:
        public_id = _SIGNER.unsign(signed, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    ready = CustomerExport.objects.within(scope).filter(state=State.READY, expires_at__gt=now)
    export = ready.select_related("organisation").filter(public_id=public_id).first()
    if export is None or not export_path(export.key).is_file():
        return None
    note_reading(
        Reading.What.EXPORT,
        desk_id=export.desk_id,
        what_id=export.pk,
        organisation_id=export.organisation_id,
        by=by,
        now=now,
    )
    return export


@transaction.atomic(durable=True)
def remove_export(scope: Scope, *, export_id: int, by: Actor, now: datetime) -> bool:
    """Take the file away at once; false where there is none."""
    held = CustomerExport.objects.within(scope).select_for_update(of=("self",)).filter(pk=export_id).first()
    if held is None or held.state != State.READY:
        return False
    _remove(held, by=by, now=now)
    return True


def remove_exports_of(organisation_id: int, *, now: datetime) -> None:
    """Somebody of theirs is erased, and would go on standing in these; in the caller's transaction."""
    for held in CustomerExport.unscoped.select_for_update().filter(organisation=organisation_id, state=State.READY):
        _remove(held, by=SYSTEM, now=now)


def forget_exports(*, now: datetime) -> int:
    """Take away what has been kept long enough; how many. A second time takes nothing."""
    old = list(CustomerExport.unscoped.filter(state=State.READY, expires_at__lte=now).values_list("pk", flat=True))
    for pk in old:
        with transaction.atomic(durable=True):
            held = CustomerExport.unscoped.select_for_update(skip_locked=True).filter(pk=pk, state=State.READY).first()
            if held is not None:
                _remove(held, by=SYSTEM, now=now)
    _remove_unknown(now=now)
    return len(old)


def _remove_unknown(*, now: datetime) -> None:
    """What a worker that was killed has left half-way; younger files may be about to be known."""
    known = set(CustomerExport.unscoped.filter(state=State.READY).values_list("key", flat=True))
    for path in export_path("").glob("*"):
        if path.name not in known and path.stat().st_mtime < (now - _YOUNG).timestamp():
            path.unlink(missing_ok=True)


@transaction.atomic
def finish_export(export: CustomerExport, *, key: str, size: int, counts: Mapping[str, int], now: datetime) -> None:
    """The file is on the disk."""
    export.state, export.key, export.size, export.counts = State.READY, key, size, dict(counts)
    export.ready_at, export.expires_at = now, now + KEPT
    export.save(update_fields=["state", "key", "size", "counts", "ready_at", "expires_at"])


def new_key() -> str:
    """A name that nobody guesses."""
    return f"{secrets.token_hex(20)}.zip"


def export_path(key: str) -> Path:
    """Where a file lies: beside the attachments, outside of what `blobs.clear_away` looks at."""
    return Path(settings.MEDIA_ROOT) / "exports" / key


def _remove(export: CustomerExport, *, by: Actor, now: datetime) -> None:
    export_path(export.key).unlink(missing_ok=True)
    export.state, export.key = State.GONE, ""
    export.save(update_fields=["state", "key"])
    _note("export-removed", export, by=by, now=now)


def _note(kind: str, export: CustomerExport, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=export.desk_id,
        organisation_id=export.organisation_id,
        export_id=export.pk,
    )
