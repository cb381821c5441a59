"""Suggestions are held against the questions that the policies themselves know the answer to."""

from dataclasses import dataclass

import pytest

from tests.factories import policy_source
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.policy.suggest import suggest

LANGUAGES = ("sv", "en")
DESKS = ("kompass", "baver")


@dataclass(frozen=True, eq=False)
class Without:
    """A policy that has never heard of one of its examples."""

    file: PolicyFile


def without(policy: Policy, words: str, language: str) -> Policy:
    kept = tuple(each for each in policy.file.examples if each.text.get(language) != words)  # type: ignore[call-overload]
    return Without(policy.file.model_copy(update={"examples": kept}))  # type: ignore[return-value]  # has all it reads


def known(policy: Policy, language: str) -> list[tuple[str, str]]:
    """The examples that have words in the language, with their kind."""
    return [
        (words, str(each.facts["kind"]))
        for each in policy.file.examples
        if (words := {str(key): text for key, text in each.text.items()}.get(language)) and "kind" in each.facts
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("desk", DESKS)
def test_suggest_finds_each_example_first(desk: str, language: str) -> None:
    policy = read_policy(policy_source(desk))

    found = [
        kind in {one.kind for one in suggest(words, policy=policy, language=language)}
        for words, kind in known(policy, language)
    ]

    assert all(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("desk", DESKS)
def test_suggest_finds_most_examples_that_it_has_not_read(desk: str, language: str) -> None:
    policy = read_policy(policy_source(desk))

    found = [
        kind in {one.kind for one in suggest(words, policy=without(policy, words, language), language=language)}
        for words, kind in known(policy, language)
    ]

    assert sum(found) / len(found) >= 0.85


def test_suggest_tells_the_words_that_led_there() -> None:
    policy = read_policy(policy_source("kompass"))

    best = suggest("Vi undrar när avtalet löper ut", policy=policy, language="sv")[0]

    assert (best.kind, "avtalet" in best.words) == ("agreement", True)


@pytest.mark.parametrize("words", ["", "   ", "12345 !!!", "och att det som"])
def test_suggest_says_nothing_about_nothing(words: str) -> None:
    assert suggest(words, policy=read_policy(policy_source("kompass")), language="sv") == ()
