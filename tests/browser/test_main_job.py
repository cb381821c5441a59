"""The main job: a question goes in, the right person answers, the asker sees why. In a browser, in three ways."""

import re
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.visitors import PATIENCE_MS, Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the pages say in a language, and what people write."""

    question: str
    answer: str
    thanks: str
    ask: str
    go_on: str
    can_work: str
    read_manual: str
    way: str
    way_says: tuple[str, ...]
    send_question: str
    show_ticket: str
    words_box: str
    send_answer: str
    take: str
    answer_mail: str
    plain_text: str
    reply_box: str
    one_new: str
    solve: str
    is_solved: str
    asker_reads: str


SWEDISH = Said(
    question="Ett oväntat fel visas när jag sparar målet för nämnden",
    answer="Hej! Ladda om sidan, så försvinner felet.",
    thanks="Tack, nu fungerar det!",
    ask="Fråga",
    go_on="Fortsätt",
    can_work="Ja, på ett annat sätt",
    read_manual="Jag har tittat i manualen",
    way="Det här händer med din fråga",
    way_says=("Vem som svarar", "Teknisk support", "Första svar senast", "Därför"),
    send_question="Skicka frågan",
    show_ticket="Visa ärendet",
    words_box="Din text",
    send_answer="Skicka svar",
    take="Ta ärendet",
    answer_mail="Re: [",
    plain_text="Som ren text",
    reply_box="Ditt svar",
    one_new="1 nytt svar",
    solve="Lös",
    is_solved="Löst",
    asker_reads="Ärendet är löst. Svara om något är kvar.",
)
ENGLISH = Said(
    question="An unexpected error appears when I save the goal of the board",
    answer="Hello! Load the page again, and the error is gone.",
    thanks="Thank you, it works now!",
    ask="Ask",
    go_on="Continue",
    can_work="Yes, in another way",
    read_manual="I have looked in the manual",
    way="What happens to your question",
    way_says=("Who answers", "Technical support", "First answer by", "Why"),
    send_question="Send the question",
    show_ticket="Show the ticket",
    words_box="Your words",
    send_answer="Send the answer",
    take="Take it",
    answer_mail="Re: [",
    plain_text="As plain text",
    reply_box="Your answer",
    one_new="1 new answer",
    solve="Solve",
    is_solved="Solved",
    asker_reads="The ticket is solved. Answer if something is left.",
)


def test_question_is_answered_in_swedish(visitors: Visitors) -> None:
    asker, agent = visitors.arrive("asker"), visitors.arrive("answerer")
    _main_job(visitors, asker, agent, said=SWEDISH, hands=Mouse())


def test_question_is_answered_in_english(visitors: Visitors) -> None:
    asker, agent = visitors.arrive("english", language="en"), visitors.arrive("english-agent", language="en")
    _main_job(visitors, asker, agent, said=ENGLISH, hands=Mouse())


def test_question_is_answered_by_keyboard_alone(visitors: Visitors) -> None:
    asker, agent = visitors.arrive("typist"), visitors.arrive("answerer")
    _main_job(visitors, asker, agent, said=SWEDISH, hands=Keyboard())


def test_question_is_answered_without_script(visitors: Visitors) -> None:
    asker, agent = visitors.arrive("plain", script=False), visitors.arrive("answerer", script=False)
    _main_job(visitors, asker, agent, said=SWEDISH, hands=Mouse(), script=False)


def _main_job(visitors: Visitors, asker: Page, agent: Page, *, said: Said, hands: Hands, script: bool = True) -> None:
    """From the question to the solved ticket. With script what is new appears by itself; without, on a new look."""
    agent.goto(f"{visitors.site.workspace}tickets/?view=unassigned")
    asker.goto(visitors.site.portal)
    name = _ask(asker, said=said, hands=hands)
    # The receipt: a mail that follows another one is called an answer to it.
    expect(_mail_of(visitors, name, said=said)).to_be_visible()

    if not script:
        agent.reload()
    row = agent.get_by_role("main").locator(".ticket-row").filter(has_text=name)
    hands.press(row.get_by_role("link", name=said.question))
    _write(agent, said=said, hands=hands)

    mail = _mail(visitors, name, said=said)
    assert said.answer in mail
    asker.goto(_ticket_address(mail, name))
    expect(_conversation(asker)).to_contain_text(said.answer)
    hands.write(asker.get_by_label(said.reply_box), said.thanks)
    hands.press(asker.get_by_role("button", name=said.send_answer, exact=True))
    expect(_conversation(asker)).to_contain_text(said.thanks)

    if script:
        hands.press(agent.get_by_role("button", name=said.one_new))
    else:
        agent.reload()
    expect(_conversation(agent)).to_contain_text(said.thanks)
    hands.press(agent.get_by_role("button", name=said.solve, exact=True))
    expect(agent.get_by_role("main").get_by_text(said.is_solved, exact=True).first).to_be_visible()
    asker.reload()
    expect(asker.get_by_role("main")).to_contain_text(said.asker_reads)


def _ask(page: Page, *, said: Said, hands: Hands) -> str:
    """Step by step to the receipt; the ticket's name."""
    hands.write(page.locator("#words"), said.question)
    hands.press(page.get_by_role("button", name=said.ask, exact=True))
    expect(page).to_have_url(re.compile("/kind/$"))
    hands.press(page.get_by_role("button", name=said.go_on, exact=True))
    hands.choose(page.get_by_role("radio", name=said.can_work))
    hands.choose(page.get_by_role("checkbox", name=said.read_manual))
    hands.press(page.get_by_role("button", name=said.go_on, exact=True))
    way = page.get_by_role("region", name=said.way)
    for words in said.way_says:
        expect(way).to_contain_text(words)
    hands.press(page.get_by_role("button", name=said.send_question))
    hands.press(page.get_by_role("link", name=said.show_ticket))
    expect(page.get_by_role("heading", level=1)).to_have_text(said.question)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def _write(page: Page, *, said: Said, hands: Hands) -> None:
    """The agent's answer, in the editor or the plain field that it takes the place of; half-way the ticket is taken."""
    hands.write(page.get_by_role("textbox", name=said.words_box), said.answer)
    take = page.get_by_role("button", name=said.take, exact=True)
    hands.press(take)
    # The page that comes back: on the one that is being left a second press is held back.
    expect(take).to_have_count(0)
    expect(page.locator("textarea[name=body]")).to_have_value(said.answer)
    hands.press(page.get_by_role("button", name=said.send_answer, exact=True))
    expect(_conversation(page)).to_contain_text(said.answer)


def _mail(visitors: Visitors, name: str, *, said: Said) -> str:
    """The text of the answer's mail."""
    row = _mail_of(visitors, name, said=said, subject=said.answer_mail)
    row.get_by_role("link").click()
    return row.page.get_by_role("region", name=said.plain_text).inner_text()


def _mail_of(visitors: Visitors, name: str, *, said: Said, subject: str = "") -> Locator:
    """The newest mail of the ticket, or of those that are called so, once the worker has sent it."""
    page = visitors.arrive(language="sv" if said is SWEDISH else "en")
    page.goto(visitors.site.at(f"/demo/mail/{visitors.site.world.desk}/"))
    row = page.get_by_role("row").filter(has_text=name).filter(has_text=subject)
    end = monotonic() + PATIENCE_MS / 1000
    while not row.count() and monotonic() < end:
        page.wait_for_timeout(500)
        page.reload()
    return row.first


def _ticket_address(mail: str, name: str) -> str:
    found = re.search(rf"http\S+/tickets/{name}/", mail)
    assert found is not None, mail
    return found.group()


def _conversation(page: Page) -> Locator:
    return page.locator(".conversation")
