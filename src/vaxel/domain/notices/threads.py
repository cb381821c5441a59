"""Which earlier mails a new one refers to, so that the recipient's program shows them as one conversation."""

from operator import itemgetter
from typing import Final

from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.models import Message, Ticket

#: Enough for every mail program to find the conversation.
_MOST: Final = 10
#: RFC 5322 allows 998 octets in a line, and a list this long is folded; one id that fills a line helps nobody.
_LONGEST_ID: Final = 200


def conversation_so_far(ticket: Ticket, recipient: Recipient) -> str:
    """The ids of the mails that the recipient has got from us and has sent to us about the ticket, oldest first: the
    one that began it and the newest, with spaces between. Two queries.

    Only what the recipient has seen: an id of somebody else's mail would tell that it exists.
    """
    got = OutgoingMail.unscoped.filter(ticket=ticket, recipient__iexact=recipient.email).order_by("id")
    sent = (
        Message.unscoped.filter(ticket=ticket, by_kind=recipient.kind, by_id=recipient.id)
        .exclude(header_id="")
        .order_by("id")
    )
    dated = [
        *got.values_list("created_at", "header_id"),
        *((at, f"<{header_id}>") for at, header_id in sent.values_list("at", "header_id") if _is_fit(header_id)),
    ]
    ids = [header_id for _at, header_id in sorted(dated, key=itemgetter(0))]
    return " ".join([*ids[:1], *ids[1:][-(_MOST - 1) :]])


def _is_fit(header_id: str) -> bool:
    """Whether the id, which somebody else's program made, can stand in a header of ours (trust 20)."""
    return (
        len(header_id) <= _LONGEST_ID
        and header_id.isascii()
        and header_id.isprintable()
        and not set(header_id) & set(" <>")
    )
