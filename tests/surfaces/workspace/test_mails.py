"""A mail that came back: what is said beside the message, and letting its address work again."""

from tests import factories as world
from tests.factories import NOW, make_desk, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.blocking import is_blocked
from vaxel.domain.notices.bounces import record_bounce
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.mail import Bounce


def test_t18_staff_see_that_a_mail_came_back_and_let_the_address_work_again(office: Office, ticket: Ticket) -> None:
    said = reply(scope=office.scope, number=ticket.number, text="Hej!", by=world.actor(office.agent), now=NOW)
    mail = OutgoingMail.objects.create(
        desk=office.desk,
        organisation=office.organisation,
        ticket=ticket,
        message=said,
        kind="answer",
        language="sv",
        recipient=office.person.email,
        header_id="<1@kompass.example>",
        state=OutgoingMail.State.SENT,
        sent_at=NOW,
        created_at=NOW,
    )
    bounce = Bounce(recipient=mail.recipient, severity="hard", status="5.1.1")
    record_bounce(bounce=bounce, mail_id=mail.pk, now=NOW)

    page = read(office.client.get(office.url(ticket)))
    notice = page.one(".message .notice")
    assert "brevlådan finns inte" in notice.text
    form = notice.one("form")
    assert form.one("button").text == "Adressen fungerar igen"

    assert page.one("#blocked").text == (
        f"Inget mejl går till {office.person.email}, för mejl dit har kommit tillbaka. Svaret står i portalen. "
        "Ring och fråga efter rätt adress, eller tryck på ”Adressen fungerar igen” vid mejlet som kom tillbaka."
    )
    assert [line.text for line in page.all(".composer__to.only-reply") if line.text.startswith("Går till")] == []

    stranger = signed_in(make_staff(make_desk("baver", slug="baver"), name="Stina Dal").account)
    address = form.attributes["action"]
    assert stranger.post(address.replace("/kompass/", "/baver/")).status_code == 404
    assert is_blocked(desk_id=office.desk.pk, address=mail.recipient)

    page = read(office.client.post(address, form.fields(), follow=True))
    assert page.one(".toast__text").text == "Nu går det mejl till adressen igen. Skicka de mejl som har väntat."
    assert not is_blocked(desk_id=office.desk.pk, address=mail.recipient)
    assert page.all("#blocked") == []
    assert page.one(".message .notice form button").text == "Skicka igen"
