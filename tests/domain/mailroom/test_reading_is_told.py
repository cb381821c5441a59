"""The desk knows whether answers to its mails are read: its mails say so."""

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.mailboxes import add_mailbox, change_mailbox


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "aliases"), [("Support@kompass.example", []), ("in@k.example", ["support@kompass.example"])]
)
def test_a_desk_reads_mail_while_the_mailbox_of_its_address_is_on(address: str, aliases: list[str]) -> None:
    desk = world.make_desk(slug="kompass")
    box = add_mailbox(desk=desk, address=address, aliases=aliases, way="imap", by=SYSTEM, now=world.NOW)
    assert Desk.objects.get(pk=desk.pk).reads_mail

    scope = world.desk_scope(desk)
    change_mailbox(scope=scope, mailbox_id=box.pk, is_on=False, by=SYSTEM, now=world.NOW)
    assert not Desk.objects.get(pk=desk.pk).reads_mail

    add_mailbox(desk=desk, address="other@kompass.example", way="imap", by=SYSTEM, now=world.NOW)
    assert not Desk.objects.get(pk=desk.pk).reads_mail
