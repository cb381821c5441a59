"""The second door: what becomes of a mail that has been read. One transaction: the mail is settled together with the
ticket, message or note that it became, or nothing has happened.

Mails that begin something may share a transaction (`take_in_together`): a thousand questions are then written to the
disk a hundred times. What answers a ticket locks it, so it never waits in a row with others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction

from vaxel.domain.mailroom import doing
from vaxel.domain.mailroom.claiming import Claim, mine
from vaxel.domain.mailroom.doing import Became
from vaxel.domain.mailroom.facts import Known, Surroundings, known_of, returned_mail, surroundings
from vaxel.domain.mailroom.judging import Act, Verdict, judge
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.bounces import record_bounce
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.intake import one_line
from vaxel.kit.mail import Mail

log = structlog.get_logger("vaxel.mailroom")

#: Characters of a mail's words that are kept for the preview of one that waits.
_PREVIEW: Final = 100_000

_WRITERS: Final = {
    Act.QUESTION: doing.question,
    Act.REPLY: doing.customer_reply,
    Act.AGENT_REPLY: doing.agent_reply,
    Act.NOTE: doing.note,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a mail."""

    mail_id: int
    state: str
    reason: str


def take_in(claim: Claim, mail: Mail, *, around: Surroundings | None = None, now: datetime) -> Settled | None:
    """Settle a mail. None when another worker has it. Whatever is raised, the mail is as it was before.

    `around` may have been read a moment ago, for a whole batch.
    """
    came_back = _tell_sent_mail(claim, mail, now=now)
    with transaction.atomic(durable=True):
        row = mine(claim).select_for_update(of=("self",)).select_related("mailbox", "desk").first()
        if row is None:
            return None
        known = known_of(row, mail, around or surroundings())
        if _is_released(row):
            became = doing.release(row, mail, known, now=now)
        else:
            became = _do(judge(known.case), row, mail, known, came_back, now=now)
        settled = _settle(row, mail, known, became, now=now)
    _note(settled)
    return settled


def may_be_together(mail: Mail) -> bool:
    """Whether it looks as if it began something; whether it does, `take_in_together` finds out."""
    shown = (*mail.delivered_to, *(each.address for each in (*mail.to, *mail.cc)))
    is_answer = mail.in_reply_to or mail.references or any("+" in address for address in shown)
    return mail.bounce is None and not is_answer


def take_in_together(read: Sequence[tuple[Claim, Mail]], *, around: Surroundings, now: datetime) -> dict[int, Settled]:
    """Settle those of the mails of one desk that begin something, all or none of them; by mail id.

    The others are left as they were, and so are all of them when one raises: take those in one by one. The desk's
    row, which numbers its tickets, is held from the first ticket to the commit, so everything is looked up before.
    """
    mails = {claim.mail_id: mail for claim, mail in read}
    with transaction.atomic(durable=True):
        begun = list(_beginning(_locked([claim for claim, _mail in read]), mails, around))
        settled = [
            _settle(
                row, mails[row.pk], known, _do(judge(known.case), row, mails[row.pk], known, None, now=now), now=now
            )
            for row, known in begun
        ]
    for each in settled:
        _note(each)
    return {each.mail_id: each for each in settled}


def _locked(claims: Sequence[Claim]) -> list[ReceivedMail]:
    """Those that these tries still own, oldest first."""
    attempts = {claim.mail_id: claim.attempt for claim in claims}
    rows = ReceivedMail.unscoped.filter(pk__in=attempts, state=ReceivedMail.State.WAITING).order_by("pk")
    held = rows.select_for_update(of=("self",)).select_related("mailbox", "desk")
    return [row for row in held if row.attempts == attempts[row.pk]]


def _beginning(
    rows: Sequence[ReceivedMail], mails: dict[int, Mail], around: Surroundings
) -> Iterator[tuple[ReceivedMail, Known]]:
    """Without those that answer a ticket, were released to one, or come a second time in the same row."""
    seen: set[str] = set()
    for row in rows:
        known = known_of(row, mails[row.pk], around)
        if known.found is None and not _is_released(row) and row.header_id not in seen:
            yield row, known
        seen |= {row.header_id} - {""}


def _is_released(row: ReceivedMail) -> bool:
    return row.release_ticket_id is not None or row.release_person_id is not None


def _note(settled: Settled) -> None:
    log.info("mail taken in", mail=settled.mail_id, state=settled.state, reason=settled.reason)


def _tell_sent_mail(claim: Claim, mail: Mail, *, now: datetime) -> OutgoingMail | None:
    """The mail of ours that came back, if it is one. A transaction of its own: twice changes nothing."""
    row = mine(claim).first() if mail.bounce is not None else None
    if row is None or mail.bounce is None:
        return None
    return record_bounce(bounce=mail.bounce, mail_id=returned_mail(row, mail), desk_id=row.desk_id, now=now)


def _do(
    verdict: Verdict, row: ReceivedMail, mail: Mail, known: Known, came_back: OutgoingMail | None, *, now: datetime
) -> Became:
    if verdict.act == Act.BOUNCE:
        return doing.bounce(came_back)
    if verdict.act == Act.QUARANTINE:
        return doing.quarantine(row, mail, known, verdict, now=now)
    if verdict.act == Act.IGNORE:
        return Became(ReceivedMail.State.IGNORED, verdict.reason)
    return _WRITERS[verdict.act](row, mail, known, verdict.reason, now=now)


def _settle(row: ReceivedMail, mail: Mail, known: Known, became: Became, *, now: datetime) -> Settled:
    is_kept = became.message_id is not None
    row.state, row.reason, row.detail = became.state, became.reason, mail.reason[:400]
    row.ticket_id, row.message_id, row.note_id = became.ticket_id, became.message_id, became.note_id
    row.answered_at = now if became.is_answered else row.answered_at
    row.subject = one_line(mail.subject)
    row.sender = known.sender[:320]
    row.sender_name = one_line(mail.froms[0].name if mail.froms else "")
    row.authentication = known.case.authentication
    row.text = "" if is_kept else "\n\n".join(filter(None, [mail.text, mail.quoted]))[:_PREVIEW]
    row.html = mail.html or ""
    row.remote_images = list(mail.remote_images)
    row.try_at, row.settled_at = None, now
    row.release_ticket_id = row.release_person_id = None
    row.save(
        update_fields=[
            *("state", "reason", "detail", "ticket", "message", "note", "answered_at", "subject", "sender"),
            *("sender_name", "authentication", "text", "html", "remote_images", "try_at", "settled_at"),
            *("release_ticket", "release_person"),
        ]
    )
    return Settled(row.pk, row.state, row.reason)
