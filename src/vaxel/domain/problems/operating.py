"""Operating notices: planned work and disturbances, shown while they matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.problems.known import TextMissingError
from vaxel.domain.problems.models import OperatingNotice
from vaxel.kit.tenancy import Scope

Phase = Literal["planned", "ongoing", "over"]


class NoticeMissingError(LookupError):
    """No such notice at this desk. Views answer 404."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What a notice says, in every language of the desk, and when it holds."""

    title: Mapping[str, str]
    text: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime | None = None
    products: tuple[str, ...] = ()


@transaction.atomic(durable=True)
def publish_notice(words: NoticeWords, *, desk: Desk, by: Actor, now: datetime) -> OperatingNotice:
    """Show a notice from now on. Raises TextMissingError, and ValueError for an end before its start."""
    _require_whole(words, desk)
    notice = OperatingNotice(desk=desk, by_name=by.name, written_at=now)
    _say(notice, words)
    notice.save(force_insert=True)
    record(kind="notice-published", by=by, now=now, desk_id=desk.pk, notice=notice.pk)
    return notice


@transaction.atomic(durable=True)
def change_notice(words: NoticeWords, *, scope: Scope, notice_id: int, by: Actor, now: datetime) -> OperatingNotice:
    """Other words or times; an `ends_at` of now says that it is over. Raises as `publish_notice`."""
    notice = _lock(scope=scope, notice_id=notice_id)
    _require_whole(words, notice.desk)
    _say(notice, words)
    notice.save(update_fields=["title", "text", "starts_at", "ends_at", "products"])
    record(kind="notice-changed", by=by, now=now, desk_id=notice.desk_id, notice=notice.pk)
    return notice


@transaction.atomic(durable=True)
def end_notice(*, scope: Scope, notice_id: int, by: Actor, now: datetime) -> None:
    """It is over now, whatever was said before; what has not begun, or is over, stays as it is.

    Raises NoticeMissingError.
    """
    notice = _lock(scope=scope, notice_id=notice_id)
    if phase_of(notice, now=now) != "ongoing" or now <= notice.starts_at:
        return
    notice.ends_at = now
    notice.save(update_fields=["ends_at"])
    record(kind="notice-ended", by=by, now=now, desk_id=notice.desk_id, notice=notice.pk)


@transaction.atomic(durable=True)
def withdraw_notice(*, scope: Scope, notice_id: int, by: Actor, now: datetime) -> None:
    """It was wrong, or will not happen: nobody sees it any more. Raises NoticeMissingError."""
    notice = _lock(scope=scope, notice_id=notice_id)
    notice.withdrawn_at = now
    notice.save(update_fields=["withdrawn_at"])
    record(kind="notice-withdrawn", by=by, now=now, desk_id=notice.desk_id, notice=notice.pk)


def phase_of(notice: OperatingNotice, *, now: datetime) -> Phase:
    """Planned before its start, over from its end on."""
    if now < notice.starts_at:
        return "planned"
    return "over" if notice.ends_at is not None and notice.ends_at <= now else "ongoing"


def _lock(*, scope: Scope, notice_id: int) -> OperatingNotice:
    rows = OperatingNotice.objects.within(scope).select_for_update(of=("self",)).select_related("desk")
    notice = rows.filter(pk=notice_id, withdrawn_at=None).first()
    if notice is None:
        raise NoticeMissingError(notice_id)
    return notice


def _say(notice: OperatingNotice, words: NoticeWords) -> None:
    notice.title, notice.text = dict(words.title), dict(words.text)
    notice.starts_at, notice.ends_at = words.starts_at, words.ends_at
    notice.products = list(words.products)


def _require_whole(words: NoticeWords, desk: Desk) -> None:
    if words.ends_at is not None and words.ends_at <= words.starts_at:
        raise ValueError("a notice ends after its start")
    for text in (words.title, words.text):
        lacking = [language for language in desk.languages if not text.get(language, "").strip()]
        if lacking:
            raise TextMissingError(lacking)
