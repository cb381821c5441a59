"""Offers and work are what an invoice stands on, so they stay when a ticket is erased; names in their words do not."""

import re
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from vaxel.domain.smalljobs.models import HourEntry, Offer, WorkEntry

#: Stands where a name stood.
_GONE: Final = "–"


@transaction.atomic
def strike_out(words: Sequence[str], *, ticket_ids: Sequence[int]) -> None:
    """Take these words out of what was offered, answered and noted on these tickets, however they are capitalised."""
    if not words:
        return
    known = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for offer in Offer.unscoped.filter(ticket__in=ticket_ids):
        offer.what, offer.why_not = known.sub(_GONE, offer.what), known.sub(_GONE, offer.why_not)
        offer.save(update_fields=["what", "why_not"])
    for table in (WorkEntry, HourEntry):
        for entry in table.unscoped.filter(offer__ticket__in=ticket_ids).exclude(note=""):
            entry.note = known.sub(_GONE, entry.note)
            entry.save(update_fields=["note"])
