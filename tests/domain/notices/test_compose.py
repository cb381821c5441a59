"""Every mail, of every kind and in each language: what it says, how long it is, what it can never do."""

import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from typing import Final

import pytest

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.compose import LANGUAGES, MailContent, compose, one_line
from vaxel.domain.notices.job_mail import JobSaid
from vaxel.domain.notices.said import Said, as_html

ALL: Final = [(kind, language) for kind in NoticeKind for language in LANGUAGES]
WORDS: Final = "Hej!\n\nVi har rättat felet.\nStarta om programmet."
CONTENT: Final = MailContent(
    language="sv",
    desk="Kompass",
    number="KOM-1042",
    subject="Oväntat fel när jag sparar",
    recipient="Maj Ekdahl",
    customer="Maj Ekdahl",
    organisation="Åsklinge kommun",
    author="Sven Berg",
    answered_by="Teknisk support",
    kind="Oväntat fel",
    priority="Normal",
    due="fredag 20 november kl. 14.20",
    reasons=("Fel och sådant som inte fungerar enligt manualen hör till teknisk support.",),
    said=Said(text=WORDS, language="sv", attachments=2),
    link="https://support.kompass.example/kompass/tickets/1042/",
)
STAFF_ONLY: Final = {
    NoticeKind.HANDED_OVER,
    NoticeKind.FOR_KNOWLEDGE,
    NoticeKind.ASSIGNED,
    NoticeKind.CUSTOMER_REPLIED,
    NoticeKind.REOPENED,
    NoticeKind.NEW_IN_TEAM,
    NoticeKind.JOB_NEWS,
}
#: Every value that may hold what somebody typed.
TYPED: Final = [
    field.name
    for field in fields(MailContent)
    if field.type in {str, str | None} and field.name not in {"language", "accent"}
]
NASTY: Final = '"><svg onload=alert(1)>{{7*7}}${7*7}#{7*7}<%= 7*7 %>\r\nBcc: victim@kund.example\x00\u202e'


def content(language: str, **more: object) -> MailContent:
    return replace(CONTENT, **{"language": language, **more})  # type: ignore[arg-type]  # fields by name


class Seen(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.words = ""
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_style = tag == "style"
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's signature
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words += data


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_mail_is_short_beside_the_words_it_carries(kind: NoticeKind, language: str) -> None:
    mail = compose(kind, content(language))

    own = mail.text.replace(WORDS, "")
    assert len(own.split()) <= 120


@pytest.mark.parametrize("for_colleague", [False, True])
@pytest.mark.parametrize(("kind", "language"), ALL)
def test_text_and_html_say_the_same(kind: NoticeKind, language: str, for_colleague: bool) -> None:  # noqa: FBT001  # a parameter of the table
    mail = compose(kind, content(language, for_colleague=for_colleague, said=Said(text="Hej!")))
    seen = Seen(mail.html.partition("<main>")[2])

    in_text = re.findall(r"\w+", mail.text.replace(CONTENT.link, ""))
    assert in_text == re.findall(r"\w+", seen.words)
    assert seen.attributes.get("href", []) == re.findall(r"https?://\S+", mail.text)


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_mail_names_number_and_matter_in_its_subject(kind: NoticeKind, language: str) -> None:
    """For customers the same in every mail, so that mail programs show one conversation."""
    to_staff = compose(kind, content(language, for_staff=True)).subject
    first, later = (compose(kind, content(language, is_reply=is_reply)).subject for is_reply in (False, True))

    assert (first, later) == ("[KOM-1042] Oväntat fel när jag sparar", "Re: [KOM-1042] Oväntat fel när jag sparar")
    assert kind not in STAFF_ONLY or to_staff.endswith(": Oväntat fel när jag sparar")


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("Re: [KOM-1042] Oväntat fel", "[KOM-1042] Oväntat fel"),
        ("SV: Fwd: Re[2]: Oväntat fel", "[KOM-1042] Oväntat fel"),
        ("Vb : Oväntat fel", "[KOM-1042] Oväntat fel"),
        ("Retur: varor", "[KOM-1042] Retur: varor"),
        ("Re:", "[KOM-1042] Re:"),
        ("[KOM-104] hör hit", "[KOM-1042] [KOM-104] hör hit"),
    ],
)
def test_number_and_reply_mark_stand_once(asked: str, subject: str) -> None:
    assert compose(NoticeKind.RECEIVED, content("sv", subject=asked)).subject == subject


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_mail_is_readable_for_everyone(kind: NoticeKind, language: str) -> None:
    """Its language is set, nothing is smaller than 16 pixels, no picture carries meaning, links have words."""
    mail = compose(kind, content(language))
    seen = Seen(mail.html)

    assert f'<html lang="{language}"' in mail.html
    assert [int(size) for size in re.findall(r"font(?:-size)?: (\d+)px", mail.html) if int(size) < 16] == []
    assert {"img", "script", "link", "object", "form", "table"} & set(seen.tags) == set()
    assert [name for name in seen.attributes if name.startswith("on") or name in {"src", "background"}] == []
    assert seen.tags.count("h1") <= 1
    assert '<meta name="color-scheme" content="light dark">' in mail.html


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_mail_uses_plain_words(kind: NoticeKind, language: str) -> None:
    mail = compose(kind, content(language))

    forbidden = {"sv": r"\b(ticket|SLA|eskaler\w*|merge\w*)\b", "en": r"\b(SLA|escalat\w*|breach\w*)\b"}
    assert re.findall(forbidden[language], mail.text + mail.subject, re.IGNORECASE) == []


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_t30_t49_what_people_wrote_is_never_markup_nor_template(kind: NoticeKind, language: str) -> None:
    typed = dict.fromkeys(TYPED, NASTY)
    job = JobSaid(**{field.name: NASTY for field in fields(JobSaid)})
    mail = compose(kind, content(language, **typed, said=Said(text=NASTY), job=job))
    seen = Seen(mail.html)

    assert "svg" not in seen.tags
    assert "onload" not in seen.attributes
    assert "49" not in mail.subject + mail.text + mail.html
    assert [letter for letter in mail.subject if not letter.isprintable()] == []


def test_the_values_that_people_type_are_all_tried() -> None:
    assert len(TYPED) == len(fields(MailContent)) - len(
        {
            "language",
            "accent",
            "is_guarantee",
            "reasons",
            "said",
            "wanted",
            "for_colleague",
            "is_let_in",
            "for_staff",
            "among_colleagues",
            "is_solved",
            "can_reply",
            "is_reply",
            "job",
            "is_call",
            "is_time_taken_back",
        }
    )


@pytest.mark.parametrize("kind", [NoticeKind.ANSWER, NoticeKind.CUSTOMER_REPLIED, NoticeKind.COLLEAGUE_WROTE])
def test_t30_html_of_an_answer_is_cleaned_again(kind: NoticeKind) -> None:
    nasty = '<p onclick="x()">Hej<script>x()</script><img src=x onerror=x()><a href="javascript:x()">här</a></p>'

    mail = compose(kind, content("sv", said=Said(text="Hej", html=nasty)))

    body = mail.html.partition("<main>")[2]
    assert '<p>Hej<a rel="noopener noreferrer">här</a></p>' in body
    assert [bad for bad in ("script", "onclick", "onerror", "<img", "javascript") if bad in body] == []


def test_plain_words_become_paragraphs_and_lines() -> None:
    assert as_html(Said(text="Hej!\r\n\r\nEtt <b>.\nTvå.")) == "<p>Hej!</p>\n<p>Ett &lt;b&gt;.<br>\nTvå.</p>"


def test_the_language_of_quoted_words_is_marked() -> None:
    mail = compose(NoticeKind.ANSWER, content("sv", said=Said(text="Hello!", language="en")))

    assert '<blockquote lang="en">' in mail.html


def test_a_guarantee_and_a_goal_are_told_apart() -> None:
    goal = compose(NoticeKind.RECEIVED, content("sv")).text
    guarantee = compose(NoticeKind.RECEIVED, content("sv", is_guarantee=True)).text

    assert "Vi räknar med att svara senast: fredag 20 november kl. 14.20" in goal.splitlines()
    assert "Du får svar senast: fredag 20 november kl. 14.20" in guarantee.splitlines()


def test_without_a_promise_no_time_is_named() -> None:
    mail = compose(NoticeKind.RECEIVED, content("sv", due=None))

    assert "senast" not in mail.text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Fel\r\nBcc: x@kund.example", "Fel Bcc: x@kund.example"),
        ("Fel\x00\x1b[31m", "Fel [31m"),
        ("Fel\u2028i\u202erad", "Fel i rad"),
        ("å" * 300, "å" * 199 + "…"),
        ("  Ä  rende ", "Ä rende"),
    ],
)
def test_t20_one_line_is_fit_for_a_header(typed: str, line: str) -> None:
    assert one_line(typed) == line
