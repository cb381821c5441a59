"""Headers as programs and gateways write them: words, charsets, parameters, ids, folds."""

import pytest

from tests.channels.reading.made import headed
from vaxel.channels.mail.reading import read
from vaxel.channels.mail.reading.charsets import decoded
from vaxel.channels.mail.reading.identifiers import identifiers
from vaxel.channels.mail.reading.params import parameters
from vaxel.channels.mail.reading.words import header_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hej", "Hej"),
        ("=?utf-8?Q?F=C3=B6rvaltning?=", "Förvaltning"),
        ("=?iso-8859-1?Q?F=F6r?= =?iso-8859-1?Q?valtning?=", "Förvaltning"),
        ("=?utf-8?Q?F=C3?=\r\n =?utf-8?Q?=B6r?=", "För"),
        ("=?utf-8?B?w4Q=?= =?utf-8?B?bW5l?=", "Ämne"),
        ("SV: =?utf-8?Q?=C3=85?= och =?utf-8?Q?=C3=84?=", "SV: Å och Ä"),
        ("=?windows-1252?Q?1_200_=80?=", "1 200 €"),
        ("=?iso-8859-1?Q?1_200_=80?=", "1 200 €"),
        ("=?utf-8?Q?torn", "torn"),
        ("=?utf-8?B?w4TDhA?=", "ÄÄ"),
        ("=?utf-8*sv?Q?=C3=85?=", "Å"),
        ("=?okänt?Q?a?=", "a"),
        ("=?utf-8?Q?what?_is_this?=", "what? is this"),
        ("en\r\n rad\tmed\x00 styrtecken\x07", "en rad med styrtecken"),
        ("osynligt\u200b\u202e", "osynligt"),
        ("=?iso-2022-jp?B?GyRCJF8kMSRrGyhC?=", "みける"),
    ],
)
def test_words_are_decoded(value: str, expected: str) -> None:
    assert header_text(value) == expected


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("åäö".encode(), "utf-8", "åäö"),
        ("åäö".encode("cp1252"), "utf-8", "åäö"),
        ("åäö".encode("cp1252"), "", "åäö"),
        ("åäö".encode(), "", "åäö"),
        ("åäö".encode(), "us-ascii", "åäö"),
        ("1 200 €".encode("cp1252"), "iso-8859-1", "1 200 €"),
        ("åäö".encode("cp850"), "cp850", "åäö"),
        ("åäö".encode("mac_roman"), "macintosh", "åäö"),
        ("åäö".encode("utf-16"), "", "åäö"),
        ("behöver hjälp".encode().decode("cp1252").encode(), "utf-8", "behöver hjälp"),
        ("Ã är en bokstav".encode(), "utf-8", "Ã är en bokstav"),
        (("å" * 50).encode() + b"\xe4", "utf-8", "å" * 50 + "ä"),
        ("汉字".encode("gb2312"), "gb2312", "汉字"),
        ("한국".encode("cp949"), "ks_c_5601-1987", "한국"),
        ("テスト".encode("iso2022_jp"), "", "テスト"),
        (b"hej", "zip", "hej"),
        (b"hej", "unicode_escape", "hej"),
        (b"+2AA-", "utf-7", "\ufffd"),
        (b"\x81\x8d", "cp1252", "\x81\x8d"),
    ],
)
def test_t24_bytes_become_text(data: bytes, charset: str, expected: str) -> None:
    assert decoded(data, charset) == expected


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        ('text/plain; charset="utf-8"', "charset", "utf-8"),
        ("text/plain charset=utf-8", "charset", "utf-8"),
        ("attachment; filename=min fil.pdf", "filename", "min fil.pdf"),
        ('attachment; filename="Avtal "nya" 2026.pdf"', "filename", 'Avtal "nya" 2026.pdf'),
        ('attachment; filename="öppen', "filename", "öppen"),
        ("attachment; filename*=utf-8''%C3%85rsrapport.pdf", "filename", "Årsrapport.pdf"),
        ("attachment; filename*0*=utf-8''%C3; filename*1*=%85.pdf", "filename", "Å.pdf"),
        ('attachment; filename*1="b.pdf"; filename*0="a"', "filename", "ab.pdf"),
        ("attachment; filename=\"=?utf-8?Q?=C3=85r.pdf?=\"; filename*=utf-8''%C3%85r.pdf", "filename", "År.pdf"),
        ('attachment; filename="C:\\tmp\\a.pdf"', "filename", "C:\\tmp\\a.pdf"),
        ("; =; ==; a", "a", ""),
    ],
)
def test_parameters_are_read(value: str, name: str, expected: str) -> None:
    assert parameters(value).get(name) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b.example>", ("a@b.example",)),
        ("<a@b.example>\r\n <c@d.example>", ("a@b.example", "c@d.example")),
        ("<a\r\n @b.example>", ("a@b.example",)),
        ("a@b.example c@d.example", ("a@b.example", "c@d.example")),
        ("Message of Monday", ()),
        ("<<<>>>", ()),
    ],
)
def test_ids_are_read(value: str, expected: tuple[str, ...]) -> None:
    assert identifiers(value) == expected


def test_subject_is_one_bounded_line() -> None:
    assert headed("Subject: a\r\n b", "From: a@b.example").subject == "a b"
    assert headed("Subject:", "From: a@b.example").subject == ""
    long = headed("Subject: " + "ö" * 3_000).subject
    assert (len(long), long[-1]) == (500, "…")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends_of_every_kind_are_read(end: str) -> None:
    mail = read(end.join(("From: a@b.example", "Subject: x", "", "rad ett", "rad två")).encode())

    assert (mail.subject, mail.text) == ("x", "rad ett\nrad två")


def test_mailbox_line_and_broken_lines_are_passed() -> None:
    assert headed("From eva@kund.example Mon Jan  1 10:00:00 2026", "Subject: x").subject == "x"
    assert headed("To: a@b.example,", "\t", "\tc@d.example", "Subject: x").subject == "x"


def test_date_is_told_in_utc_and_never_fails() -> None:
    assert str(headed("Date: Thu, 5 Mar 2026 10:58:03 +0100").date) == "2026-03-05 09:58:03+00:00"
    assert headed("Date: Thu, 35 Mar 99999 10:58:03 +9999").date is None
    assert headed("Date: igår").date is None


def test_t09_authentication_results_keep_their_order() -> None:
    mail = headed("Authentication-Results: mx.leverantor.example; dmarc=fail", "Authentication-Results: x; dmarc=pass")

    assert mail.authentication_results == ("mx.leverantor.example; dmarc=fail", "x; dmarc=pass")
