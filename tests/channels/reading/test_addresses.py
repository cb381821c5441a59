"""Address headers of every shape: one reader, which refuses nothing and invents nothing (trust 7, 8, 22)."""

import pytest

from tests.channels.reading.made import headed
from vaxel.channels.mail.reading.addresses import addresses


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("eva@kund.example", [("eva@kund.example", "")]),
        ("Eva Ek <eva@Kund.Example>", [("eva@kund.example", "Eva Ek")]),
        ('"Ek, Eva" <eva@kund.example>', [("eva@kund.example", "Ek, Eva")]),
        ('"Eva \\"E\\" Ek" <eva@kund.example>', [("eva@kund.example", 'Eva "E" Ek')]),
        ("eva@kund.example (Eva Ek)", [("eva@kund.example", "Eva Ek")]),
        ("Eva (i Växjö (Småland)) Ek <eva@kund.example>", [("eva@kund.example", "Eva Ek")]),
        ("=?utf-8?q?Ek=2C_=C3=85sa?= <asa@kund.example>", [("asa@kund.example", "Ek, Åsa")]),
        ("=?utf-8?q?=C3=85sa_=3Casa=40kund=2Eexample=3E?=", [("asa@kund.example", "Åsa")]),
        ("a@kund.example; b@kund.example", [("a@kund.example", ""), ("b@kund.example", "")]),
        ("Alla: a@kund.example, B <b@kund.example>;", [("a@kund.example", ""), ("b@kund.example", "B")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example,@mx.example:eva@kund.example>", [("eva@kund.example", "")]),
        ("eva @ kund . example", [("eva@kund.example", "")]),
        ("mailto:eva@kund.example", [("eva@kund.example", "")]),
        ("<<eva@kund.example>>", [("eva@kund.example", "")]),
        ("Eva <eva@kund.example, Bo <bo@kund.example>", [("eva@kund.example", "Eva"), ("bo@kund.example", "Bo")]),
        ("Eva Ek eva@kund.example", [("eva@kund.example", "Eva Ek")]),
        ('"eva ek"@kund.example', [('"eva ek"@kund.example', "")]),
        ('"chef@bank.example" <eva@kund.example>', [("eva@kund.example", "chef@bank.example")]),
        ("eva@kund.example.", [("eva@kund.example", "")]),
        ("jdöe@mächine.example", [("jdöe@mächine.example", "")]),
        ("Eva\u202e <eva@kund.example>", [("eva@kund.example", "Eva")]),
        ("root", []),
        ("@kund.example", []),
        ("", []),
        ("<>", []),
        (", ,,", []),
    ],
)
def test_addresses_are_read(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.address, one.name) for one in addresses(value)] == expected


def test_t07_every_writer_is_told() -> None:
    mail = headed("From: Eva <eva@kund.example>", "From: chef@bank.example", "Sender: bo@kund.example")

    assert [one.address for one in mail.froms] == ["eva@kund.example", "chef@bank.example"]
    assert mail.sender is not None
    assert mail.sender.address == "bo@kund.example"
    assert mail.warnings == ("It names more than one writer.",)


@pytest.mark.parametrize(
    "value",
    [
        "a@b.example <eva@kund.example>",
        '"a@b.example" <eva@kund.example>',
        "=?utf-8?q?a=40b=2Eexample?= <eva@kund.example>",
        "(a@b.example) eva@kund.example",
        "a@b.example@evil <eva@kund.example>",
    ],
)
def test_t08_true_address_is_not_the_shown_name(value: str) -> None:
    assert [one.address for one in addresses(value)] == ["eva@kund.example"]


@pytest.mark.parametrize(
    "value", ["(" * 100_000 + "a@b.example", '"' * 200_000, "<" * 200_000, " " * 200_000 + "@", "a@b," * 60_000]
)
def test_t22_hostile_addresses_are_read_in_one_pass(value: str) -> None:
    assert len(addresses(value)) <= 1_000


def test_t11_delivery_addresses_keep_their_tokens() -> None:
    mail = headed("Delivered-To: Support+k3Y@leverantor.example", "X-Original-To: <info@leverantor.example>")

    assert mail.delivered_to == ("Support+k3Y@leverantor.example", "info@leverantor.example")
