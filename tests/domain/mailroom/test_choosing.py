"""Whose mailbox a mail is for."""

import pytest

from tests.domain.mailroom.mails import make_mailbox
from tests.factories import NOW, make_desk
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.choosing import mailbox_for, mailbox_of_address
from vaxel.domain.mailroom.mailboxes import NoAddressError
from vaxel.domain.mailroom.models import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_address_leads_to_its_mailbox_with_any_tag_and_case(desk: Desk) -> None:
    mailbox = make_mailbox(desk, aliases=["hjalp@alias.example"])
    local, _at, domain = mailbox.address.partition("@")
    named = [mailbox.address, f"{local.upper()}+r1-p2-abc@{domain}", "hjalp+x@ALIAS.example"]

    assert [mailbox_of_address(each) for each in named] == [mailbox] * 3
    assert [mailbox_of_address(each) for each in ("x@alias.example", "", "@")] == [None] * 3


def test_mailbox_that_is_turned_off_takes_no_mail(desk: Desk) -> None:
    mailbox = make_mailbox(desk, is_on=False)

    assert mailbox_of_address(mailbox.address) is None


def test_piped_mail_finds_the_mailbox_that_its_headers_name(desk: Desk) -> None:
    first, second = make_mailbox(desk), make_mailbox(desk, address="avtal@desk.example")
    raw = b"Delivered-To: avtal+x@desk.example\r\nTo: undisclosed\r\n\r\n" + first.address.encode()

    assert mailbox_for(raw, desk=desk, address="", now=NOW) == second
    assert mailbox_for(b"To: x@y.example\r\n\r\n", desk=desk, address="", now=NOW) == first
    assert mailbox_for(b"", desk=desk, address=second.address, now=NOW) == second


def test_desk_without_a_mailbox_gets_one_at_its_address(desk: Desk) -> None:
    made = [mailbox_for(b"", desk=desk, address="", now=NOW) for _ in range(2)]

    assert (made[0].address, made[0].way, made[0]) == (desk.mail_address, Mailbox.Way.PIPE, made[1])


def test_mailbox_of_another_desk_is_not_given(desk: Desk) -> None:
    other = make_mailbox(make_desk("baver"))
    make_mailbox(desk)

    with pytest.raises(NoAddressError):
        mailbox_for(b"", desk=desk, address=other.address, now=NOW)
