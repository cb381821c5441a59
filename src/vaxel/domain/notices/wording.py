"""A desk's own words in its mails: written, kept with their history, and given up again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.models import MailWords
from vaxel.domain.notices.own_words import Fault, OwnWords, faults_of
from vaxel.kit.tenancy import Scope

InUse: TypeAlias = Mapping[tuple[str, str], OwnWords]


class FaultyWordsError(ValueError):
    """The words cannot be saved; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.kind} {each.piece}".rstrip() for each in faults))
        self.faults = tuple(faults)


@transaction.atomic(durable=True)
def write_words(
    *, scope: Scope, kind: NoticeKind, language: str, words: OwnWords, by: Actor, now: datetime
) -> MailWords:
    """From now on the desk's mails of this kind and language say this. Raises FaultyWordsError."""
    faults = faults_of(words, language=language)
    if faults:
        raise FaultyWordsError(faults)
    return _add(scope, kind, language, words, by=by, now=now)


@transaction.atomic(durable=True)
def use_standard_words(*, scope: Scope, kind: NoticeKind, language: str, by: Actor, now: datetime) -> None:
    """Back to the standard words; the desk's own stay in the history."""
    if (kind.value, language) in words_in_use(desk_id=scope.desk_id, kinds=[kind]):
        _add(scope, kind, language, OwnWords(heading="", text=""), by=by, now=now)


def _add(scope: Scope, kind: NoticeKind, language: str, words: OwnWords, *, by: Actor, now: datetime) -> MailWords:
    record(kind="mail-words-written", by=by, now=now, desk_id=scope.desk_id, mail_kind=kind.value, language=language)
    return MailWords.objects.create(
        desk_id=scope.desk_id,
        kind=kind.value,
        language=language,
        heading=" ".join(words.heading.split()),
        text=words.text.replace("\r\n", "\n").strip(),
        written_at=now,
        written_by=by.name,
    )


def words_in_use(*, desk_id: int, kinds: Iterable[NoticeKind] | None = None) -> InUse:
    """The desk's own words by kind and language; what has the standard words is missing. One query."""
    rows = MailWords.unscoped.filter(desk_id=desk_id)
    if kinds is not None:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    newest = rows.order_by("kind", "language", "-id").distinct("kind", "language")
    return {(row.kind, row.language): OwnWords(heading=row.heading, text=row.text) for row in newest if row.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsVersion:
    """One entry of the history; `words` is None where somebody went back to the standard."""

    at: datetime
    by: str
    words: OwnWords | None


def words_history(scope: Scope, *, kind: NoticeKind, language: str, most: int = 20) -> tuple[WordsVersion, ...]:
    """What the mail has said, newest first; one query."""
    rows = MailWords.objects.within(scope).filter(kind=kind.value, language=language).order_by("-id")[:most]
    return tuple(
        WordsVersion(
            at=row.written_at,
            by=row.written_by,
            words=OwnWords(heading=row.heading, text=row.text) if row.text else None,
        )
        for row in rows
    )
