"""A handful of mails with a fault among them: each is then taken in by itself (trust 23)."""

from email.message import EmailMessage

import pytest
from django.utils import timezone

from tests.domain.mailroom.mails import make_mailbox
from tests.factories import NOW, make_desk, make_organisation, make_person
from vaxel.channels.mail.incoming.draining import drain
from vaxel.channels.mail.readers import Readers
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.tickets.blobs import blob_path

pytestmark = pytest.mark.django_db


def test_t23_a_mail_whose_bytes_are_gone_holds_up_no_other() -> None:
    desk = make_desk()
    mailbox, person = make_mailbox(desk), make_person(make_organisation(desk))
    raws = [_question(person.email, mailbox.address, number) for number in range(3)]
    stored = store([Arrival(raw=raw, size=len(raw)) for raw in raws], mailbox=mailbox, now=NOW)
    broken = ReceivedMail.unscoped.select_related("raw").get(pk=stored[1].mail_id)
    assert broken.raw is not None
    blob_path(broken.raw.key).unlink()

    with Readers(processes=1) as readers:
        settled = drain(readers, clock=timezone.now, seconds=60)

    states = ReceivedMail.unscoped.order_by("id").values_list("state", "attempts")
    assert (settled, list(states)) == (2, [("ticket", 1), ("waiting", 1), ("ticket", 1)])


def _question(sender: str, to: str, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"Fråga {number}"
    mail["Message-ID"] = f"<fraga{number}@kund.example>"
    mail.set_content("Det står att ett oväntat fel har inträffat.")
    return mail.as_bytes()
