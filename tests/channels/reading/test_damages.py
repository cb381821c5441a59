"""Invariants that hold for every mail, whole or damaged: each of ours is damaged in twenty seeded ways."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Final

import pytest

from tests.channels.reading.made import HEAD, file_part, html, multipart, plain
from vaxel.channels.mail.reading import read
from vaxel.kit.mail import Mail

_TEXT: Final = (
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHej p=C3=A5 er=\r\n!"
)
_PAGE: Final = (
    'Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p onclick="x">Hej <img src="cid:a@b"></p><script>x</script>'
)
_INNER: Final = (
    f"Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n{_TEXT}\r\n--inner\r\n{_PAGE}\r\n--inner--"
)
_REPORT: Final = (
    "Content-Type: message/delivery-status\r\n\r\n"
    "Final-Recipient: rfc822; eva@kund.example\r\nAction: failed\r\nStatus: 5.1.1"
)

MAILS: Final = {
    "plain": plain("Hej!\r\n\r\nDen 5 mars 2026 skrev Support <s@leverantor.example>:\r\n> Hej\r\n\r\n-- \r\nEva"),
    "html": html("<div>Åäö</div><blockquote type=cite>gammalt</blockquote>"),
    "parts": multipart(_INNER, file_part("Årsrapport.pdf"), file_part("=?utf-8?Q?=C3=85.png?=")),
    "report": multipart(_TEXT, _REPORT, kind="report"),
    "headers": (
        b'From: =?utf-8?Q?=C3=85sa_Ek?= <asa@kund.example>\r\nTo: Alla: a@b.example, "C, D" <c@d.example>;\r\n'
        b"Subject: =?iso-8859-1?Q?F=F6r?=\r\n =?utf-8?B?w6XDpMO2?=\r\nReferences: <a@b.example>\r\n\t<c@d>\r\n\r\nHej"
    ),
}  # fmt: skip


def _flipped(raw: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(max(1, len(raw) // 100)):
        damaged[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _nulled(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + b"\0" + raw[at:]


def _shuffled(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join(lines)


DAMAGES: Final[dict[str, Callable[[bytes, random.Random], bytes]]] = {
    **{f"flipped {number}": _flipped for number in range(5)},
    **{f"cut at {tenth}/10": lambda raw, _, tenth=tenth: raw[: len(raw) * tenth // 10] for tenth in range(1, 10)},  # type: ignore[misc]  # a default binds
    "boundaries doubled": lambda raw, _: raw.replace(b"\r\n--=_del", b"\r\n--=_del\r\n--=_del"),
    "charsets swapped": lambda raw, _: raw.replace(b"utf-8", b"utf-16").replace(b"iso-8859-1", b"utf-7"),
    "line feeds": lambda raw, _: raw.replace(b"\r\n", b"\n"),
    "returns": lambda raw, _: raw.replace(b"\r\n", b"\r"),
    "a header 1,000 times": lambda raw, _: (
        raw.split(b"\r\n")[0] + b"\r\n" + (raw.split(b"\r\n")[1] + b"\r\n") * 1_000 + raw
    ),
    "NUL": _nulled,
    "shuffled": _shuffled,
    "encoding renamed": lambda raw, _: raw.replace(b"quoted-printable", b"base64"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", MAILS)
def test_t24_damaged_mail_keeps_the_invariants(name: str, damage: str) -> None:
    raw = DAMAGES[damage](MAILS[name], random.Random(f"{name} {damage}"))  # noqa: S311  # seeded on purpose

    assert_invariants(read(raw))


def test_whole_mails_keep_the_invariants() -> None:
    for raw in MAILS.values():
        assert_invariants(read(raw))


def assert_invariants(mail: Mail) -> None:
    assert bool(mail.reason) is (mail.kind == "unreadable")
    assert (mail.bounce is not None) is (mail.kind == "bounce")
    assert bool(mail.automatic) is (mail.kind == "automatic")
    for text in _every_text(mail):
        assert "\0" not in text
        assert not re.search("[\ud800-\udfff]", text)
    assert not re.search("[\x00-\x1f\x7f\u2028\u2029]", mail.subject)
    assert len(mail.subject) <= 500
    names = [file.name for file in mail.attachments]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert name.strip()
        assert not re.search(r"[/\\]|^\.", name)
        assert len(name.encode()) <= 255
        assert not any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in name)
    assert not re.search(r"<script|<svg|\son\w+=|\sstyle=", mail.html or "")


def _every_text(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in _every_text(one)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in _every_text(getattr(value, field.name))]
    return []


def test_head_of_the_made_mails_is_whole() -> None:
    assert read(HEAD.encode()).subject == "Fel i rapporten"
