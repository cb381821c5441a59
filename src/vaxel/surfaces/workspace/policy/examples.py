"""The policy's examples, asked anew each time somebody looks."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vaxel.rules.policy import Facts, FactsError, UndecidedError, decide, facts_from, local_instant
from vaxel.rules.policy.example_check import USUAL_TIME, check_examples
from vaxel.rules.policy.faults import in_language, with_allowed
from vaxel.rules.policy.rulebook import Example
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.policy.answer import Answer, answer_of
from vaxel.surfaces.workspace.policy.conditions import Phrases, told_when
from vaxel.surfaces.workspace.policy.frame import show_policy, words_of
from vaxel.surfaces.workspace.policy.questioning import query_of
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleShown:
    """A question with what the policy answers now. `faults`: what it expects and does not get, by the checker."""

    name: str
    text: str
    facts: Phrases
    answer: Answer | None
    faults: tuple[str, ...]
    try_url: str


@require_safe
@staff_page
def examples(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All of them, those that fail first; one query."""
    words = words_of(place)
    faults = _faults(words)
    base = workspace_url("policy_trying", place)
    shown = [
        _example(each, words, faults=tuple(faults[index]), base=base) for index, each in enumerate(words.file.examples)
    ]
    shown.sort(key=lambda each: not each.faults)
    return show_policy(
        request,
        place,
        "examples",
        tab="policy_examples",
        examples=shown,
        failing=sum(bool(each.faults) for each in shown),
        texts_language=words.texts_language,
    )


def _faults(words: Words) -> dict[int, list[str]]:
    """What does not hold, by the place of the example in the file."""
    found: dict[int, list[str]] = defaultdict(list)
    for fault in check_examples(words.policy):
        index = fault.path[1]
        if isinstance(index, int):
            told = with_allowed(fault.problem, nearest=fault.nearest, allowed=fault.allowed)
            found[index].append(in_language(told, words.language))
    return found


def _example(example: Example, words: Words, *, faults: tuple[str, ...], base: str) -> ExampleShown:
    texts = {str(language): text for language, text in example.text.items()}
    # A list of products is a condition only when it says that they are covered.
    given = {**example.facts}
    if "products" in given:
        given["products"] = {"has": given["products"]}
    at = example.at or USUAL_TIME
    facts = _facts(example, words)
    return ExampleShown(
        name=example.name,
        text=texts.get(words.texts_language, ""),
        facts=told_when([given], words)[0],
        answer=None if facts is None else _answer(facts, words, at=at),
        faults=faults,
        try_url="" if facts is None else f"{base}?{query_of(facts, at=at)}",
    )


def _facts(example: Example, words: Words) -> Facts | None:
    """None when the policy does not know them: the example's faults say why."""
    try:
        return facts_from(words.policy, example.facts)
    except FactsError:
        return None


def _answer(facts: Facts, words: Words, *, at: str) -> Answer | None:
    try:
        instant = local_instant(words.policy, at)
        decision = decide(words.policy, facts, instant)
    except (FactsError, UndecidedError, ValueError):
        return None
    return answer_of(decision, words, at=instant)
