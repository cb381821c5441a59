"""Mails that told of tickets whose words are erased go with them."""

from collections.abc import Iterable, Sequence

from django.db.models.functions import Lower

from vaxel.domain.notices.models import BouncingAddress, DigestItem, OutgoingMail, Participant
from vaxel.domain.people.models import Person, Staff

_ON_ITS_WAY = (OutgoingMail.State.QUEUED, OutgoingMail.State.SENDING)


class OnItsWayError(RuntimeError):
    """A mail about it is being sent just now."""


def erase_mails(ticket_ids: Sequence[int], *, desk_id: int, addresses: Iterable[str]) -> int:
    """Remove what was sent about these tickets, in digests too, and who came along to them; how many mails that were.

    What is known of the given addresses' bouncing goes too, unless somebody with a right to the desk has one. In the
    caller's transaction. Raises OnItsWayError.
    """
    digests = DigestItem.unscoped.filter(event__ticket__in=ticket_ids).exclude(mail=None)
    of_digests = list(digests.values_list("mail", flat=True).distinct())
    mails = OutgoingMail.unscoped.filter(ticket__in=ticket_ids) | OutgoingMail.unscoped.filter(pk__in=of_digests)
    if mails.filter(state__in=_ON_ITS_WAY).exists():
        raise OnItsWayError
    count = mails.count()
    mails.delete()
    DigestItem.unscoped.filter(event__ticket__in=ticket_ids).delete()
    Participant.unscoped.filter(ticket__in=ticket_ids).delete()
    strangers = {each.lower() for each in addresses if each} - _known(desk_id)
    BouncingAddress.unscoped.filter(desk=desk_id, address__in=strangers).delete()
    return count


def _known(desk_id: int) -> set[str]:
    people = Person.unscoped.filter(desk=desk_id).values_list(Lower("email"), flat=True)
    staff = Staff.unscoped.filter(desk=desk_id).values_list(Lower("account__email"), flat=True)
    return {*people, *staff}
