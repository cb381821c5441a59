"""What a draft holds becomes what is sent: pure, so without pages."""

import pytest

from tests.factories import policy_source
from vaxel.domain.tickets.question import CHECKED, IMPACT, STANDS_STILL, SUGGESTED_PRIORITY, OnBehalfOf
from vaxel.rules.policy.reader import read_policy
from vaxel.surfaces.asking.answers import Answers, as_question, clean, effective_priority, from_data

KOMPASS = read_policy(policy_source("kompass"))
BAVER = read_policy(policy_source("baver"))


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Det blir fel. Jag vet inte varför.", "Det blir fel."),
        ("Rubriken\nresten av texten", "Rubriken"),
        ("Version 8.9.0 startar inte", "Version 8.9.0 startar inte"),
        ("\n\nEfter tomma rader", "Efter tomma rader"),
        ("", ""),
        ("ord " * 60, "ord " * 23 + "ord…"),
    ],
)
def test_subject_is_the_first_sentence(words: str, subject: str) -> None:
    assert Answers(words=words).subject == subject


def test_clean_takes_away_what_no_database_takes() -> None:
    assert clean(" a\x00b\r\nc\rd ") == "ab\nc\nd"


def test_answers_survive_being_stored() -> None:
    answers = Answers(words="Hej", fields={"version": "8.9.0"}, checked=("a", "b"), impact=("1", ""), urgent=True)

    assert from_data(answers.as_data()) == answers


@pytest.mark.parametrize(
    ("impact", "chosen", "priority"),
    [
        ((), "", "normal"),
        (("0",), "", "low"),
        (("3",), "", "critical"),
        (("0",), "high", "high"),
        (("9",), "", "normal"),
        (("x",), "", "normal"),
    ],
)
def test_priority_follows_the_choice_then_the_impact_then_the_policy(
    impact: tuple[str, ...], chosen: str, priority: str
) -> None:
    assert effective_priority(Answers(impact=impact, priority=chosen), policy=KOMPASS) == priority


def test_priority_is_the_highest_that_the_impact_suggests() -> None:
    assert effective_priority(Answers(impact=("0", "2")), policy=BAVER) == "critical"


def test_question_keeps_another_priority_beside_the_suggested_one() -> None:
    question = as_question(Answers(kind="fault", impact=("2", "2"), priority="low"), policy=BAVER)

    assert (question.priority, question.fields[SUGGESTED_PRIORITY]) == ("low", "critical")


def test_question_keeps_the_words_of_what_was_said_about_impact() -> None:
    question = as_question(Answers(kind="fault", impact=("2", "")), policy=BAVER)

    asked = {"sv": "Kan du arbeta vidare?", "en": "Can you go on working?"}
    assert question.fields == {IMPACT: [{"question": asked, "answer": {"sv": "Nej", "en": "No"}}]}


def test_question_holds_the_long_answers_under_their_questions() -> None:
    answers = Answers(kind="fault", words="Sidan blir tom", fields={"what-before": "Jag sparade", "version": "8.9.0"})

    question = as_question(
        answers, policy=BAVER, asked=("version", "what-happened", "what-before"), language="sv", draft_id=7
    )

    assert question.text == "Sidan blir tom\n\nVad gjorde du strax innan?\nJag sparade"
    assert question.fields == {"version": "8.9.0", "what-happened": "Sidan blir tom", "what-before": "Jag sparade"}
    assert (question.subject, question.draft_id, question.language) == ("Sidan blir tom", 7, "sv")


def test_question_leaves_out_what_the_kind_does_not_ask() -> None:
    answers = Answers(kind="how-to", words="Hur gör jag?", fields={"version": "8.9.0", "what-before": "x"})

    assert as_question(answers, policy=BAVER, asked=("what-wanted",)).fields == {"what-wanted": "Hur gör jag?"}


def test_question_keeps_checklist_and_standstill() -> None:
    answers = Answers(words="Stopp", priority="critical", standstill="Hela staden", checked=("read-manual",))

    question = as_question(answers, policy=KOMPASS, language="sv")

    assert question.fields == {CHECKED: ["read-manual"], STANDS_STILL: "Hela staden"}
    assert question.text == "Stopp\n\nVad står still, och för hur många?\nHela staden"


def test_question_is_on_behalf_of_a_colleague_where_the_form_asks_for_one() -> None:
    answers = Answers(colleague_name="Ida Falk", colleague_phone="0555-123 45", colleague_copy=True)

    asked = as_question(answers, policy=BAVER, asked=("on-behalf-of",))
    not_asked = as_question(answers, policy=BAVER, asked=())

    assert asked.on_behalf_of == OnBehalfOf(name="Ida Falk", phone="0555-123 45", copy=True)
    assert not_asked.on_behalf_of is None
