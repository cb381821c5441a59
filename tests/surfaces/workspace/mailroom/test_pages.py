"""The mailroom's pages: what waits and what is done with it, mails going out, mailboxes."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.models import BlockedSender, Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import reason_in_words
from vaxel.domain.mailroom.sealing import unseal
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Attachment, Ticket

BOX = {
    "address": "support@kompass.example",
    "way": "imap",
    "host": "imap.kompass.example",
    "port": "993",
    "tls": "tls",
    "username": "support",
    "sign_in": "password",
    "is_on": "yes",
}


def room(office: Office, page: str = "") -> str:
    return f"/{office.desk.slug}/workspace/mailroom/{page}"


@pytest.fixture
def stranger(office: Office) -> ReceivedMail:
    mailbox = make_mailbox(office.desk)
    return deliver(mail_from("okand@annan.example", text="Vill ni köpa?", html="<p>Vill ni köpa?</p>"), mailbox)


@pytest.fixture
def administrator(office: Office) -> Client:
    return signed_in(world.make_staff(office.desk, name="Karin Holm", may_administer=True).account)


def words(client: Client, address: str) -> str:
    return read(client.get(address)).text


# --- what waits -----------------------------------------------------------------------------------------------------


def test_mail_that_waits_says_why(office: Office, stranger: ReceivedMail) -> None:
    page = words(office.client, room(office))

    assert reason_in_words(stranger.reason) in page
    assert "okand@annan.example" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    mailbox = make_mailbox(office.desk)
    for number in range(count):
        deliver(mail_from(f"okand{number}@annan.example"), mailbox)
    office.client.get(room(office))

    with django_assert_num_queries(4):
        page = read(office.client.get(room(office)))

    assert len(page.all(".list__item")) == count


def test_mail_is_shown_with_its_words_and_a_frame(office: Office, stranger: ReceivedMail) -> None:
    page = read(office.client.get(room(office, f"{stranger.public_id}/")))

    frame = page.one("iframe")
    assert page.one("pre.mail-words").text == "Vill ni köpa?"
    assert frame.attributes["src"] == room(office, f"{stranger.public_id}/body/")
    assert frame.attributes["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"


def test_release_to_a_ticket(office: Office, stranger: ReceivedMail, ticket: Ticket) -> None:
    office.client.post(room(office, f"{stranger.public_id}/ticket/"), {"number": str(ticket.number)})

    stranger.refresh_from_db()
    assert (stranger.state, stranger.release_ticket_id) == ("waiting", ticket.pk)


@pytest.mark.parametrize("number", ["", "99999", "hej", "KOM-", "KOMPAS-1x"])
def test_release_to_no_ticket_is_said_at_the_field(office: Office, stranger: ReceivedMail, number: str) -> None:
    response = office.client.post(room(office, f"{stranger.public_id}/ticket/"), {"number": number})

    assert response.status_code == 422
    assert "Det finns inget sådant ärende" in read(response, status=422).text


def test_release_to_a_person(office: Office, stranger: ReceivedMail) -> None:
    page = read(office.client.get(room(office, f"{stranger.public_id}/?q=Maj")))
    assert "Maj Ekdahl" in page.text

    office.client.post(room(office, f"{stranger.public_id}/person/"), {"person": str(office.person.pk)})

    stranger.refresh_from_db()
    assert stranger.release_person_id == office.person.pk


def test_release_to_nobody_is_said(office: Office, stranger: ReceivedMail) -> None:
    assert office.client.post(room(office, f"{stranger.public_id}/person/")).status_code == 422


@pytest.mark.parametrize(("act", "state"), [("retry", "waiting"), ("aside", "ignored"), ("block", "ignored")])
def test_mail_is_judged_anew_put_aside_or_blocked(office: Office, stranger: ReceivedMail, act: str, state: str) -> None:
    office.client.post(room(office, f"{stranger.public_id}/{act}/"))

    stranger.refresh_from_db()
    assert stranger.state == state


def test_blocked_domain_is_let_in_again(office: Office, stranger: ReceivedMail) -> None:
    office.client.post(room(office, f"{stranger.public_id}/block/"), {"domain": "yes"})
    assert "@annan.example" in words(office.client, room(office))

    office.client.post(room(office, "unblocking/"), {"address": "@annan.example"})

    assert not BlockedSender.unscoped.exists()


def test_mail_that_became_something_offers_nothing_more(office: Office) -> None:
    mail = deliver(mail_from(office.person), make_mailbox(office.desk))

    page = read(office.client.get(room(office, f"{mail.public_id}/")))
    refused = office.client.post(room(office, f"{mail.public_id}/aside/"))

    assert page.all("form[data-guard]") == []
    assert refused.status_code == 422


# --- the mail itself ------------------------------------------------------------------------------------------------


def test_original_is_a_download_that_runs_nothing(office: Office, stranger: ReceivedMail) -> None:
    response = office.client.get(room(office, f"{stranger.public_id}/original/"))

    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"Vill ni" in response.content


def test_ticket_shows_the_mail_that_it_came_by(office: Office) -> None:
    text, quoted = "Det går inte.", "> Prova igen."
    mail = deliver(
        mail_from(
            office.person, text=text, quoted=quoted, html="<p>Det går inte.</p>", remote_images=("https://x.example",)
        ),
        make_mailbox(office.desk),
    )
    assert mail.ticket is not None

    message = read(office.client.get(office.url(mail.ticket))).one("article.message--customer")

    assert "Prova igen." in message.one("details .prose").text
    assert message.one("iframe").attributes["src"] == room(office, f"{mail.public_id}/body/")
    assert "Vi hämtar den inte" in message.text
    assert room(office, f"{mail.public_id}/original/") in [link.attributes["href"] for link in message.all("a[href]")]


def test_pictures_of_a_signature_stand_aside(office: Office) -> None:
    mail = deliver(mail_from(office.person), make_mailbox(office.desk))
    draft = new_draft(
        desk_id=office.desk.pk,
        organisation_id=office.organisation.pk,
        person_id=office.person.pk,
        data={},
        now=world.NOW,
    )
    for name in ("skärmbild.png", "logotyp.png"):
        store_for_draft(
            Incoming(name=name, content_type="image/png", size=3, chunks=[b"png"]),
            draft=draft,
            organisation_id=office.organisation.pk,
            now=world.NOW,
        )
    Attachment.unscoped.filter(draft=draft).update(draft=None, message=mail.message)
    Attachment.unscoped.filter(name="logotyp.png").update(is_decoration=True)
    assert mail.ticket is not None

    message = read(office.client.get(office.url(mail.ticket))).one("article.message--customer")

    aside = [link.text for link in message.all("details .file__name a")]
    assert aside == ["logotyp.png"]
    assert [link.text for link in message.all(".file__name a")] == ["skärmbild.png", "logotyp.png"]


def test_mail_among_a_customers_own_people_is_not_read_by_staff(office: Office) -> None:
    mail = deliver(mail_from(office.person, html="<p>Hemligt</p>"), make_mailbox(office.desk))
    assert mail.ticket is not None
    Ticket.unscoped.filter(pk=mail.ticket.pk).update(is_first_line=True)

    assert office.client.get(room(office, f"{mail.public_id}/body/")).status_code == 404
    assert office.client.get(room(office, f"{mail.public_id}/original/")).status_code == 404
    assert "Hemligt" not in words(office.client, room(office, f"{mail.public_id}/"))


# --- going out ------------------------------------------------------------------------------------------------------


def outgoing(ticket: Ticket, state: str, number: int = 1) -> OutgoingMail:
    return OutgoingMail.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        kind="answer",
        language="sv",
        recipient="maj@kund.example",
        subject="Oväntat fel",
        header_id=f"<{number}@kompass.example>",
        state=state,
        created_at=world.NOW,
    )


@pytest.mark.parametrize(
    ("state", "which"),
    [
        ("uncertain", "trouble"),
        ("failed", "trouble"),
        ("bounced", "trouble"),
        ("held", "trouble"),
        ("queued", "waiting"),
        ("sending", "waiting"),
        ("sent", "sent"),
    ],
)
def test_outgoing_mail_stands_in_its_list(office: Office, ticket: Ticket, state: str, which: str) -> None:
    outgoing(ticket, state)

    found = {
        name: len(read(office.client.get(room(office, f"outgoing/?show={name}"))).all(".list__item"))
        for name in ("trouble", "waiting", "sent")
    }

    assert found == {**dict.fromkeys(("trouble", "waiting", "sent"), 0), which: 1}


@pytest.mark.parametrize("count", [1, 3])
def test_outgoing_costs_the_same_for_one_and_three(
    office: Office, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        outgoing(ticket, "failed", number)
    office.client.get(room(office, "outgoing/"))

    with django_assert_num_queries(3):
        office.client.get(room(office, "outgoing/"))


def test_uncertain_mail_is_sent_again(office: Office, ticket: Ticket) -> None:
    mail = outgoing(ticket, "uncertain")

    office.client.post(room(office, f"outgoing/{mail.pk}/"))

    mail.refresh_from_db()
    assert mail.state == "queued"


# --- mailboxes ------------------------------------------------------------------------------------------------------


def test_mailbox_is_set_up_and_its_password_never_shown(office: Office, administrator: Client) -> None:
    administrator.post(
        room(office, "boxes/new/"), {**BOX, "password": "hemligt-ord", "aliases": "hjalp@kompass.example"}
    )

    box = Mailbox.unscoped.get()
    page = administrator.get(room(office, f"boxes/{box.pk}/")).content.decode()
    assert (box.address, box.aliases, box.port) == ("support@kompass.example", ["hjalp@kompass.example"], 993)
    assert unseal(box.secret) == {"password": "hemligt-ord"}
    assert "hemligt-ord" not in page
    assert box.secret not in page


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"address": "support"}, ["address"]),
        ({"aliases": "a@b"}, ["aliases"]),
        ({"way": "pigeon"}, ["way"]),
        ({"host": "", "port": "0"}, ["host", "port"]),
        ({"username": "", "password": ""}, ["username", "password"]),
        ({"sign_in": "google", "password": ""}, ["client_id"]),
        ({"default_kind": "nothing", "default_product": "nothing"}, ["default_kind", "default_product"]),
        ({"silent_hours": "-1"}, ["silent_hours"]),
    ],
)
def test_faulty_settings_are_said_at_their_fields(
    office: Office, administrator: Client, change: dict[str, str], fields: list[str]
) -> None:
    response = administrator.post(room(office, "boxes/new/"), {**BOX, "password": "hemligt-ord", **change})

    found = [link.attributes["href"].removeprefix("#") for link in errors(read(response, status=422))]
    assert (response.status_code, found) == (422, fields)
    assert "hemligt-ord" not in response.content.decode()


@pytest.mark.parametrize("port", ["abc", "0", "99999999999", ""])
def test_mailbox_that_nobody_fetches_from_needs_no_server(office: Office, administrator: Client, port: str) -> None:
    handed_over = {**BOX, "way": "smtp", "host": "", "username": "", "port": port}
    response = administrator.post(room(office, "boxes/new/"), handed_over)

    assert (response.status_code, Mailbox.unscoped.get().port) == (303, 993)


def errors(page: Page) -> list[Page]:
    return page.all("[data-error-summary] a")


def test_mailbox_with_a_taken_address_is_refused(office: Office, administrator: Client) -> None:
    make_mailbox(office.desk, address="support@kompass.example")

    response = administrator.post(room(office, "boxes/new/"), {**BOX, "password": "hemligt-ord"})

    assert response.status_code == 422


def test_stored_password_goes_to_no_other_server(office: Office, administrator: Client) -> None:
    administrator.post(room(office, "boxes/new/"), {**BOX, "password": "hemligt-ord"})
    box = Mailbox.unscoped.get()

    moved = administrator.post(room(office, f"boxes/{box.pk}/"), {**BOX, "host": "imap.evil.example"})
    same = administrator.post(room(office, f"boxes/{box.pk}/"), {**BOX, "silent_hours": "24"})

    assert (moved.status_code, same.status_code) == (422, 303)
    assert unseal(Mailbox.unscoped.get().secret) == {"password": "hemligt-ord"}


def test_trial_says_in_words_what_is_wrong(office: Office, administrator: Client) -> None:
    """Nothing listens at that port of this machine."""
    box = make_mailbox(office.desk, way="imap", host="127.0.0.1", port=9, tls="none", username="support")

    said = read(administrator.post(room(office, f"boxes/{box.pk}/trial/"))).one('[role="status"] .notice')

    assert "Det fungerar inte än" in said.text
    assert str(WORDS[MailboxFault.NO_ANSWER]) in said.text


def test_health_is_said_in_a_word(office: Office, administrator: Client) -> None:
    make_mailbox(office.desk)

    assert "Fungerar" in words(administrator, room(office, "boxes/"))


def test_agents_are_not_shown_the_mailboxes(office: Office) -> None:
    assert "boxes/" not in office.client.get(room(office)).content.decode()
    assert office.client.get(room(office, "boxes/")).status_code == 404
