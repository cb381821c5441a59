"""Give the desk of an installation its mailboxes: one that is fetched, and one that Postfix hands over.

python -m tests.faults.mailboxes PORT      where Dovecot, or a wire to it, listens
"""

import sys
from typing import Any

from django.utils import timezone

from tests.channels.incoming.dovecot import PASSWORD
from tests.channels.mail_servers import FETCHED, HANDED_OVER, USER
from tests.channels.postfix import NAME
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.mailboxes import add_mailbox


def give_mailboxes(*, imap_port: int) -> None:
    """What an administrator types in; no question needs to be asked back."""
    desk, now = Desk.objects.get(), timezone.now()
    fetched: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": imap_port,
        "tls": "none",
        "username": USER,
        "secrets": {"password": PASSWORD},
    }
    handed_over: dict[str, Any] = {}
    for address, way, how in ((FETCHED, "imap", fetched), (HANDED_OVER, "smtp", handed_over)):
        add_mailbox(
            desk=desk,
            address=address,
            way=way,
            authserv_id=NAME,
            default_product="suite",
            default_kind="unexpected-error",
            by=SYSTEM,
            now=now,
            **how,
        )


if __name__ == "__main__":
    give_mailboxes(imap_port=int(sys.argv[1]))
