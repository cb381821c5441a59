"""Mails that came back, and mails that no person wrote (trust 13, 17, 18)."""

import pytest

from tests.channels.reading.made import headed, multipart
from vaxel.channels.mail.reading import read
from vaxel.channels.mail.reading.statuses import severity_of, status_in
from vaxel.kit.mail import Bounce, Severity

DAEMON = (
    "From: Mail Delivery System <MAILER-DAEMON@mx.kund.example>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
)
WORDS = "Content-Type: text/plain\r\n\r\nI'm sorry to have to inform you."
RETURNED = (
    "Content-Type: message/rfc822\r\n\r\nMessage-ID: <t1.2@leverantor.example>\r\nTo: eva@kund.example\r\n\r\nHej"
)


def report(*fields: str) -> str:
    """The machine's part of a report."""
    return "\r\n".join(
        ("Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.kund.example", "", *fields, "")
    )


def test_t18_standard_report_is_read() -> None:
    status = report(
        "Final-Recipient: rfc822; eva.ek@kund.example",
        "Original-Recipient: rfc822;eva@kund.example",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 <eva@kund.example>: User unknown",
    )
    mail = read(multipart(WORDS, status, RETURNED, kind="report; report-type=delivery-status", head=DAEMON))

    assert mail.kind == "bounce"
    assert mail.bounce == Bounce(
        recipient="eva@kund.example", severity="hard", status="5.1.1", original_message_id="t1.2@leverantor.example"
    )


def test_t18_failed_recipient_is_told_before_one_that_waits() -> None:
    status = report(
        "Final-Recipient: rfc822; a@kund.example", "Action: delayed", "Status: 4.4.1", "",
        "Final-Recipient: rfc822; b@kund.example", "Action: failed", "Status: 5.2.1",
    )  # fmt: skip
    bounce = read(multipart(WORDS, status, head=DAEMON)).bounce

    assert bounce is not None
    assert (bounce.recipient, bounce.severity) == ("b@kund.example", "hard")


@pytest.mark.parametrize(
    "text",
    [
        "Your message could not be delivered to:\r\n\r\n<eva@kund.example>:\r\n550 5.1.1 User unknown",
        "The following address(es) failed:\r\n\r\n  eva@kund.example\r\n    Unrouteable address",
        "Delivery to the following recipient failed permanently:\r\n\r\n     eva@kund.example\r\n\r\n550 no such user",
        "Det gick inte att leverera ditt meddelande till eva@kund.example.\r\n\r\nAdressen finns inte.",
        "Recipient: eva@kund.example\r\nReason: mailbox does not exist",
    ],
)
def test_t18_reports_in_words_are_read(text: str) -> None:
    bounce = headed(*DAEMON.splitlines(), "To: support@leverantor.example", body=text).bounce

    assert bounce is not None
    assert (bounce.recipient, bounce.severity) == ("eva@kund.example", "hard")


def test_question_about_a_report_is_no_report() -> None:
    pasted = (
        "Vad betyder det här?\r\n\r\nFinal-Recipient: rfc822; bo@kund.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    )

    assert headed("From: eva@kund.example", "Subject: Konstigt mejl", body=pasted).kind == "message"


@pytest.mark.parametrize(
    ("status", "diagnostic", "action", "text", "expected"),
    [
        ("5.1.1", "", "failed", "", "hard"),
        ("4.4.7", "", "delayed", "", "soft"),
        ("", "smtp; 550 no such user", "failed", "", "hard"),
        ("", "smtp; 451 try later", "failed", "", "soft"),
        ("5.2.2", "smtp; 552 mailbox full", "failed", "", "soft"),
        ("", "", "", "This is a permanent error. retry timeout exceeded", "soft"),
        ("", "", "", "Brevlådan finns inte.", "hard"),
        ("", "", "", "", "unknown"),
    ],
)
def test_severity_follows_codes_and_then_words(
    status: str, diagnostic: str, action: str, text: str, expected: Severity
) -> None:
    assert severity_of(status=status, diagnostic=diagnostic, action=action, text=text) == expected


def test_more_telling_status_of_the_same_class_is_taken() -> None:
    assert status_in("5.0.0", "550 5.1.10 RecipientNotFound") == "5.1.10"
    assert status_in("4.0.0", "550 5.1.10 RecipientNotFound") == "4.0.0"
    assert status_in("", "host mx[192.0.2.1] said: 550-5.7.26 no") == "5.7.26"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Subject: Autosvar: Semester", "Auto-Submitted: auto-replied"], "out-of-office"),
        (["Subject: Automatiskt svar: Fel i rapporten"], "auto-reply"),
        (["Subject: Frånvaro: åter den 10 augusti"], "out-of-office"),
        (["Subject: Automatic reply: Error", "X-Auto-Response-Suppress: All"], "auto-reply"),
        (["Subject: Abwesenheitsnotiz: Urlaub"], "out-of-office"),
        (["Subject: x", "X-Autoreply: yes"], "auto-reply"),
        (["Subject: x", "Precedence: auto_reply"], "auto-reply"),
        (["Subject: x", "Auto-Submitted: auto-generated"], "auto-generated"),
        (["Subject: x", "X-Auto-Response-Suppress: DR, OOF, AutoReply"], "auto-generated"),
        (["Subject: x", "Precedence: bulk"], "list"),
        (["Subject: x", "List-Id: <nyheter.kund.example>"], "list"),
        (["Subject: x", "Return-Path: <>"], "auto-generated"),
        (["Subject: complaint about message from 192.0.2.1"], "abuse-report"),
        (["Subject: Notification", "X-Amz-Sns-Message-Id: 1"], "auto-generated"),
        (["Subject: x", "From: postmaster@kund.example"], "auto-generated"),
        (["Subject: x", "Auto-Submitted: no"], ""),
        (["Subject: Autosvar fungerar inte"], ""),
        (["Subject: SV: Automatiskt svar: Fel"], ""),
        (["Subject: Semester i systemet"], ""),
        (["Subject: x", "Return-Path: <eva@kund.example>"], ""),
    ],
)
def test_t13_automatic_mails_are_told(headers: list[str], expected: str) -> None:
    mail = headed(*headers, "From: eva@kund.example")

    assert mail.automatic == expected
    assert mail.kind == ("automatic" if expected else "message")


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [("message/disposition-notification", "receipt"), ("message/feedback-report", "abuse-report")],
)
def test_other_reports_are_no_bounces(content_type: str, expected: str) -> None:
    mail = read(multipart(WORDS, f"Content-Type: {content_type}\r\n\r\nFeedback-Type: abuse", kind="report"))

    assert (mail.kind, mail.automatic, mail.bounce) == ("automatic", expected, None)


def test_report_that_a_mail_arrived_is_a_receipt() -> None:
    status = report("Final-Recipient: rfc822; eva@kund.example", "Action: delivered", "Status: 2.0.0")

    assert read(multipart(WORDS, status, kind="report", head=DAEMON)).automatic == "receipt"


@pytest.mark.parametrize(
    "subject",
    [
        "Ej på kontoret: Fel", "Out of Office AutoReply: Fel", "OOO: Fel", "Auto: Fel", "Fraværsmeddelelse: Fejl",
        "Poissaoloilmoitus", "Automatische Abwesenheitsnotiz", "Respuesta automatica: Fel", "Fuori sede: Fel",
        "Automatická odpověď: Fel", "Автоответ: Fel", "자동 회신: Fel", "Re: [Auto-Reply] Fel",
    ],
)  # fmt: skip
def test_t13_automatic_answers_of_more_languages_are_told(subject: str) -> None:
    assert headed("From: eva@kund.example", f"Subject: {subject}").kind == "automatic"


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        (["From: eva@kund.example", "Subject: VB: Gick inte att leverera"], "Vad är 5.1.1 för bo@kund.example?"),
        (["From: eva@kund.example", "Subject: Delivery problem"], "It was not delivered. Order 550-1234."),
        (["From: Greta Postmaster <greta@kund.example>", "Subject: DNS"], "Lägg till en post, tack."),
        (["From: bounce.house@kund.example", "Subject: Order"], "Vi vill beställa."),
        (["From: Mail Delivery Team <team@kund.example>", "Subject: Routes"], "They have changed."),
    ],
)
def test_people_who_write_of_failures_are_people(headers: list[str], text: str) -> None:
    assert headed(*headers, body=text).kind == "message"


def test_report_of_a_program_without_codes_is_told() -> None:
    head = ("From: no-reply@kund.example", "Subject: Undelivered Mail Returned to Sender")
    bounce = headed(*head, body="Could not be delivered to: <eva@kund.example>\r\nAs their mailbox is full.").bounce

    assert bounce is not None
    assert (bounce.recipient, bounce.severity) == ("eva@kund.example", "soft")
