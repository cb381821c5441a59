"""The letters that the mailroom writes: whole, plain, and safe whatever is put into them."""

import pytest

from tests.domain.notices.test_plain_language import lix
from tests.factories import NOW, make_desk
from vaxel.domain.mailroom.letters import Contact, Letter, Recipient, send_letter

pytestmark = pytest.mark.django_db
KINDS = ["stranger", "not-by-mail", "mailbox-fault", "mailbox-silent", "mail-broke", "mail-too-large"]
#: The most that plain language allows.
_MOST = 40


def letter(language: str, **more: object) -> Letter:
    values = {
        "desk": "Kompass support",
        "recipient": "Maj Ekdahl",
        "contacts": (Contact(name="Bo Ek", title="Administratör", email="bo@kund.example", phone="010-555 01 01"),),
        "phone": "010-555 01 00",
        "mailbox": "support@kompass.example",
        "since": "i dag kl. 10.00",
        "link": "https://kompass.example/kompass/",
        **more,
    }
    return Letter(language=language, **values)  # type: ignore[arg-type]  # values by name, each of its own type


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_letter_is_whole_and_plain(kind: str, language: str) -> None:
    mail = send_letter(kind, letter(language), desk=make_desk(), to=Recipient(address="maj@kund.example"), now=NOW)

    assert mail is not None
    assert (mail.is_automatic, "\n" in mail.subject, f'lang="{language}"' in mail.html) == (True, False, True)
    assert lix(mail.text) <= _MOST
    assert "support@kompass.example" in mail.text or kind in {"stranger", "not-by-mail"}


@pytest.mark.parametrize("kind", KINDS)
def test_t20_t30_what_is_put_into_a_letter_stays_words(kind: str) -> None:
    nasty = '"><svg onload=alert(1)>\r\nBcc: x@y.example {{7*7}}'
    values = {"recipient": nasty, "reasons": (nasty,), "mailbox": nasty, "fault": nasty, "detail": nasty}
    mail = send_letter(
        kind, letter("sv", **values), desk=make_desk(), to=Recipient(address="maj@kund.example", name=nasty), now=NOW
    )

    assert mail is not None
    assert not {"\r", "\n"} & set(mail.subject + mail.recipient_name)
    assert "<svg" not in mail.html
    assert "49" not in mail.text.replace("{{7*7}}", "")
