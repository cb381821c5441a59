"""Mails that became part of a ticket, or seemed to belong to it, lose everything that they said when it is erased."""

from collections.abc import Sequence

from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.tickets.blobs import remove_blobs
from vaxel.domain.tickets.models import Blob


def erase_received(ticket_ids: Sequence[int]) -> int:
    """Empty these mails, in the caller's transaction; how many that were.

    The rows stay with what a copy that comes later is known by. A mail about the ticket that waits for a human waits
    no longer: there is nothing left to decide.
    """
    mails = ReceivedMail.unscoped.filter(ticket__in=ticket_ids)
    originals = list(mails.exclude(raw=None).values_list("raw", flat=True))
    mails.filter(state=ReceivedMail.State.QUARANTINE).update(state=ReceivedMail.State.IGNORED)
    count = mails.update(
        raw=None,
        header_id="",
        envelope_sender="",
        envelope_recipients=[],
        detail="",
        subject="",
        sender="",
        sender_name="",
        text="",
        html="",
        remote_images=[],
    )
    remove_blobs(Blob.unscoped.filter(pk__in=originals))
    return count
