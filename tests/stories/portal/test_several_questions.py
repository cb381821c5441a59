"""Several questions at once, through portal and mail: three cards, a question taken out, two that were one (B12)."""

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.jobs_run import run_jobs
from tests.stories.portal.asked import ANSWERS
from tests.stories.portal.conftest import Baver, Kompass
from tests.surfaces.portal.walk import Asking, begin, signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.tickets.models import Draft, Message, Ticket
from vaxel.kit.mail import MailAddress

KIM = MailAddress("kim@annan.example", "Kim Ek")


def test_three_cards_become_three_tickets_with_shared_facts(baver: Baver) -> None:
    """The version and the colleague are told once; each question has its own promise and its own receipt."""
    client = signed_in(baver.responsible)
    asking = begin(client, baver.desk.slug, "Tre saker: utskriften, sökningen och färgen.")
    asking.post(
        "several", **{"card-1": "Utskriften blir tom.", "card-2": "Sökningen står still.", "card-3": "Fel färg."}
    )
    first = Draft.unscoped.get(data__nth=1)
    _send(Asking(client, baver.desk.slug, first.public_id), colleague_name="Ove Lind", colleague_phone="070-111 22 33")
    for nth in (2, 3):
        _send(Asking(client, baver.desk.slug, Draft.unscoped.get(data__nth=nth, sent=None).public_id))
    run_jobs()

    tickets = list(Ticket.unscoped.order_by("number"))
    assert [each.fields["version"] for each in tickets] == ["8.9.0"] * 3
    assert [(each.on_behalf_of or {}).get("name") for each in tickets] == ["Ove Lind"] * 3
    receipts = OutgoingMail.unscoped.filter(recipient=baver.responsible.email, kind="received")
    assert sorted(receipts.values_list("ticket", flat=True)) == [each.pk for each in tickets]


def _send(asking: Asking, **colleague: str) -> None:
    asking.post("kind", kind="fault", product="baver", topic="other")
    details = read(asking.get("details")).one("main form").fields()
    told = {name: value for name, value in details.items() if value}
    asking.post("details", **{**ANSWERS, **told, **colleague})
    sent = asking.post("review")
    assert sent.headers.get("Location") == asking.at("sent"), text_of(sent)


def test_question_in_a_mail_is_taken_out_and_its_people_follow(kompass: Kompass) -> None:
    """The one in copy whom the agent has let in hears of both questions; the asker is told where the second one is."""
    person, mailbox = kompass.askers["standard"], make_mailbox(kompass.desk)
    words = "Exporten gör inget.\nEn annan sak: diagrammet är tomt."
    came = deliver(mail_from(person, subject="Två saker", text=words, cc=(KIM,)), mailbox)
    run_jobs()
    assert came.ticket is not None
    agent = staff_signed_in(world.make_staff(kompass.desk, name="Sven Berg").account)
    kim = Participant.unscoped.get(ticket=came.ticket)
    agent.post(f"{_page(kompass, came.ticket)}participants/{kim.pk}/", {"choice": "in"})

    split = read(agent.get(f"{_page(kompass, came.ticket)}split/")).one("main form[method=post]").fields()
    message = Message.unscoped.get(ticket=came.ticket)
    passage = "En annan sak: diagrammet är tomt."
    chosen = {"message": str(message.pk), f"passage-{message.pk}": passage, "subject": "Tomt diagram", "do": "yes"}
    agent.post(
        f"{_page(kompass, came.ticket)}split/", {**split, **chosen, "kind": "function-broken", "product": "suite"}
    )
    run_jobs()
    new = Ticket.unscoped.get(subject="Tomt diagram")
    told = OutgoingMail.unscoped.get(ticket=new, recipient=person.email, kind="received")
    assert f"{kompass.desk.prefix}-{came.ticket.number}" in told.text
    assert passage in text_of(signed_in(person).get(_page(kompass, new, "")))

    form = read(agent.get(_page(kompass, new))).one("form.composer").fields()
    agent.post(f"{_page(kompass, new)}conversation/", {**form, "body": "Diagrammet är lagat.", "then": "stay"})
    run_jobs()
    (copy,) = OutgoingMail.unscoped.filter(recipient=KIM.address)
    assert (copy.ticket_id, "Diagrammet är lagat." in copy.text) == (new.pk, True)
    back = deliver(mail_from(KIM.address, to=(MailAddress(reply_address(copy)),), text="Tack!"), mailbox)
    assert (back.state, back.ticket_id) == ("reply", new.pk)


def test_same_question_twice_becomes_one_and_two_again(kompass: Kompass) -> None:
    person, mailbox = kompass.askers["standard"], make_mailbox(kompass.desk)
    older, younger = (
        world.ask(person, text=words) for words in ("Exporten gör inget.", "Exporten går fortfarande inte.")
    )
    run_jobs()
    agent = staff_signed_in(world.make_staff(kompass.desk, name="Sven Berg").account)
    together = f"{_page(kompass, younger)}together/"
    form = read(agent.get(together)).one("main form[method=post]").fields()
    agent.post(f"{together}link/", {**form, "other": str(older.number), "what": "same"})
    run_jobs()

    (joined,) = OutgoingMail.unscoped.filter(recipient=person.email, kind="joined")
    assert f"{kompass.desk.prefix}-{older.number}" in joined.text
    # An answer to either reaches the one that goes on.
    sent = OutgoingMail.unscoped.filter(ticket=younger, recipient=person.email).earliest("id")
    came = deliver(mail_from(person, to=(MailAddress(reply_address(sent)),), text="Nu då?"), mailbox)
    assert came.ticket_id == older.pk

    agent.post(f"{together}apart/")
    assert Ticket.unscoped.get(pk=younger.pk).status != "closed"
    assert "Exporten går fortfarande inte." not in text_of(signed_in(person).get(_page(kompass, older, "")))


def _page(kompass: Kompass, ticket: Ticket, surface: str = "/workspace") -> str:
    return f"/{kompass.desk.slug}{surface}/tickets/{kompass.desk.prefix}-{ticket.number}/"
