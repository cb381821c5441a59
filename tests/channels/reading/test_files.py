"""Parts that are kept as files, and which parts are the words."""

import hashlib

import pytest

from tests.channels.reading.made import HEAD, file_part, html, multipart, plain
from vaxel.channels.mail.reading import read
from vaxel.channels.mail.reading.filenames import file_name, unique

TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nHär är filen."
PICTURE = (
    "Content-Type: image/png; name=logo.png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <logo@kund.example>\r\n"
    "Content-Disposition: inline\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetI"
)


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Årsrapport.pdf", "Årsrapport.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\boot.ini", "_.._boot.ini"),
        ("C:\\Users\\Eva\\a.pdf", "C__Users_Eva_a.pdf"),
        (".htaccess", "htaccess"),
        ("...", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("  \t ", "attachment.pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("a\u200bb.pdf", "ab.pdf"),
        ("a\x00b\x1f.pdf", "a b .pdf"),
        ("a\nb.pdf", "a b.pdf"),
        ("\u200b.htaccess", "htaccess"),
        ("\uff0e\uff0e\uff0fa", "\uff0e\uff0e_a"),
        ("fil.pdf. . ", "fil.pdf"),
        ('<svg onload="x">.png', "_svg onload=_x__.png"),
        ("A\u030angermanland.csv", "Ångermanland.csv"),
        ("a/b", "a_b"),
    ],
)
def test_t36_names_are_safe(given: str, safe: str) -> None:
    assert file_name(given, content_type="application/pdf") == safe


def test_t36_names_are_short_and_keep_their_ending() -> None:
    name = file_name("ö" * 300 + ".docx", content_type="application/msword")

    assert len(name.encode()) <= 255
    assert name.endswith("ö.docx")


def test_names_are_unique_without_case() -> None:
    taken: set[str] = set()

    assert [unique(name, taken) for name in ("a.png", "A.png", "a.png", "a (2).png")] == [
        "a.png", "A (2).png", "a (3).png", "a (2) (2).png",
    ]  # fmt: skip


def test_attachment_is_decoded_and_counted() -> None:
    mail = read(multipart(TEXT, file_part("Beslut 12.pdf")))
    (file,) = mail.attachments

    assert mail.text == "Här är filen."
    assert (file.name, file.content, file.size, file.is_inline) == ("Beslut 12.pdf", b"%PDF-", 5, False)
    assert file.sha256 == hashlib.sha256(b"%PDF-").hexdigest()


def test_picture_in_place_is_inline_and_a_small_one_is_decoration() -> None:
    page = 'Content-Type: text/html\r\n\r\n<p>Hej</p><img src="cid:logo@kund.example">'
    mail = read(multipart(page, PICTURE, kind="related"))
    (file,) = mail.attachments

    assert (file.content_id, file.is_inline, file.is_decoration) == ("logo@kund.example", True, True)
    assert mail.html == '<p>Hej</p><img src="cid:logo@kund.example">'


def test_picture_in_the_html_itself_becomes_a_file() -> None:
    mail = read(html(f'<p>Hej</p><img src="data:image/png;base64,{"QUJD" * 400_000}"><p>slut</p>'))
    (file,) = mail.attachments

    assert mail.html == '<p>Hej</p><img src="cid:vaxel-embedded-0"><p>slut</p>'
    assert (file.name, file.content_id, file.size, file.is_inline) == ("image.png", "vaxel-embedded-0", 1_200_000, True)


def test_attached_mail_is_one_file_named_by_its_subject() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?Q?=C3=84rende?=\r\n\r\nText med bilagor"
    (file,) = read(multipart(TEXT, inner)).attachments

    assert (file.name, file.content_type) == ("Ärende.eml", "message/rfc822")


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/calendar", "invite.ics"),
        ("application/pkcs7-mime", "smime.p7m"),
        ("application/pgp-signature", "signature.asc"),
        ("application/ms-tnef", "winmail.dat"),
        ("image/jpeg", "image.jpg"),
        ("application/x-unknown", "attachment.bin"),
    ],
)
def test_part_without_a_name_gets_one(content_type: str, name: str) -> None:
    mail = read(multipart(TEXT, f"Content-Type: {content_type}\r\n\r\nxyz"))

    assert [file.name for file in mail.attachments] == [name]


def test_every_leaf_is_reached() -> None:
    """Missing ends, doubled boundaries, parts without headers: words and files together hold all of them."""
    body = (
        "--=_del\r\n\r\nett\r\n--=_del\r\n--=_del\r\n\r\ntvå\r\n--=_del--\r\n"
        "--=_del\r\nContent-Type: application/pdf\r\n\r\ntre"
    )
    mail = read(f"{HEAD}Content-Type: multipart/mixed; boundary==_del\r\n\r\n{body}".encode())

    assert mail.text.split() == ["ett", "två"]
    assert [file.content for file in mail.attachments] == [b"tre"]


def test_multipart_without_its_boundary_is_text() -> None:
    assert read(f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\nHej på er".encode()).text == "Hej på er"


def test_text_of_html_is_used_where_the_plain_part_says_nothing() -> None:
    stub = "Content-Type: text/plain\r\n\r\nYour e-mail client cannot display HTML messages."
    page = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hej på er</p>"

    assert read(multipart(stub, page, kind="alternative")).text == "Hej på er"
    assert read(html("<ul><li>ett<li>två</ul><pre>a\n  b</pre>")).text == "- ett\n- två\na\n  b"


def test_row_of_a_table_is_one_line() -> None:
    assert read(html("<table><tr><td><p>Version</p></td><td><p>8.9.0</p></td></tr></table>")).text == "Version 8.9.0"


def test_encrypted_mail_says_so() -> None:
    mail = read(f"{HEAD}Content-Type: application/pkcs7-mime\r\n\r\nx".encode())

    assert mail.warnings == ("It is encrypted, and cannot be read here.",)


def test_flowed_text_flows() -> None:
    mail = read(plain("Rad ett \nfortsätter här.\n-- \nEva").replace(b'"utf-8"', b"utf-8; format=flowed"))

    assert (mail.text, mail.quoted) == ("Rad ett fortsätter här.", "--\nEva")


def test_empty_and_wordless_mails_are_no_fault() -> None:
    assert (read(b"").kind, read(b"\r\n\0\r\n").kind) == ("unreadable", "unreadable")
    assert read(b"Subject: x\r\n\r\n").text == ""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("SGVqIHDDpSBlciE=\r\nTnUgZ8OlciBkZXQu", "Hej på er!Nu går det."),
        ("SGVqIHDDpSBlciEh\r\n\r\n-- \r\nScanned by the gateway", "Hej på er!!"),
        ("Hello everybody here", "Hello everybody here"),
    ],
)
def test_base64_that_gateways_bent_is_read(body: str, text: str) -> None:
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    assert read(f"{head}{body}\r\n".encode()).text == text


@pytest.mark.parametrize("kind", ["text", "text/", ";;;", "plain"])
def test_what_is_no_type_is_plain_text(kind: str) -> None:
    assert read(f"{HEAD}Content-Type: {kind}\r\n\r\nHej\r\n".encode()).text == "Hej"


def test_pictures_in_two_pages_have_two_ids() -> None:
    page = f'Content-Type: text/html\r\n\r\n<img src="data:image/png;base64,{"iVBORw0KGgoA" * 200}">'
    mail = read(multipart(page, page))

    assert [file.content_id for file in mail.attachments] == ["vaxel-embedded-0", "vaxel-embedded-1"]
