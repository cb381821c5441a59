"""Answers that staff use again: kept by those who run the desk, put into an answer by everybody who writes one."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.changes import first_values, for_history, insert, lock, take_over
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.kit.tenancy import Scope

#: What words in braces are filled in with: the asker's name, the ticket's number, the answering agent's name.
PLACEHOLDERS: Final = ("name", "number", "agent")
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 10_000
_BRACES: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedWords:
    """What a canned reply says, in the language of its readers."""

    title: str
    language: str
    text: str


class TitleTakenError(ValueError):
    """The desk has a canned reply of this title in the language."""


def unknown_placeholders(text: str) -> Sequence[str]:
    """Words in braces that nothing would be filled in for, as they stand there: they would reach the customer so."""
    return [f"{{{name}}}" for name in dict.fromkeys(_BRACES.findall(text)) if name not in PLACEHOLDERS]


def canned_replies(scope: Scope, *, words: str = "") -> list[CannedReply]:
    """Those whose title or text holds every word, by title; one query."""
    found = CannedReply.objects.within(scope)
    for word in words.split():
        found = found.filter(title__icontains=word) | found.filter(text__icontains=word)
    return list(found.order_by("title", "language", "pk"))


def canned_reply(scope: Scope, *, reply_id: int) -> CannedReply | None:
    """One of the desk's; None for any other."""
    return CannedReply.objects.within(scope).filter(pk=reply_id).first()


@transaction.atomic(durable=True)
def write_canned(desk: Desk, *, words: CannedWords, by: Actor, now: datetime) -> CannedReply:
    """Keep a new one. Raises TitleTakenError."""
    try:
        with transaction.atomic():
            reply = insert(CannedReply(desk=desk), asdict(words))
    except IntegrityError as error:
        raise TitleTakenError(words.title) from error
    _note("canned-reply-written", reply, by=by, now=now, changes=for_history(first_values(asdict(words))))
    return reply


@transaction.atomic(durable=True)
def change_canned(reply: CannedReply, *, words: CannedWords, seen: str = "", by: Actor, now: datetime) -> None:
    """Change what it says; the history keeps what it said. Raises TitleTakenError, and ChangedMeanwhileError
    when it does not say what was `seen` (`mark_of`).
    """
    lock(reply, seen=seen)
    try:
        with transaction.atomic():
            changes = take_over(reply, asdict(words))
    except IntegrityError as error:
        raise TitleTakenError(words.title) from error
    if changes:
        _note("canned-reply-changed", reply, by=by, now=now, changes=for_history(changes))


@transaction.atomic(durable=True)
def remove_canned(reply: CannedReply, *, by: Actor, now: datetime) -> None:
    """Offer it no more. Answers that were written with it stay, and the history keeps what it said."""
    lock(reply)
    said = {"title": reply.title, "language": reply.language, "text": reply.text}
    _note("canned-reply-removed", reply, by=by, now=now, changes={name: [was, None] for name, was in said.items()})
    reply.delete()


def _note(kind: str, reply: CannedReply, *, by: Actor, now: datetime, changes: dict[str, object]) -> None:
    record(kind=kind, by=by, now=now, desk_id=reply.desk_id, canned_reply_id=reply.pk, changes=changes)
