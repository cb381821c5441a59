"""Setting up help inside a product: where its pages come from, and the key that it signs with."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.sealing import seal
from vaxel.domain.people.changes import first_values, for_history, take_over
from vaxel.domain.widgets.models import Widget
from vaxel.kit.tenancy import Scope

#: What the sealed text holds the key as.
SIGNING_KEY: Final = "signing_key"
_KEY_BYTES: Final = 32
MOST_ORIGINS: Final = 20


class OriginError(ValueError):
    """Not an origin: a scheme and a host, with a port if need be, and nothing else."""


@transaction.atomic(durable=True)
def add_widget(
    *, desk: Desk, name: str, product: str, origins: Iterable[str], by: Actor, now: datetime
) -> tuple[Widget, str]:
    """A widget and its key, which is told this one time. Raises OriginError."""
    key = _new_key()
    widget = Widget.objects.create(
        desk=desk, name=name, product=product, origins=_origins(origins), key=_sealed(key), created_at=now
    )
    said = for_history(first_values({"name": name, "product": product, "origins": widget.origins}))
    record(kind="widget-added", by=by, now=now, desk_id=desk.pk, widget=widget.pk, changes={**said, "key": None})
    return widget, key


@transaction.atomic(durable=True)
def change_widget(
    *,
    scope: Scope,
    widget_id: int,
    name: str,
    product: str,
    origins: Iterable[str],
    is_on: bool,
    by: Actor,
    now: datetime,
) -> Widget:
    """Other settings, under the same key. Raises Widget.DoesNotExist and OriginError."""
    widget = Widget.objects.within(scope).select_for_update().get(pk=widget_id)
    described = {"name": name, "product": product, "origins": _origins(origins), "is_on": is_on}
    changes = for_history(take_over(widget, described))
    if changes:
        record(kind="widget-changed", by=by, now=now, desk_id=widget.desk_id, widget=widget.pk, changes=changes)
    return widget


@transaction.atomic(durable=True)
def renew_key(*, scope: Scope, widget_id: int, by: Actor, now: datetime) -> tuple[Widget, str]:
    """Another key, told this one time; what the old one signs is refused from now on, and its sessions are over.

    Raises Widget.DoesNotExist.
    """
    widget = Widget.objects.within(scope).select_for_update().get(pk=widget_id)
    key = _new_key()
    widget.key, widget.key_number = _sealed(key), widget.key_number + 1
    widget.save(update_fields=["key", "key_number"])
    changes = {"key": None}
    record(kind="widget-key-renewed", by=by, now=now, desk_id=widget.desk_id, widget=widget.pk, changes=changes)
    return widget, key


def origin_of(text: str) -> str:
    """The origin as browsers write it in their `Origin` header. Raises OriginError.

    Plain http is taken for the own machine only: a page that others can change on its way could ask in any name.
    """
    try:
        parts = urlsplit(text.strip().lower())
        port = parts.port
    except ValueError as error:
        raise OriginError(text) from error
    host = parts.hostname or ""
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username is not None
    if has_more or not host or not _is_plain(host) or not _is_safe(parts.scheme, host):
        raise OriginError(text)
    usual = {"https": 443, "http": 80}[parts.scheme]
    written = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{written}" + (f":{port}" if port not in {None, usual} else "")


def _is_plain(host: str) -> bool:
    """No pattern and no separator: an allow-list is of whole names."""
    return host.isascii() and all(letter.isalnum() or letter in ".-:" for letter in host)


def _is_safe(scheme: str, host: str) -> bool:
    own = host in {"localhost", "::1"} or host.startswith("127.")
    return scheme == "https" or (scheme == "http" and own)


def _origins(texts: Iterable[str]) -> list[str]:
    origins = list(dict.fromkeys(origin_of(text) for text in texts))
    if not 0 < len(origins) <= MOST_ORIGINS:
        raise OriginError("")
    return origins


def _new_key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


def _sealed(key: str) -> str:
    return seal({SIGNING_KEY: key})
