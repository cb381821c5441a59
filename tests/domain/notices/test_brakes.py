"""What keeps automatic mails from becoming too many, and from going to programs."""

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, tell_all
from vaxel.domain.notices.brakes import MOST_PER_ADDRESS, is_robot
from vaxel.domain.people.models import Person, Staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "robot"),
    [
        ("no-reply@kund.example", True),
        ("NoReply@kund.example", True),
        ("do-not-reply@kund.example", True),
        ("do_not_reply@kund.example", True),
        ("svara-inte@kund.example", False),
        ("inte-svara@kund.example", True),
        ("ej.svar@kund.example", True),
        ("MAILER-DAEMON@kund.example", True),
        ("postmaster@kund.example", True),
        ("bounces+1234@kund.example", True),
        ("noreen@kund.example", False),
        ("nora.reply@kund.example", False),
        ("maj.ekdahl@kund.example", False),
        ("bounce.house@kund.example", False),
    ],
)
def test_t13_a_mailbox_that_only_programs_have_is_known_by_its_name(address: str, *, robot: bool) -> None:
    assert is_robot(address) is robot


@pytest.mark.parametrize("whose", ["a program", "another desk"])
def test_t13_t16_nothing_automatic_goes_where_nobody_reads(whose: str, person: Person, agent: Staff) -> None:
    address = {"a program": "no-reply@kund.example", "another desk": world.make_desk("baver").mail_address.upper()}[
        whose
    ]
    person.email = address
    person.save(update_fields=["email"])
    answer(world.ask(person), agent)

    mails = {mail.kind: (mail.state, mail.reason) for mail in tell_all(LATER)}

    assert mails == {"received": ("held", "nobody-reads"), "answer": ("queued", "")}


def test_t15_one_address_gets_no_flood_by_many_tickets(person: Person) -> None:
    for _ in range(MOST_PER_ADDRESS + 3):
        world.ask(person)

    states = [mail.state for mail in tell_all()]

    assert states == ["queued"] * MOST_PER_ADDRESS + ["held"] * 3
