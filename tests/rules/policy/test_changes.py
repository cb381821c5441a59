"""Comparing two policies, and replaying what was decided."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.rules.policy.small_policy import SMALL, changed
from vaxel.rules.policy import (
    Decision,
    Facts,
    compare,
    decide,
    examples_dropped,
    facts_from,
    read_policy,
    replay,
    value_of_version,
)
from vaxel.rules.policy.replay import changed_aspects

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
FAULT: dict[str, Any] = {"plan": "plus", "kind": "fault", "product": "app", "products": ["app"]}
EFFORT = '[facts.effort]\nname = "Effort"\nfrom = "agent"\nquestion = "How long?"\nnumber = true\n'


def changes(before: str, after: str) -> list[str]:
    return [change.told() for change in compare(read_policy(before), read_policy(after))]


def test_equal_policies_differ_in_nothing() -> None:
    assert changes(SMALL, SMALL) == []


def test_other_words_are_no_change() -> None:
    assert changes(SMALL, changed(("Faults go to support.", "Support takes faults."))) == []


def test_change_tells_its_size_and_the_facts_it_needs() -> None:
    after = changed(('plan = ["basic", "plus"]', 'plan = "plus"'), ("[[examples]]", "[[examples]]"))
    assert changes(SMALL, after)[0] == (
        "destination: support → local for 288 combinations where standing = contact, agreement = active, plan = basic, "
        "kind = fault, product = app or extra"
    )


def test_yes_that_is_no_longer_asked_for_is_a_change() -> None:
    before = changed(('kind = "offer-first"', 'kind = "by-the-hour"\nconfirm = true'))
    after = changed(('kind = "offer-first"', 'kind = "by-the-hour"\nconfirm = false'))
    (told,) = changes(before, after)
    assert told.startswith("yes before work: asked → none for ")


def test_names_that_come_and_go_are_told() -> None:
    after = changed(("[products.extra]\n", "[products.more]\nentrance = true\n"))
    assert changes(SMALL, after)[:2] == [
        "products: extra → gone",
        "products: new → more",
    ]


def names(before: str, after: str) -> list[str]:
    """The changes of names alone, without what is decided otherwise for them."""
    compared = compare(read_policy(before), read_policy(after))
    return [change.told() for change in compared if not change.combinations]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("plus", "silver", ["plans: plus → silver (looks like the same by a new name)"]),
        ("extra", "more", ["products: extra → more (looks like the same by a new name)"]),
        ("advice", "counsel", ["kinds: advice → counsel (looks like the same by a new name)"]),
        (
            "manager",
            "lead",
            [
                "roles: manager → lead (looks like the same by a new name)",
                "destinations: manager → lead (looks like the same by a new name)",
            ],
        ),
    ],
)
def test_name_that_is_used_as_another_was_looks_renamed(old: str, new: str, told: list[str]) -> None:
    after = SMALL.replace(f'"{old}"', f'"{new}"').replace(f".{old}]", f".{new}]").replace(old.title(), new.title())
    assert names(SMALL, after) == told


def test_name_that_is_also_a_word_of_the_language_looks_renamed() -> None:
    before = changed(added=EFFORT)
    after = before.replace('"plus"', '"max"').replace("[plans.plus]", "[plans.max]")
    assert names(before, after) == ["plans: plus → max (looks like the same by a new name)"]


@pytest.mark.parametrize(
    ("words", "other"),
    [("contacts = 5", "contacts = 6"), ('plan = ["basic", "silver"]', 'plan = "silver"')],
)
def test_name_that_means_something_else_is_another_one(words: str, other: str) -> None:
    after = SMALL.replace('"plus"', '"silver"').replace("[plans.plus]", "[plans.silver]")
    assert words in after
    assert names(SMALL, after.replace(words, other)) == ["plans: plus → gone", "plans: new → silver"]


def test_which_of_two_equal_names_was_renamed_is_not_guessed() -> None:
    two = changed(added='[plans.one]\nname = "One"\ncontacts = 9\n[plans.two]\nname = "Two"\ncontacts = 9\n')
    after = two.replace("[plans.one]", "[plans.uno]").replace("[plans.two]", "[plans.duo]")
    assert names(two, after) == ["plans: one → gone", "plans: two → gone", "plans: new → uno", "plans: new → duo"]


def test_number_cut_in_other_places_is_compared_between_the_cuts() -> None:
    def by_effort(limit: int) -> str:
        condition = f'when = {{ plan = "plus", effort = {{ below = {limit} }} }}'
        return changed(('when = { plan = "plus" }', condition), added=EFFORT)

    (told,) = changes(by_effort(60), by_effort(120))
    assert told == (
        "target first-answer: none → goal within 4h (office) for 216 combinations where standing = contact, "
        "agreement = active, plan = plus, effort = 60 to 119, kind = fault, product = app or extra"
    )


def test_fact_that_changes_its_type_ends_the_comparison() -> None:
    values = '[facts.effort]\nname = "Effort"\nfrom = "agent"\nquestion = "How long?"\nvalues = ["short", "long"]\n'
    (told,) = changes(changed(added=EFFORT), changed(added=values))
    assert told == "facts: effort → another type; nothing else is compared"


def decided(text: str, facts: Facts) -> Decision:
    return decide(read_policy(text), facts, NOW)


def test_replay_tells_what_would_have_gone_elsewhere() -> None:
    facts = facts_from(read_policy(SMALL), FAULT)
    later = read_policy(changed(('plan = ["basic", "plus"]', 'plan = "basic"')))
    (change,) = replay([("SML-1", facts, decided(SMALL, facts), NOW)], later)
    assert (change.reference, change.aspects) == ("SML-1", ("destination", "targets", "billing"))
    assert change.after is not None
    assert change.after.destination == "local"


SECOND = """[[examples]]
name = "advice"
facts = { kind = "advice" }
expect = { destination = "manager" }
"""
THIRD = SECOND.replace('"advice"\nfacts', '"more-advice"\nfacts').replace(
    'kind = "advice"', 'kind = "advice", plan = "plus"'
)
WITHOUT = SMALL.split("[[examples]]")[0]


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (f"{SMALL}\n{SECOND}\n{THIRD}", None),
        (f"{SMALL}\n{SECOND}\n{THIRD}".replace('name = "a-fault"', 'name = "called-otherwise"'), None),
        (f"{SMALL}\n{SECOND}", "Ett exempel i den publicerade policyn saknas här: more-advice."),
        (SMALL, "2 exempel i den publicerade policyn saknas här: advice, more-advice."),
        (WITHOUT, "Den publicerade policyn har 3 exempel, den här har inga."),
    ],
)
def test_examples_that_go_are_told_with_what_it_means(later: str, told: str | None) -> None:
    before = read_policy(f"{SMALL}\n{SECOND}\n{THIRD}")
    sentence = examples_dropped(before.file, read_policy(later).file)
    if told is None:
        assert sentence is None
    else:
        assert sentence is not None
        assert sentence.in_("sv").startswith(f"{told} Inget vaktar längre att ")


def test_replay_is_silent_about_what_stays() -> None:
    facts = facts_from(read_policy(SMALL), FAULT)
    later = read_policy(changed(("Faults go to support.", "Support takes faults.")))
    assert list(replay([("SML-1", facts, decided(SMALL, facts), NOW)], later)) == []


def test_replay_tells_what_can_no_longer_be_decided() -> None:
    facts = facts_from(read_policy(SMALL), FAULT)
    later = read_policy(
        changed(("[products.app]", "[products.program]"), ('products = ["app"]', 'products = ["program"]'))
    )
    (change,) = replay([("SML-1", facts, decided(SMALL, facts), NOW)], later)
    assert (change.after, str(change.problem)) == (
        None,
        '"app" is not a value of product. Allowed: program, extra, none.',
    )


def test_notice_that_may_now_be_switched_off_is_a_change() -> None:
    text = changed(('roles = "manager"\n', 'roles = "manager"\nalways = true\n'))
    facts = facts_from(read_policy(SMALL), FAULT | {"priority": "critical"})
    assert changed_aspects(decided(text, facts), decided(SMALL, facts)) == ("notify",)


@pytest.mark.parametrize(
    ("version", "value"),
    [("9.0.1", "supported"), (" 8.9.0 ", "supported"), ("8.1", "ended"), ("", "unknown"), (None, "unknown")],
)
def test_version_gives_its_fact_a_value(version: str | None, value: str) -> None:
    declared = 'values = ["supported", "ended"]\nversions = { supported = ["9.*", "8.9.*"], ended = ["8.*"] }'
    policy = read_policy(changed(added=f'[facts.age]\nname = "Age"\nfrom = "version"\n{declared}'))
    assert value_of_version(policy.file.facts["age"], version) == value
