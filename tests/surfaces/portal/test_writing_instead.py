"""The review names the desk's mail address only while somebody reads what comes there."""

import pytest

from tests.domain.mailroom.mails import make_mailbox
from tests.factories import NOW, desk_scope
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.test_asking import to_review
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import change_mailbox, found_fault


@pytest.mark.parametrize("state", ["none", "well", "ill", "off"])
def test_review_names_the_address_while_its_mailbox_is_well(maj: Customer, state: str) -> None:
    desk = Desk.objects.get()
    address = current_policy(desk).file.desk.mail or ""
    Desk.objects.update(mail_address=address)
    desk.refresh_from_db()
    if state != "none":
        mailbox = make_mailbox(desk, address=address)
        if state == "ill":
            found_fault(mailbox_id=mailbox.pk, fault=MailboxFault.SIGN_IN, detail="", now=NOW)
        if state == "off":
            change_mailbox(scope=desk_scope(desk), mailbox_id=mailbox.pk, by=SYSTEM, now=NOW, is_on=False)

    page = to_review(maj).get("review").content.decode()

    assert address
    assert (f"mailto:{address}" in page) == (state == "well")
