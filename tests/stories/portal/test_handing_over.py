"""A question that is somebody else's to answer: handed over with the reason, told in plain words (A13)."""

from datetime import date

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.jobs_run import run_jobs
from tests.stories.portal.asked import ANSWERS, ask_by_portal
from tests.stories.portal.conftest import Kompass
from tests.surfaces.portal.walk import begin, signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy, publish_policy
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.absences import Away, be_away
from vaxel.domain.people.models import Person, RoleHolder, Staff
from vaxel.domain.tickets.models import Ticket

WHY = "Hon undrar om avtalet, inte om ett fel."


def hand_over(kompass: Kompass, ticket: Ticket, *, to: str = "account-manager") -> str:
    """As an agent does it on the page; the words that were proposed for the asker."""
    agent = world.make_staff(kompass.desk, name="Sven Berg")
    client, page = staff_signed_in(agent.account), _page(kompass, ticket, "/workspace") + "hand-over/"
    form = read(client.get(page, {"destination": to})).one("#outcome ~ form[method=post]").fields()
    assert client.post(page, form | {"why": WHY}).status_code == 303
    run_jobs()
    return form["to_asker"]


def _page(kompass: Kompass, ticket: Ticket, surface: str = "") -> str:
    return f"/{kompass.desk.slug}{surface}/tickets/{kompass.desk.prefix}-{ticket.number}/"


def mails_to(address: str, *, kind: str) -> list[str]:
    return list(
        OutgoingMail.unscoped.filter(recipient=address, kind=kind).order_by("id").values_list("text", flat=True)
    )


def asked(kompass: Kompass) -> tuple[Person, Ticket]:
    person = kompass.askers["standard"]
    told = ask_by_portal(person, "Sidan säger ett oväntat fel.", kind="unexpected-error", product="suite")
    assert told.ticket is not None
    run_jobs()
    return person, told.ticket


def test_handed_over_to_the_account_manager(kompass: Kompass) -> None:
    person, ticket = asked(kompass)
    said = hand_over(kompass, ticket)

    now = Ticket.unscoped.select_related("assignee__account").get(pk=ticket.pk)
    assert now.assignee is not None
    assert (now.destination, now.assignee.name) == ("account-manager", "Jonas Hedvall")
    # Whoever asked reads it in plain words, in the mail and in the portal; the reason to colleagues stays here.
    (mail,) = mails_to(person.email, kind="moved")
    portal = text_of(signed_in(person).get(_page(kompass, ticket)))
    assert "Jonas Hedvall kan svara på din fråga bättre än jag" in said
    assert "hör till teknisk support" not in portal
    assert "Jonas Hedvall kan svara på din fråga bättre än jag" in mail
    assert "Jonas Hedvall kan svara på din fråga bättre än jag" in portal
    assert WHY not in mail + portal
    # The account manager has a mail, the question in their queue and the reason beside it.
    assert len(mails_to(now.assignee.account.email, kind="handed-over")) == 1
    theirs = staff_signed_in(now.assignee.account)
    assert f"{kompass.desk.prefix}-{ticket.number}" in text_of(
        theirs.get(f"/{kompass.desk.slug}/workspace/tickets/?view=mine")
    )
    assert WHY in text_of(theirs.get(_page(kompass, ticket, "/workspace")))


def test_question_by_mail_is_handed_over_as_well(kompass: Kompass) -> None:
    person, mailbox = kompass.askers["standard"], make_mailbox(kompass.desk)
    came = deliver(mail_from(person, subject="Avtalet", text="Exporten gör inget. Gäller vårt avtal?"), mailbox)
    run_jobs()
    assert came.ticket is not None
    hand_over(kompass, came.ticket)

    (mail,) = mails_to(person.email, kind="moved")
    assert "Jonas Hedvall kan svara på din fråga bättre än jag" in mail


def test_stand_in_gets_what_comes_for_somebody_who_is_away(kompass: Kompass) -> None:
    person, ticket = asked(kompass)
    away, here = Staff.unscoped.get(name="Jonas Hedvall"), Staff.unscoped.get(name="Amira Salo")
    days = Away(first_day=date(2026, 11, 16), last_day=date(2026, 11, 27), stand_in_id=here.pk)
    be_away(scope=world.desk_scope(kompass.desk), staff_id=away.pk, away=days, by=world.actor(away), now=world.NOW)
    said = hand_over(kompass, ticket)

    assert Ticket.unscoped.get(pk=ticket.pk).assignee == here
    assert "Amira Salo kan svara" in said
    assert len(mails_to(here.account.email, kind="handed-over")) == 1
    assert mails_to(away.account.email, kind="handed-over") == []
    assert "Amira Salo kan svara" in mails_to(person.email, kind="moved")[0]


def test_role_that_nobody_fills_is_a_gap_and_all_who_answer_for_it_are_told(kompass: Kompass) -> None:
    _, ticket = asked(kompass)
    former = Staff.unscoped.get(name="Jonas Hedvall")
    RoleHolder.unscoped.filter(role="account-manager").delete()
    hand_over(kompass, ticket)

    assert Ticket.unscoped.get(pk=ticket.pk).assignee is None
    assert len(mails_to(former.account.email, kind="handed-over")) == 1
    gaps = text_of(staff_signed_in(former.account).get(f"/{kompass.desk.slug}/workspace/gaps/"))
    assert "Kundansvarig" in gaps


#: From now on the account manager answers what nobody can sign in to.
_TO_A_PERSON = """[[routes]]
name = "signing-in"
when = { kind = "login-problem" }
to = "account-manager"
because.sv = "Er kundansvariga hjälper er in."
because.en = "Your account manager helps you in."

[[routes]]
name = "in-scope"
"""


def test_review_names_the_teams_address_no_more_once_a_person_answers(kompass: Kompass) -> None:
    """The policy changes while somebody looks at the review (A13)."""
    source = world.policy_source("kompass")
    address = current_policy(kompass.desk).file.desk.mail or ""
    Desk.objects.filter(pk=kompass.desk.pk).update(mail_address=address)
    kompass.desk.refresh_from_db()
    make_mailbox(kompass.desk, address=address)
    person = kompass.askers["enterprise"]
    asking = begin(signed_in(person), kompass.desk.slug, "Min kollega kommer inte in.")
    asking.post("kind", kind="login-problem", product="suite")
    asking.post("details", **ANSWERS)
    before = asking.get("review").content.decode()

    changed = source.replace('[[routes]]\nname = "in-scope"\n', _TO_A_PERSON)
    publish_policy(desk=kompass.desk, source=changed, by=SYSTEM, now=world.NOW)
    after = asking.get("review").content.decode()
    asking.post("review")

    assert address
    assert (address in before, address in after) == (True, False)
    assert "Skicka till Jonas Hedvall" in after
    assert Ticket.unscoped.get().destination == "account-manager"
    assert address not in asking.get("sent").content.decode()
