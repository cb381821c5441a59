"""Mails made to hurt whoever reads them, by what they abuse (trust 21, 22, 25)."""

from typing import Final

_HEAD: Final = b"From: eva@kund.example\nSubject: x\nMIME-Version: 1.0\n"
_MIXED: Final = _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
_REPORT: Final = b"--b\nContent-Type: message/delivery-status\n\n"
_PAGE: Final = b"--b\nContent-Type: text/html\n\n"
_PICTURE: Final = b'<img src="data:image/png;base64,'
_HTML: Final = _HEAD + b"Content-Type: text/html\n\n"


def _nested(depth: int) -> bytes:
    levels = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(depth))
    return _HEAD + levels + b"\nHej\n"


def _parameters(name: bytes) -> bytes:
    return _HEAD + b"Content-Type: text/plain" + b"".join(b"; " + name % at for at in range(16_000)) + b"\n\nHej"


#: Name, mail, and whether it is more than the reader takes.
BOMBS: Final = {
    "100,000 empty parts": (_MIXED + b"--b\n\n" * 100_000 + b"--b--\n", True),
    "400,000 empty parts": (_MIXED + b"--b\n\n" * 400_000, True),
    "20,000 attachments": (_MIXED + b"--b\nContent-Disposition: attachment; filename=a\n\nx\n" * 20_000, True),
    "900 attachments": (_MIXED + b"--b\nContent-Disposition: attachment; filename=a\n\nx\n" * 900, False),
    "1,000 nested multiparts": (_nested(1_000), True),
    "1,000 nested mails": (_HEAD + b"Content-Type: message/rfc822\n\n" * 1_000, False),
    "800 nested comments": (b"From: " + b"(" * 800 + b")" * 800 + b" a@b.example\n\nHej", False),
    "100,000 open comments": (b"From: " + b"(" * 100_000 + b" a@b.example\n\nHej", False),
    "16,000 parameters": (_parameters(b"a%d=b"), False),
    "16,000 continuations": (_parameters(b"name*%d=b"), False),
    "8,000 addresses": (b"To: " + b", ".join(b'"N" <n%d@b.example>' % at for at in range(8_000)) + b"\n\nHej", False),
    "4,000 encoded words": (b"Subject: " + b"\n ".join([b"=?utf-8?q?=C3=A5?="] * 4_000) + b"\n\nHej", False),
    "80,000 torn words": (b"Subject: " + b"=?a?q?" * 80_000 + b"\n\nHej", False),
    "100,000 headers": (b"X-A: b\n" * 100_000 + b"\nHej", True),
    "a header of 5 MB": (b"X-A: " + b"a" * 5_000_000 + b"\n\nHej", True),
    "5 MB of line ends": (b"\r" * 5_000_000 + b"a\n", True),
    "40,000 nested divs": (_HTML + b"<div>" * 40_000 + b"Hej", False),
    "an attribute of 2 MB": (_HTML + b'<p title="' + b"a" * 2_000_000 + b'">Hej</p>', False),
    "200,000 attributes": (_HTML + b"<p " + b"a= " * 200_000 + b">Hej</p>", False),
    "formatting times paragraphs": (_HTML + b"".join(b"<b a=%d>" % at for at in range(99)) + b"<p>x" * 50_000, False),
    "ends without beginnings": (_HTML + b"<center></b>" * 40_000, False),
    "nested tables": (_HTML + b"<table><tr><td>" * 20_000, False),
    "1.9 million ampersands": (_HTML + b"&" * 1_900_000, False),
    "1.9 million brackets": (_HTML + b"<" * 1_900_000, False),
    "400,000 comments": (_HTML + b"<!--" * 400_000, False),
    "400,000 quoted lines": (_HEAD + b"\n" + b"> a\n" * 400_000, False),
    "20,000 attributions": (_HEAD + b"\n" + b"On Mon 2026-01-01 10:00 a@b.example wrote:\n\n" * 20_000 + b"> x", False),
    "300,000 signatures": (_HEAD + b"\nHej\n" + b"--\n" * 300_000, False),
    "words of a header": (b"X-Auto-Response-Suppress: " + b"oof " * 100_000 + b"\n\nHej", False),
    "signs in a report": (b"From: mailer-daemon@b.example\nSubject: Undelivered\n\n" + b"a@a." * 15_000, False),
    "colons": (_HEAD + b"\n" + (b":" * 390 + b"\n") * 2_500, False),
    "flowing lines": (_HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000, False),
    "returns": (_HEAD + b"\n" + b"\r" * 900_000, False),
    "marks on a letter": (
        _MIXED + b'--b\nContent-Type: a/b; name="a' + "\u0301\u0323".encode() * 100_000 + b'"\n\nx\n--b--\n', False
    ),
    "900 reports": (_MIXED + (_REPORT + b"Final-Recipient: a@b.c\nAction: failed\n\n" * 300) * 900, False),
    "2,700 pictures": (_MIXED + (_PAGE + (_PICTURE + b"QUJD" * 600 + b'">') * 3 + b"\n") * 900, False),
    "soft line breaks": (_HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= " * 1_000_000, False),
}  # fmt: skip
