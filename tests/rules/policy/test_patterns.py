"""Patterns that people write: read by an engine whose time grows with the answer, whatever the pattern."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of
from vaxel.rules.policy.patterns import LONGEST_ANSWER, LONGEST_PATTERN, fits, found_in, require_pattern
from vaxel.rules.sentences import SentenceError

#: With going back and trying anew, each takes longer than anybody lives for the answer beside it.
RUNAWAYS = [
    ("(a+)+", "a" * 1000 + "!"),
    ("(a|aa)+", "a" * 1000 + "!"),
    ("(a|a?)+", "a" * 1000 + "!"),
    ("(.*a){25}", "a" * 24 + "b" * 900),
    ("(a*)*b", "a" * 1000),
    ("([a-z]+)*[0-9]", "a" * 1000),
    ("([A-Z]+[0-9]*)+-", "A1" * 500),
    (r"(\d+\.?)+x", "1." * 500),
    ("(x+x+)+y", "x" * 1000),
    (r"(\w+\s?)*!", "word " * 200),
    ("((ab)*)*c", "ab" * 500),
    ("(a?){200}a{200}", "a" * 199),
    ("(.{0,40}){20}x", "a" * 1500),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 1000),
]


@pytest.mark.parametrize(("pattern", "answer"), RUNAWAYS)
def test_t26_pattern_that_would_run_away_answers(pattern: str, answer: str) -> None:
    require_pattern(pattern)

    assert not fits(pattern, answer)
    assert len(list(found_in(answer, pattern))) <= 20


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(?=a)b", '"(?=" does not exist here'),
        ("(?<!a)b", '"(?<!" does not exist here'),
        (r"(a)\1", r'"\1" does not exist here'),
        ("(?>a)", '"(?>" does not exist here'),
        (r"a\Z", r'"\Z" does not exist here'),
        ("[a", 'a bracket lacks its other half in "[a"'),
        ("a)", 'a bracket lacks its other half in "a)"'),
        ("a)(b", 'a bracket lacks its other half in "a)(b"'),
        ("(" * LONGEST_PATTERN, "a bracket lacks its other half"),
        ("[z-a]", '"z-a" runs backwards'),
        ("*a", '"*" repeats nothing'),
        ("a**", '"**" repeats nothing'),
        ("a{1,1001}", '"{1,1001}" repeats nothing, repeats a repetition or counts above a thousand'),
        ("((a{9}){9}){999}", "counts above a thousand"),
        ("a\\", "it ends with a backslash"),
        (r"\pL{900}", "it repeats too much and takes too much room. Write smaller numbers within { }"),
        ("a" * (LONGEST_PATTERN + 1), "it is longer than 400 characters"),
    ],
)
def test_pattern_that_cannot_be_used_is_refused_with_what_is_wrong(pattern: str, said: str) -> None:
    with pytest.raises(SentenceError) as refused:
        require_pattern(pattern)

    assert said in str(refused.value)


@pytest.mark.parametrize("pattern", ["a{99999999999}", "[[a]]", "(?i)a", "a(?P<b>c)", "é", ""])
def test_pattern_that_python_stumbled_over_is_only_a_pattern(pattern: str) -> None:
    require_pattern(pattern)

    assert list(found_in("words", pattern)) in ([], ["words"])


def test_policy_says_why_its_pattern_cannot_be_used() -> None:
    field = '[fields.number]\ntype = "text"\nlabel = "Number"\npattern = "(?=[0-9])[0-9]+"\nexample = "12"\n'
    said = (
        'p.toml:141: fields › number: `pattern` cannot be used: "(?=" does not exist here. Patterns look neither ahead '
        "nor behind, nor at what has fitted before. List what may stand there, with | between."
    )
    assert faults_of(changed(added=field + '[[forms]]\nname = "number"\nrequired = "number"\n')) == [said]


def test_answer_fits_as_a_whole() -> None:
    form = "[A-ZÅÄÖ]{2,4}-[0-9]{1,3}|none"

    assert [answer for answer in ("ÅR-1", "KOM-999", "none", "ÅR-1 ", "xÅR-1", "") if fits(form, answer)] == [
        "ÅR-1",
        "KOM-999",
        "none",
    ]
    assert not fits(".*", "a" * (LONGEST_ANSWER + 1))
    assert not fits(".*", "a\ud800")


def test_numbers_are_found_where_they_stand_alone() -> None:
    text = "A1 A2, xA3 A4x A5. (A6) 1.A7 Å8A8 A9ö A10"

    assert list(found_in(text, "A[0-9]+")) == ["A1", "A2", "A5", "A6", "A10"]
    assert list(found_in("A1 " * 50, "A[0-9]")) == ["A1"] * 20
    assert list(found_in("A1\ud800", "A[0-9]")) == []
