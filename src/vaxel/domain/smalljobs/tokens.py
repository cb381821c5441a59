"""The link in a mail by which one person answers one offer without signing in.

It is signed with the installation's secret and a salt of its own, names offer and person, and holds no right: who may
answer is asked anew when the page is shown and when it is sent (trust 51). It ends with the offer.
"""

from typing import Final

from django.core import signing

_SALT: Final = "vaxel.smalljobs.offer"


def offer_token(*, offer_id: int, person_id: int) -> str:
    """What stands in the link's address."""
    return signing.dumps([offer_id, person_id], salt=_SALT)


def read_offer_token(token: str) -> tuple[int, int] | None:
    """The offer and the person; None for anything that was not made here."""
    try:
        offer_id, person_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return offer_id, person_id
