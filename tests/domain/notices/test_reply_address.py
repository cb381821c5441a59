"""The signed names in a mail: they come back as they went out, and nobody else can make them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from vaxel.domain.notices import reply_address as names
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import ReplyClaim


def mail_to(kind: str, recipient_id: int | None, *, ticket_id: int | None = 1042, pk: int = 7) -> OutgoingMail:
    return OutgoingMail(
        pk=pk,
        ticket_id=ticket_id,
        sender="support@kompass.example",
        recipient_kind=kind,
        recipient_id=recipient_id,
    )


@pytest.mark.parametrize(
    ("kind", "recipient_id"), [("person", 31), ("staff", 9_000_000_000), ("colleague", None), ("person", 2**63 - 1)]
)
def test_a_reply_address_says_ticket_and_recipient(kind: str, recipient_id: int | None) -> None:
    address = names.reply_address(mail_to(kind, recipient_id))

    assert names.read_reply_address(address) == ReplyClaim(1042, kind, recipient_id)  # type: ignore[arg-type]  # the table's words


def test_a_reply_address_survives_capitals_and_spaces() -> None:
    address = names.reply_address(mail_to("person", 31))

    assert names.read_reply_address(f" {address.upper()} ") == ReplyClaim(1042, "person", 31)


def test_a_reply_address_is_short_enough_for_every_server() -> None:
    local, _at, _domain = names.reply_address(mail_to("person", 10**9, ticket_id=10**9)).rpartition("@")

    assert len(local) <= 64


def test_a_mailbox_with_a_long_name_keeps_its_plain_address() -> None:
    mail = mail_to("person", 31)
    mail.sender = f"{'s' * 40}@kompass.example"

    assert names.reply_address(mail) == mail.sender


@pytest.mark.parametrize("mail", [mail_to("person", 31, ticket_id=None), mail_to("", None)])
def test_a_mail_about_no_ticket_is_answered_to_the_desk(mail: OutgoingMail) -> None:
    assert names.reply_address(mail) == "support@kompass.example"


@given(st.text(max_size=90))
def test_t03_nothing_made_up_is_a_signed_name(words: str) -> None:
    assert names.read_reply_address(words) is None
    assert names.read_return_path(words) is None
    assert not names.is_ours(words)


@given(ticket=st.integers(1, 10**9), person=st.integers(1, 10**9))
def test_t03_another_ticket_or_recipient_under_a_signature_is_nothing(ticket: int, person: int) -> None:
    address = names.reply_address(mail_to("person", 31))
    signature = address.partition("@")[0][-26:]
    other = names.reply_address(mail_to("person", person, ticket_id=ticket)).replace("@", f"{signature}@")
    swapped = other.replace(other.partition("@")[0][-52:-26], "")

    expected = ReplyClaim(1042, "person", 31) if (ticket, person) == (1042, 31) else None
    assert names.read_reply_address(swapped) == expected


@pytest.mark.parametrize("at", range(26))
def test_t03_every_letter_of_a_signature_counts(at: int) -> None:
    local, _at, domain = names.reply_address(mail_to("person", 31)).rpartition("@")
    letters = list(local)
    letters[-26 + at] = "a" if letters[-26 + at] != "a" else "b"

    assert names.read_reply_address(f"{''.join(letters)}@{domain}") is None


def test_a_return_path_says_which_mail_came_back() -> None:
    path = names.return_path(mail_to("person", 31, pk=70_000))

    assert names.read_return_path(path) == 70_000
    assert names.read_reply_address(path) is None


def test_a_reply_address_is_no_return_path() -> None:
    assert names.read_return_path(names.reply_address(mail_to("person", 31))) is None


def test_a_message_id_is_known_again_with_and_without_brackets() -> None:
    made = names.header_id("support@Kompass.example")

    assert made.endswith("@kompass.example>")
    assert names.is_ours(made)
    assert names.is_ours(made.strip("<>").upper())


def test_every_message_id_is_another() -> None:
    assert len({names.header_id("support@kompass.example") for _ in range(100)}) == 100


def test_names_signed_by_an_earlier_key_are_read(settings: Settings) -> None:
    address, path = names.reply_address(mail_to("staff", 4)), names.return_path(mail_to("staff", 4))
    earlier = settings.SECRET_KEY
    settings.SECRET_KEY = "another key, made when the first one had been seen"
    settings.SECRET_KEY_FALLBACKS = [earlier]

    assert names.read_reply_address(address) == ReplyClaim(1042, "staff", 4)
    assert names.read_return_path(path) == 7

    settings.SECRET_KEY_FALLBACKS = []

    assert names.read_reply_address(address) is None
