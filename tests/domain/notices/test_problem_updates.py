"""What is told about a known problem reaches everybody whom it affects: once, in their language, as they chose."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories as world
from tests.domain.notices.conversations import desk_of
from tests.domain.notices.test_plain_language import lix
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.manual.tree import set_up_manual
from vaxel.domain.notices.choosing import choose_notices
from vaxel.domain.notices.digests import send_digests
from vaxel.domain.notices.models import DigestItem, OutgoingMail
from vaxel.domain.notices.problem_mail import ProblemMail, problem_mail
from vaxel.domain.notices.problem_updates import tell_update
from vaxel.domain.people.models import Account, Person, Staff
from vaxel.domain.problems import known
from vaxel.domain.problems.models import KnownProblem, ProblemUpdate

pytestmark = pytest.mark.django_db
EVENING = world.NOW.replace(hour=18)
TITLE = {"sv": "Exporten stannar", "en": "The export stops"}


@pytest.fixture
def problem(person: Person, agent: Staff) -> KnownProblem:
    description = known.Description(title=TITLE, text=TITLE, workaround={"sv": "Välj PDF.", "en": "Choose PDF."})
    return known.open_problem(description, desk=desk_of(person), by=world.actor(agent), now=world.NOW)


def say_me_too(person: Person, problem: KnownProblem) -> None:
    scope = world.customer_scope(person)
    known.me_too(person_id=person.pk, scope=scope, problem_number=problem.number, by=world.actor(person), now=world.NOW)


def update(problem: KnownProblem, agent: Staff, state: str = "open") -> ProblemUpdate:
    return known.tell_about_problem(
        {"sv": "Vi har hittat felet.", "en": "We have found the fault."},
        scope=world.desk_scope(problem.desk),
        number=problem.number,
        seen_version=KnownProblem.unscoped.get(pk=problem.pk).version,
        state=state,
        by=world.actor(agent),
        now=world.NOW,
    )


def choose(person: Person, ways: Mapping[str, str]) -> None:
    choose_notices(desk_id=person.desk_id, ways=ways, digest_hour=8, by=world.actor(person), now=world.NOW)


def test_each_hears_of_it_once_and_in_their_language(person: Person, agent: Staff, problem: KnownProblem) -> None:
    english = world.make_person(person.organisation, name="Ann Lee")
    Account.objects.filter(persons=english).update(language="en")
    for each in (person, english):
        say_me_too(each, problem)
    set_up_manual(desk_id=person.desk_id, is_public=True, by=SYSTEM, now=world.NOW)
    told = update(problem, agent)

    mails = tell_update(update_id=told.pk, now=world.NOW)

    assert [(mail.recipient, mail.language, mail.subject) for mail in mails] == [
        (person.email, "sv", "Nytt om ett fel: Exporten stannar"),
        (english.email, "en", "News about a problem: The export stops"),
    ]
    assert [mail.organisation_id for mail in mails] == [person.organisation_id] * 2
    assert "Vi har hittat felet." in mails[0].text.splitlines()
    assert "Choose PDF." in mails[1].text.splitlines()
    assert f"/help/sv/problems/{problem.number}/" in mails[0].html
    assert ProcrastinateJob.objects.filter(task_name="send_mail").count() == 2


def test_t72_telling_twice_adds_nothing(person: Person, agent: Staff, problem: KnownProblem) -> None:
    digester = world.make_person(person.organisation)
    choose(digester, {"problem-update": "digest"})
    for each in (person, digester):
        say_me_too(each, problem)
    told = update(problem, agent)

    assert len(tell_update(update_id=told.pk, now=world.NOW)) == 1
    assert tell_update(update_id=told.pk, now=world.NOW) == []
    assert (OutgoingMail.unscoped.count(), DigestItem.unscoped.count()) == (1, 1)


def test_somebody_at_two_organisations_hears_of_it_once(person: Person, agent: Staff, problem: KnownProblem) -> None:
    other = world.make_organisation(desk_of(person), name="Norrtuna stad")
    second = world.make_person(other, account=person.account, email=person.email)
    for each in (person, second):
        say_me_too(each, problem)

    mails = tell_update(update_id=update(problem, agent).pk, now=world.NOW)

    assert [(mail.recipient, mail.organisation_id) for mail in mails] == [(person.email, person.organisation_id)]


def test_who_wants_no_mail_gets_none(person: Person, agent: Staff, problem: KnownProblem) -> None:
    choose(person, {"problem-update": "off"})
    say_me_too(person, problem)

    assert tell_update(update_id=update(problem, agent).pk, now=world.NOW) == []


def test_a_digest_tells_of_the_problem(person: Person, agent: Staff, problem: KnownProblem) -> None:
    choose(person, {"problem-update": "digest"})
    say_me_too(person, problem)
    tell_update(update_id=update(problem, agent).pk, now=world.NOW)

    assert send_digests(now=EVENING) == 1

    (mail,) = OutgoingMail.unscoped.all()
    assert mail.kind == "digest"
    assert mail.text.splitlines()[6:8] == ["Exporten stannar", "Det finns nytt om felet."]


def test_t15_many_updates_are_held_back(person: Person, agent: Staff, problem: KnownProblem) -> None:
    say_me_too(person, problem)

    states = [tell_update(update_id=update(problem, agent).pk, now=world.NOW)[0].state for _ in range(5)]

    assert states == ["queued"] * 4 + ["held"]
    later = tell_update(update_id=update(problem, agent).pk, now=world.NOW + timedelta(hours=2))
    assert later[0].state == "queued"


def test_a_restored_installation_holds_the_mails(person: Person, agent: Staff, problem: KnownProblem) -> None:
    say_me_too(person, problem)

    (mail,) = tell_update(update_id=update(problem, agent).pk, now=world.NOW, hold=True)

    assert (mail.state, mail.reason) == ("held", "restored")
    assert not ProcrastinateJob.objects.filter(task_name="send_mail").exists()


def test_whoever_waits_for_an_answer_is_told_that_it_comes(person: Person, agent: Staff, problem: KnownProblem) -> None:
    ticket, desk = world.ask(person), desk_of(person)
    known.hang_ticket(
        scope=world.desk_scope(desk),
        ticket_number=ticket.number,
        problem_number=problem.number,
        by=world.actor(agent),
        now=world.NOW,
    )

    (mail,) = tell_update(update_id=update(problem, agent, "fixed").pk, now=world.NOW)

    assert mail.subject == "Rättat: Exporten stannar"
    assert "Har du frågat oss om felet? Då får du svar i ärendet också." in mail.text.splitlines()
    assert "Välj PDF." not in mail.text


@pytest.mark.parametrize("state", ["open", "fixed", "withdrawn"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_words_are_easy_and_what_staff_wrote_is_no_template(language: str, state: str) -> None:
    mail = problem_mail(
        ProblemMail(
            language=language,
            desk="Kompass",
            recipient="Maj",
            title="<b>Fel {{ 7 * 7 }}",
            told=("Hej.",),
            workaround=("Hej.",),
            state=state,
            has_tickets=False,
            link="",
            choices_link="",
            accent="#123456",
        )
    )

    assert lix(mail.text) <= 40
    assert "{{ 7 * 7 }}" in mail.text
    assert "<b>" not in mail.html
