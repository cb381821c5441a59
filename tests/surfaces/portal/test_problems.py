"""Known problems while somebody asks: offered, said “me too” to, and never in the way of a question."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.test_suggestions import suggest
from tests.surfaces.portal.walk import signed_in, text_of
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.manual.tree import set_up_manual
from vaxel.domain.people.models import Staff
from vaxel.domain.problems import known
from vaxel.domain.problems.models import Affected, KnownProblem
from vaxel.domain.problems.operating import NoticeWords, publish_notice
from vaxel.domain.tickets.models import Ticket

ASKED = "Jag kan inte exportera till PDF, det bara stannar"


@pytest.fixture
def agent(maj: Customer) -> Staff:
    return world.make_staff(maj.desk)


@pytest.fixture
def problem(agent: Staff) -> KnownProblem:
    return make_problem(agent)


def make_problem(agent: Staff, title: str = "Exporten till PDF stannar", **more: object) -> KnownProblem:
    texts = {"sv": title, "en": f"In English: {title}"}
    values = {"title": texts, "text": texts, "workaround": {}, **more}
    description = known.Description(**values)  # type: ignore[arg-type]  # as the test names them
    return known.open_problem(description, desk=agent.desk, by=world.actor(agent), now=world.NOW)


def fix(problem: KnownProblem, agent: Staff, state: str = "fixed") -> None:
    known.tell_about_problem(
        {"sv": "Klart.", "en": "Done."},
        scope=world.desk_scope(problem.desk),
        number=problem.number,
        seen_version=problem.version,
        state=state,
        by=world.actor(agent),
        now=world.NOW,
    )


def at(customer: Customer, number: int) -> str:
    return f"/{customer.desk.slug}/problems/{number}/me-too/"


def undo_on(content: bytes) -> str:
    """What the page's button would send to take back what was just done."""
    (found,) = re.findall(r'name="undo" value="([^"]+)"', content.decode())
    return str(found)


def test_words_like_a_known_problem_show_it(maj: Customer, problem: KnownProblem) -> None:
    page = suggest(maj, ASKED)

    assert "Menar du det här kända felet?" in text_of(page)
    assert f'href="{at(maj, problem.number)}"' in page.content.decode()


@pytest.mark.parametrize(
    "words", ["Hur exporterar jag?", "Jag vill boka en utbildning för nya användare", "Sidan stannar när jag sparar"]
)
def test_words_about_something_else_show_none(maj: Customer, problem: KnownProblem, words: str) -> None:
    assert "kända felet" not in text_of(suggest(maj, words))


def test_problem_of_another_product_or_a_closed_one_is_not_offered(maj: Customer, agent: Staff) -> None:
    make_problem(agent, products=("meetings",))
    fix(make_problem(agent), agent)

    assert "kända felet" in text_of(suggest(maj, ASKED, product="meetings"))
    assert "kända felet" not in text_of(suggest(maj, ASKED, product="suite"))


def test_t41_problem_of_another_desk_is_neither_offered_nor_there(maj: Customer) -> None:
    make_problem(world.make_staff(world.make_desk("baver")))

    assert "kända felet" not in text_of(suggest(maj, ASKED))
    assert maj.client.get(at(maj, 1)).status_code == HTTPStatus.NOT_FOUND
    assert maj.client.post(at(maj, 1)).status_code == HTTPStatus.NOT_FOUND


def test_me_too_is_confirmed_and_makes_no_ticket(maj: Customer, problem: KnownProblem) -> None:
    page = maj.client.get(at(maj, problem.number))
    assert "Jag märker också av det" in text_of(page)
    assert "Fråga ändå" in text_of(page)
    assert not Affected.unscoped.exists()

    for _ in range(2):
        page = maj.client.post(at(maj, problem.number), follow=True)

    assert "Vi har noterat det" in text_of(page)
    (said,) = Affected.unscoped.all()
    assert (said.person, said.organisation, said.ticket) == (maj.person, maj.organisation, None)
    assert not Ticket.unscoped.exists()


def test_me_too_is_taken_back_and_that_is_undone(maj: Customer, problem: KnownProblem) -> None:
    page = maj.client.post(at(maj, problem.number), follow=True)
    assert "Jag märker inte av det längre" in text_of(page)

    page = maj.client.post(at(maj, problem.number), {"meets": "not-i"}, follow=True)

    assert not Affected.unscoped.exists()
    assert "Du får inga fler mejl om det." in text_of(page)
    assert "Jag märker också av det" in text_of(page)

    page = maj.client.post(at(maj, problem.number), {"meets": "again", "undo": undo_on(page.content)}, follow=True)

    assert "Vi har noterat det" in text_of(page)
    assert [each.person for each in Affected.unscoped.all()] == [maj.person]


def test_address_says_nothing_of_what_was_taken_back(maj: Customer, problem: KnownProblem) -> None:
    maj.client.post(at(maj, problem.number))
    taken = maj.client.post(at(maj, problem.number), {"meets": "not-i"})
    assert taken.headers["Location"] == at(maj, problem.number)

    pages = [text_of(maj.client.get(at(maj, problem.number))) for _ in range(2)]

    assert ["Du får inga fler mejl om det." in page for page in pages] == [True, False]


def test_second_page_that_takes_it_back_says_so_too(maj: Customer, problem: KnownProblem) -> None:
    maj.client.post(at(maj, problem.number))
    maj.client.post(at(maj, problem.number), {"meets": "not-i"}, follow=True)

    second = maj.client.post(at(maj, problem.number), {"meets": "not-i"}, follow=True)

    assert "Du får inga fler mejl om det." in text_of(second)
    assert 'name="undo"' not in second.content.decode()


def test_said_in_the_help_centre_it_stays_there(maj: Customer, problem: KnownProblem) -> None:
    page = f"/{maj.desk.slug}/help/en/problems/{problem.number}/"
    said = {"help": "en"}
    assert maj.client.post(at(maj, problem.number), said).headers["Location"] == at(maj, problem.number)

    set_up_manual(desk_id=maj.desk.pk, is_public=True, by=SYSTEM, now=world.NOW)

    assert f'href="{page.replace("/en/", "/sv/")}"' in maj.client.get(at(maj, problem.number)).content.decode()
    assert maj.client.post(at(maj, problem.number), said).headers["Location"] == f"{page}#said"
    assert "You have told us that you meet this too." in text_of(maj.client.get(page))
    back = maj.client.post(at(maj, problem.number), {**said, "meets": "not-i"}, follow=True)
    assert back.redirect_chain == [(f"{page}#said", HTTPStatus.SEE_OTHER)]
    assert "It is taken back. You get no more mails about it." in text_of(back)
    assert "It is taken back" not in text_of(maj.client.get(page))


def test_contact_takes_it_back_for_the_organisation_and_a_user_does_not(maj: Customer, problem: KnownProblem) -> None:
    user = signed_in(world.make_person(maj.organisation, name="Ola Berg", contact=False, certified=False))
    user.post(at(maj, problem.number))
    assert user.post(at(maj, problem.number), {"meets": "nobody"}).status_code == HTTPStatus.NOT_FOUND
    assert "Ola Berg" in text_of(maj.client.get(at(maj, problem.number)))

    page = maj.client.post(at(maj, problem.number), {"meets": "nobody"}, follow=True)

    assert not Affected.unscoped.exists()
    assert "Ola Berg" not in text_of(page)


def test_t42_undo_of_another_organisation_or_problem_brings_nobody_back(
    maj: Customer, agent: Staff, problem: KnownProblem
) -> None:
    other = make_problem(agent)
    maj.client.post(at(maj, problem.number))
    page = maj.client.post(at(maj, problem.number), {"meets": "not-i"}, follow=True)
    undo = {"meets": "again", "undo": undo_on(page.content)}
    abroad = signed_in(world.make_person(world.make_organisation(maj.desk)))

    abroad.post(at(maj, problem.number), undo)
    maj.client.post(at(maj, other.number), undo)
    maj.client.post(at(maj, problem.number), {"meets": "again", "undo": "made:up"})

    assert not Affected.unscoped.exists()


def test_problem_that_was_fixed_meanwhile_says_so(maj: Customer, agent: Staff, problem: KnownProblem) -> None:
    fix(problem, agent)

    page = maj.client.post(at(maj, problem.number), follow=True)

    assert "Rättat" in text_of(page)
    assert "Jag märker också av det" not in text_of(page)
    assert not Affected.unscoped.exists()


def test_problem_that_was_none_is_gone(maj: Customer, agent: Staff, problem: KnownProblem) -> None:
    fix(problem, agent, "withdrawn")

    assert maj.client.get(at(maj, problem.number)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("hours", "products", "shown"), [(-1, (), True), (-1, ("suite",), True), (-1, ("other",), False), (1, (), False)]
)
def test_start_page_tells_what_goes_on_for_ones_products(
    maj: Customer,
    agent: Staff,
    hours: int,
    products: tuple[str, ...],
    shown: bool,  # noqa: FBT001  # a parameter of the table
) -> None:
    words = NoticeWords(
        title={"sv": "Allt går långsamt", "en": "All is slow"},
        text={"sv": "Vi söker felet.", "en": "We look for it."},
        starts_at=world.NOW + timedelta(hours=hours),
        products=products,
    )
    publish_notice(words, desk=maj.desk, by=world.actor(agent), now=world.NOW)

    assert ("Allt går långsamt" in text_of(maj.client.get(f"/{maj.desk.slug}/"))) is shown
