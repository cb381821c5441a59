"""What somebody is told whose address we do not know, and who is named to them (trust 9, 19)."""

import pytest

from tests.domain.mailroom.mails import PASS, deliver, mail_from, make_mailbox
from tests.factories import make_desk, make_organisation, make_person
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox_with_user() -> Mailbox:
    """Of a desk with a customer who has a support contact, and a user who is none."""
    desk = make_desk()
    organisation = make_organisation(desk)
    make_person(organisation, name="Siv Bergkvist")
    make_person(organisation, name="Ove Lind", contact=False)
    return make_mailbox(desk)


@pytest.mark.parametrize(
    ("sender", "proven", "customers", "is_named"),
    [
        ("ny@kund.example", PASS, 1, True),
        ("Ny@KUND.example", PASS, 1, True),
        ("ny@kund.example", None, 1, False),
        ("ny@kund.example", PASS, 2, False),
        ("ny@annan.example", PASS, 1, False),
        ("ny@sub.kund.example", PASS, 1, False),
    ],
)
def test_t9_local_contacts_are_named_to_proven_colleagues_alone(
    sender: str, proven: str | None, customers: int, *, is_named: bool
) -> None:
    desk = make_desk()
    mailbox = make_mailbox(desk)
    organisations = [make_organisation(desk) for _ in range(customers)]
    for each in organisations:
        each.domains = ["kund.example"]
        each.save(update_fields=["domains"])
    contact = make_person(organisations[0], name="Siv Bergkvist")
    contact.is_local_contact = True
    contact.save(update_fields=["is_local_contact"])

    held = deliver(mail_from(sender, proven=proven), mailbox)
    letter = OutgoingMail.unscoped.get(kind="stranger")

    assert (held.state, held.reason) == ("quarantine", "stranger")
    assert ("Siv Bergkvist" in letter.text, contact.email in letter.text) == (is_named, is_named)
    assert letter.recipient == sender.lower()


def test_whoever_may_not_ask_is_told_of_no_other_channel(mailbox_with_user: Mailbox) -> None:
    user = Person.unscoped.get(name="Ove Lind")

    held = deliver(mail_from(user), mailbox_with_user)
    letter = OutgoingMail.unscoped.get(kind="not-by-mail")

    assert (held.state, held.reason) == ("quarantine", "refused")
    assert "Siv Bergkvist" in letter.text
    assert "Supporten är till för era utbildade supportkontakter." in letter.text
    # The terms say of the phone that it is for what is urgent, and of the form that the manual comes first.
    assert [words for words in ("Ring oss", "manualen. ", "hjälpcentret") if words in letter.text] == []
