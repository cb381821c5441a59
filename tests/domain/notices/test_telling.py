"""From an event to the rows of the outbox, through the real doors."""

from urllib.parse import urlsplit

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from pytest_django import Settings

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, desk_of, tell_all
from tests.jobs_run import run_jobs, waiting_jobs
from vaxel.domain.notices import links, telling
from vaxel.domain.notices.models import NoticeChoices, OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, intake, lifecycle
from vaxel.domain.tickets.models import Event
from vaxel.domain.tickets.question import OnBehalfOf

pytestmark = pytest.mark.django_db


# --- what is told -----------------------------------------------------------------------------------------------


def test_a_call_is_confirmed_as_what_was_said_and_by_whom_it_was_written_down(person: Person) -> None:
    question = world.make_question(channel="phone", urgent=True)
    agent = world.actor(world.make_staff(person.desk, name="Sven Berg"))
    ticket = intake.open_ticket(question, desk=desk_of(person), person_id=person.pk, by=agent, now=world.NOW)
    (mail,) = [each for each in tell_all() if each.kind == "received"]
    assert mail.text.splitlines()[4] == (
        "Du ringde oss, och Sven Berg skrev ner din fråga ”Oväntat fel när jag sparar”. "
        f"Den har nummer {desk_of(person).prefix}-{ticket.number}. Du får ett mejl när vi svarar."
    )


def test_a_question_is_confirmed_with_number_promise_and_reason(person: Person) -> None:
    ticket = world.ask(person)
    desk = desk_of(person)
    number = f"{desk.prefix}-{ticket.number}"

    (mail,) = tell_all()

    assert (mail.kind, mail.recipient, mail.is_automatic, mail.state) == ("received", person.email, True, "queued")
    assert mail.subject == f"[{number}] Oväntat fel när jag sparar"
    assert mail.text.splitlines() == [
        "Vi har fått din fråga",
        "",
        "Hej Maj Ekdahl!",
        "",
        f"Tack! Din fråga ”Oväntat fel när jag sparar” har nummer {number}. Du får ett mejl när vi svarar.",
        "",
        "Vem som svarar: Teknisk support",
        "Vi räknar med att svara senast: torsdag 19 november kl. 14.00",
        "",
        "Därför",
        "- Fel och sådant som inte fungerar enligt manualen hör till teknisk support.",
        (
            "- Vårt mål är att du får ett första svar inom fyra timmar. När många frågar samtidigt, eller frågan är "
            "svår, kan det ta längre tid."
        ),
        "",
        "Läs frågan eller skriv mer:",
        f"http://127.0.0.1:8000/{desk.slug}/tickets/{number}/",
        "",
        desk.name,
        "",
        "-- ",
        "Vill du lägga till något? Skriv i ärendet. Svar på mejlet läses inte.",
        f"Välj vilka mejl du får: http://127.0.0.1:8000/{desk.slug}/notices/",
    ]


def test_a_promise_that_the_terms_do_not_give_is_not_written() -> None:
    organisation = world.make_organisation(world.make_desk())
    manager = world.make_staff(organisation.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=organisation)
    world.ask(world.make_person(organisation), kind="agreement", product="")

    received, _handed_over = tell_all()

    assert "Vem som svarar: Karin Holm (Kundansvarig)" in received.text.splitlines()
    assert "senast" not in received.text


def test_work_that_has_come_to_cost_something_is_told(person: Person) -> None:
    agent = world.make_staff(desk_of(person))
    ticket = world.ask(person)
    tell_all()
    lifecycle.reclassify(
        scope=world.desk_scope(desk_of(person)),
        number=ticket.number,
        kind="data-repair",
        product="suite",
        by=world.actor(agent),
        now=LATER,
    )

    moved = next(mail for mail in tell_all() if mail.kind == "moved" and mail.recipient == person.email)

    assert "- Arbetet ingår inte i avtalet. Du får en offert innan något görs." in moved.text.splitlines()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("unexpected-error", "agreement", (False, True)),
        ("agreement", "unexpected-error", (True, False)),
    ],
)
def test_a_promised_time_that_holds_no_more_is_told(
    person: Person, before: str, after: str, told: tuple[bool, bool]
) -> None:
    agent = world.make_staff(desk_of(person), name="Karin Holm", roles=("support-agent", "account-manager"))
    world.hold_role(agent, "account-manager", organisation=person.organisation)
    ticket = world.ask(person, kind=before, product="suite")
    tell_all()
    scope, by = world.desk_scope(desk_of(person)), world.actor(agent)
    lifecycle.reclassify(scope=scope, number=ticket.number, kind=after, product="suite", by=by, now=LATER)

    moved = next(mail for mail in tell_all() if mail.kind == "moved" and mail.recipient == person.email)

    said = "Tiden som du fick tidigare gäller inte längre. Avtalet anger ingen tid för den här frågan."
    assert ("senast" in moved.text, said in moved.text) == told


def test_a_question_for_a_role_is_handed_over_to_its_holder(person: Person) -> None:
    manager = world.make_staff(desk_of(person), name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=person.organisation)
    ticket = world.ask(person, kind="agreement", product="")

    handed_over = tell_all()[1]

    desk = desk_of(person)
    link = f"http://127.0.0.1:8000/{desk.slug}/workspace/tickets/{desk.prefix}-{ticket.number}/"
    assert (handed_over.kind, handed_over.recipient) == ("handed-over", manager.account.email)
    assert link in handed_over.text.splitlines()


def test_links_lead_to_pages_that_exist(person: Person) -> None:
    ticket = world.ask(person)

    customers, staffs = (urlsplit(link(ticket)).path for link in (links.customer_link, links.staff_link))

    assert resolve(customers).view_name == "portal:ticket"
    within = staffs.removeprefix(f"/{desk_of(person).slug}/workspace")
    assert resolve(within, urlconf="vaxel.surfaces.workspace.urls").view_name == "ticket"


def test_the_language_is_the_recipients(person: Person) -> None:
    assert person.account is not None
    person.account.language = "en"
    person.account.save(update_fields=["language"])
    world.ask(person)

    (mail,) = tell_all()

    assert (mail.language, mail.text.splitlines()[0]) == ("en", "We have your question")
    assert '<html lang="en"' in mail.html


def test_a_colleague_with_a_copy_gets_receipt_and_answer_without_a_link(person: Person, agent: Staff) -> None:
    colleague = OnBehalfOf(name="Kim Sand", email="kim.sand@kund.example", copy=True)
    ticket = world.ask(person, on_behalf_of=colleague)
    answer(ticket, agent)

    copies = [mail for mail in tell_all() if mail.recipient == colleague.email]

    assert [mail.kind for mail in copies] == ["received", "answer"]
    assert ["http" in mail.text for mail in copies] == [False, False]


def test_a_colleague_without_a_copy_gets_nothing(person: Person) -> None:
    world.ask(person, on_behalf_of=OnBehalfOf(name="Kim Sand", email="kim.sand@kund.example"))

    assert [mail.recipient for mail in tell_all()] == [person.email]


def test_the_account_manager_is_told_of_work_outside_support(person: Person, agent: Staff) -> None:
    manager = world.make_staff(desk_of(person), name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=person.organisation)
    NoticeChoices.objects.create(desk=desk_of(person), staff=manager, ways={"for-knowledge": "off"})
    ticket = world.ask(person)
    ticket.decision = {**ticket.decision, "notify": [{"role": "account-manager", "always": True}]}
    ticket.save(update_fields=["decision"])

    kinds = [(mail.kind, mail.recipient) for mail in tell_all()]

    assert kinds == [("received", person.email), ("for-knowledge", manager.account.email)]


def test_a_notice_that_must_be_given_reaches_whoever_runs_the_desk_when_nobody_has_the_role(person: Person) -> None:
    lead = world.make_staff(desk_of(person), name="Britt Lod", may_administer=True)
    ticket = world.ask(person)
    ticket.decision = {**ticket.decision, "notify": [{"role": "account-manager", "always": True}]}
    ticket.save(update_fields=["decision"])

    assert [mail.recipient for mail in tell_all()][1:] == [lead.account.email]


def test_a_question_to_the_local_contacts_reaches_nobody_at_the_vendor(person: Person, agent: Staff) -> None:
    NoticeChoices.objects.create(desk=desk_of(person), staff=agent, ways={"new-in-team": "each"})
    user = world.make_person(person.organisation, name="Ove Lind", contact=False, certified=False)
    ticket = world.ask(user)
    conversation.reply(
        scope=world.customer_scope(person), number=ticket.number, text="Hej!", by=world.actor(person), now=LATER
    )

    mails = tell_all()

    assert [(mail.kind, mail.recipient) for mail in mails] == [
        ("received", user.email),
        ("first-line", person.email),
        ("colleague-wrote", user.email),
    ]
    assert list(OutgoingMail.objects.within(world.desk_scope(desk_of(person)))) == []


def test_solving_with_nothing_written_tells_the_asker(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    lifecycle.solve(scope=world.desk_scope(agent.desk), number=ticket.number, by=world.actor(agent), now=LATER)

    solved = tell_all()[-1]

    assert (solved.kind, solved.is_automatic) == ("solved", True)


def test_a_question_that_is_not_solved_after_all_is_told_to_whoever_heard_that_it_was(
    person: Person, agent: Staff
) -> None:
    ticket, by, scope = world.ask(person), world.actor(agent), world.desk_scope(agent.desk)
    lifecycle.solve(scope=scope, number=ticket.number, by=by, now=LATER)
    lifecycle.reopen(scope=scope, number=ticket.number, by=by, now=LATER)

    mail = tell_all()[-1]

    assert (mail.kind, mail.recipient) == ("not-solved", person.email)
    assert f"Sven Berg har öppnat KOM-{ticket.number}" in mail.text


def test_a_closure_by_mistake_that_was_taken_back_is_no_news(person: Person, agent: Staff) -> None:
    ticket, by, scope = world.ask(person), world.actor(agent), world.desk_scope(agent.desk)
    lifecycle.close(scope=scope, number=ticket.number, by=by, now=LATER)
    lifecycle.reopen(scope=scope, number=ticket.number, by=by, now=LATER)

    assert [mail.kind for mail in tell_all()] == ["received"]


def test_assigning_tells_the_one_who_got_it(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    other = world.make_staff(agent.desk, name="Britt Lod")
    lifecycle.assign(
        scope=world.desk_scope(agent.desk), number=ticket.number, staff_id=other.pk, by=world.actor(agent), now=LATER
    )

    assigned = tell_all()[-1]

    assert (assigned.kind, assigned.recipient) == ("assigned", other.account.email)


# --- once -------------------------------------------------------------------------------------------------------


def test_an_answer_leaves_through_the_outbox_once(person: Person, agent: Staff, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    ticket = world.ask(person)
    answer(ticket, agent)

    ran = run_jobs()

    assert ran == ["tell_about_event", "tell_about_event", "send_mail", "send_mail"]
    assert [mail.to for mail in django_mail.outbox] == [[f"{person.name} <{person.email}>"]] * 2
    assert waiting_jobs() == []
    assert {mail.state for mail in OutgoingMail.unscoped.all()} == {"sent"}


def test_t72_telling_twice_writes_once(person: Person) -> None:
    world.ask(person)
    (event,) = Event.unscoped.all()

    first = telling.tell(event_id=event.pk, now=world.NOW)
    second = telling.tell(event_id=event.pk, now=world.NOW)

    assert (len(first), len(second), OutgoingMail.unscoped.count()) == (1, 0, 1)
    assert waiting_jobs() == ["tell_about_event", "send_mail"]


def test_t72_the_database_holds_one_mail_per_event_and_address(person: Person) -> None:
    world.ask(person)
    (mail,) = tell_all()
    mail.pk, mail.header_id, mail.recipient = None, "<other@kompass.example>", mail.recipient.upper()

    with pytest.raises(IntegrityError), transaction.atomic():
        mail.save(force_insert=True)


def test_mails_of_a_conversation_refer_to_the_ones_before(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    answer(ticket, agent, "Ett")
    answer(ticket, agent, "Två")

    received, first, second = tell_all()

    assert (received.references, first.references) == ("", received.header_id)
    assert second.references == f"{received.header_id} {first.header_id}"


def test_a_long_conversation_refers_to_its_first_and_its_newest(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    for count in range(15):
        answer(ticket, agent, f"Svar {count}")

    mails = tell_all()

    ids = [mail.header_id for mail in mails]
    assert mails[-1].references.split() == [ids[0], *ids[-10:-1]]


@pytest.mark.parametrize("count", [1, 3])
def test_telling_takes_the_same_number_of_queries(person: Person, agent: Staff, count: int) -> None:
    for _ in range(count):
        answer(world.ask(person), agent)
    tell_all()
    last = Event.unscoped.latest("id")
    OutgoingMail.unscoped.filter(event=last).delete()

    with CaptureQueriesContext(connection) as queries:
        telling.tell(event_id=last.pk, now=LATER)

    assert len(queries) == 21
