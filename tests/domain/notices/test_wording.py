"""A desk's own words in its mails: what may stand there, what is said, and that they are no program."""

import pytest

from tests import factories as world
from tests.domain.notices.conversations import desk_of, tell_all
from tests.domain.notices.test_compose import ALL, content
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.compose import compose, standard_words
from vaxel.domain.notices.example_mail import example_mail
from vaxel.domain.notices.own_words import VALUES, Fault, OwnWords, faults_of
from vaxel.domain.notices.wording import (
    FaultyWordsError,
    use_standard_words,
    words_history,
    words_in_use,
    write_words,
)
from vaxel.domain.people.models import Person, Staff

OURS = OwnWords(heading="Tack, {mottagare}!", text="Frågan {nummer} är hos oss.\n\nVi svarar senast {svar_senast}.")
PROGRAMS = (
    "{{7*7}}",
    "{% for x in y %}",
    "#{7*7}",
    "${7*7}",
    "{mottagare.__class__}",
    "{mottagare!r:>99}",
    "{0}",
    "{}",
    "{ mottagare }",
    "<%= 7*7 %> {",
    "}",
    "{mail.recipient}",
    "{config}",
)


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_the_standard_words_can_be_saved_as_they_stand(kind: NoticeKind, language: str) -> None:
    for can_reply in (False, True):
        words = standard_words(kind, language, can_reply=can_reply)

        assert faults_of(words, language=language) == []
        own = compose(kind, content(language, can_reply=can_reply), words)
        standard = compose(kind, content(language, can_reply=can_reply))
        assert (own.subject, own.text) == (standard.subject, standard.text)
        assert own.html.split() == standard.html.split()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("field", ["heading", "text"])
def test_t49_what_is_no_name_of_a_value_cannot_be_saved(program: str, field: str) -> None:
    words = {"heading": "Hej", "text": "Hej", field: f"Hej {program}"}

    assert {each.field for each in faults_of(OwnWords(**words), language="sv")} == {field}


def test_every_fault_is_told_with_its_piece() -> None:
    words = OwnWords(heading="x" * 121, text="Hej {namn} och {namn}, {mottagare}. {")

    assert faults_of(words, language="sv") == [
        Fault("heading", "too-long", "120"),
        Fault("text", "unknown-value", "{namn}"),
        Fault("text", "stray-brace"),
    ]
    assert faults_of(OwnWords(heading="", text=" \n "), language="sv") == [Fault("text", "empty")]


@pytest.mark.parametrize("program", ["{{7*7}}", "{mottagare}", "<svg onload=alert(1)>", "{nummer}"])
def test_t49_what_a_value_holds_is_never_read_again(program: str) -> None:
    mail = compose(NoticeKind.RECEIVED, content("sv", recipient=program), OURS)

    assert f"Tack, {program}!" in mail.text
    assert "49" not in mail.text + mail.html
    assert "<svg" not in mail.html


def test_a_sentence_about_a_promise_is_not_said_without_one() -> None:
    mail = compose(NoticeKind.RECEIVED, content("sv", due=None), OURS)

    assert "Frågan KOM-1042 är hos oss." in mail.text
    assert "senast" not in mail.text


def test_each_language_has_a_name_for_the_same_values() -> None:
    assert set(VALUES["sv"].values()) == set(VALUES["en"].values())


# --- kept by the desk -------------------------------------------------------------------------------------------------


def write(agent: Staff, words: OwnWords = OURS) -> None:
    write_words(
        scope=world.desk_scope(agent.desk),
        kind=NoticeKind.RECEIVED,
        language="sv",
        words=words,
        by=world.actor(agent),
        now=world.NOW,
    )


@pytest.mark.django_db
def test_a_desks_mail_says_the_desks_words(person: Person, agent: Staff) -> None:
    write(agent)
    ticket = world.ask(person)

    (mail,) = tell_all()

    name = f"{desk_of(person).prefix}-{ticket.number}"
    assert mail.text.splitlines()[:5] == [
        "Tack, Maj Ekdahl!",
        "",
        f"Frågan {name} är hos oss.",
        "",
        "Vi svarar senast torsdag 19 november kl. 14.00.",
    ]
    assert "<h1>Tack, Maj Ekdahl!</h1>" in mail.html


@pytest.mark.django_db
def test_no_other_desk_says_them(person: Person, agent: Staff) -> None:
    write(agent)
    other = world.make_desk("baver")

    assert words_in_use(desk_id=person.desk_id) == {("received", "sv"): OURS}
    assert words_in_use(desk_id=other.pk) == {}


@pytest.mark.django_db
def test_the_standard_comes_back_and_the_history_stays(agent: Staff) -> None:
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    write(agent)
    for _ in range(2):
        use_standard_words(scope=scope, kind=NoticeKind.RECEIVED, language="sv", by=by, now=world.NOW)

    assert words_in_use(desk_id=agent.desk_id) == {}
    history = words_history(scope, kind=NoticeKind.RECEIVED, language="sv")
    assert [(entry.by, entry.words) for entry in history] == [("Sven Berg", None), ("Sven Berg", OURS)]


@pytest.mark.django_db
def test_t49_faulty_words_are_not_kept(agent: Staff) -> None:
    with pytest.raises(FaultyWordsError) as refused:
        write(agent, OwnWords(heading="", text="{{7*7}}"))

    assert [each.kind for each in refused.value.faults] == ["unknown-value", "stray-brace"]
    assert words_in_use(desk_id=agent.desk_id) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "language"), ALL)
def test_every_mail_can_be_looked_at_before_it_is_sent(kind: NoticeKind, language: str, agent: Staff) -> None:
    mail = example_mail(kind, language, desk=agent.desk, own=None, now=world.NOW)

    assert mail.subject.startswith(f"[{agent.desk.prefix}-1042] ")
    assert agent.desk.name in mail.html
