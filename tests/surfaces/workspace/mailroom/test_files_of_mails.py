"""Files that came by mail: saved, never run, whatever they are called and whatever is in them (trust 35, 36)."""

import hashlib

import pytest
from django.http.response import ResponseHeaders

from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.tickets.models import Attachment
from vaxel.kit.mail import MailAttachment
from vaxel.surfaces.ui.files import file_url

DRAWN_BY_BROWSERS = {"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"}
HARM = b"<html><script>alert(1)</script></html>"
ACTIVE = (
    *("sida.html", "sida.htm", "sida.xhtml", "sida.xht", "sida.shtml", "sida.mht", "sida.mhtml", "bild.svg"),
    *("bild.svgz", "data.xml", "data.xsl", "data.xslt", "flöde.rss", "flöde.atom", "data.rdf", "formel.mathml"),
    *("film.swf", "brev.pdf", "sida.html.png.html", "möte.ics", "kontakt.vcf", "vidarebefordrat.eml", "utan ändelse"),
)


def mail_with(office: Office, *names: str, content: bytes = HARM, content_type: str = "text/html") -> ReceivedMail:
    files = tuple(
        MailAttachment(
            name=name,
            content_type=content_type,
            content=content + name.encode(),
            sha256=hashlib.sha256(content + name.encode()).hexdigest(),
        )
        for name in names
    )
    return deliver(mail_from(office.person, attachments=files), make_mailbox(office.desk))


def headers_of(office: Office, address: str) -> ResponseHeaders:
    """What the file is sent with, read to its end."""
    response = office.client.get(address)
    assert response.status_code == 200
    b"".join(response)  # a file's answer is read piece by piece
    return response.headers


def test_t35_active_types_are_saved_and_not_shown(office: Office) -> None:
    mail = mail_with(office, *ACTIVE)

    for attachment in Attachment.unscoped.filter(message=mail.message):
        headers = headers_of(office, file_url(attachment, desk=office.desk))
        assert headers["Content-Disposition"].startswith("attachment"), attachment.name
        assert headers["Content-Type"].split(";")[0] not in DRAWN_BY_BROWSERS
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"


def test_there_are_active_types_enough(office: Office) -> None:
    mail = mail_with(office, *ACTIVE)

    assert Attachment.unscoped.filter(message=mail.message).count() == len(ACTIVE) >= 20


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "image/png"])
def test_t35_type_that_the_mail_claims_is_not_believed(office: Office, claimed: str) -> None:
    """HTML that calls itself a picture is no picture: it has a paperclip, and is saved."""
    mail = mail_with(office, "bild.png", content_type=claimed)
    attachment = Attachment.unscoped.get(message=mail.message)

    headers = headers_of(office, file_url(attachment, desk=office.desk))

    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/passwd", "..\\..\\x.txt", ".htaccess", "CON", "a\u202egnp.exe.txt", "a\u200b.txt"),
        *("x" * 400 + ".txt", ""),
    ],
)
def test_t36_name_of_a_file_is_only_a_name(office: Office, name: str) -> None:
    mail = mail_with(office, name, content=b"hej", content_type="text/plain")
    assert mail.ticket is not None

    page = read(office.client.get(office.url(mail.ticket)))

    for link in page.all(".file__name a"):
        assert "/" not in link.text
        assert "\u202e" not in link.text
        headers_of(office, link.attributes["href"])


def test_attached_mail_and_invitation_are_downloads_in_the_conversation(office: Office) -> None:
    mail = mail_with(office, "vidarebefordrat.eml", "möte.ics")
    assert mail.ticket is not None

    page = read(office.client.get(office.url(mail.ticket)))

    assert [link.text for link in page.all(".file__name a")] == ["vidarebefordrat.eml", "möte.ics"]
