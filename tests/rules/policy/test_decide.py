"""Decisions on the small policy, section by section."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.rules.policy.small_policy import SMALL, changed
from vaxel.rules.policy import Decision, Facts, FactsError, decide, facts_from, read_policy

TUESDAY_AT_TEN = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FAULT: dict[str, Any] = {"plan": "plus", "kind": "fault", "product": "app", "products": ["app"]}
CRITICAL: dict[str, Any] = FAULT | {"priority": "critical"}


def ask(text: str = SMALL, *, at: datetime = TUESDAY_AT_TEN, **given: Any) -> Decision:
    policy = read_policy(text)
    return decide(policy, facts_from(policy, given), at)


def rules(decision: Decision) -> list[str]:
    return [reason.rule for reason in decision.because]


def test_decision_tells_every_rule_in_the_order_they_decide() -> None:
    assert rules(ask(**CRITICAL)) == [
        *("faults", "contacts", "written", "phone-on-plus", "covered", "first-answer", "tell-manager")
    ]


@pytest.mark.parametrize(
    ("given", "destination"),
    [
        (FAULT, "support"),
        (FAULT | {"plan": "none", "agreement": "active"}, "local"),
        (FAULT | {"standing": "user"}, "local"),
        (FAULT | {"agreement": "ended"}, "local"),
        (FAULT | {"products": ["extra"]}, "local"),
        (FAULT | {"standing": "stranger", "plan": "none", "products": []}, "reception"),
        ({"kind": "advice", "standing": "stranger"}, "reception"),
        ({"kind": "advice", "standing": "user"}, "manager"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_team_is_reached_by_those_let_in_and_nobody_else(given: dict[str, Any], destination: str) -> None:
    assert ask(**given).destination == destination


def test_refusal_is_a_decision_with_its_reason() -> None:
    decision = ask(**FAULT | {"standing": "user"})
    assert (decision.belongs_to, decision.granted, decision.targets, decision.billing) == ("support", False, (), None)
    assert rules(decision) == ["faults", "destinations.support.otherwise", "written"]


def test_guard_gives_way_to_a_rule_that_asks_itself() -> None:
    text = changed(('when = { standing = "contact", plan', 'when = { agreement = ["active", "ended"], plan'))
    assert ask(text, **FAULT | {"agreement": "ended"}).destination == "support"
    assert ask(text, **FAULT | {"products": ["extra"]}).destination == "local"


def test_channel_with_hours_opens_later() -> None:
    decision = ask(**CRITICAL, at=SATURDAY)
    assert decision.channels == ("portal",)
    assert [(each.channel, each.opens_at) for each in decision.channels_later] == [
        ("phone", datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("given", "at", "reason"),
    [
        (FAULT | {"channel": "phone"}, TUESDAY_AT_TEN, "built-in.channel-not-allowed"),
        (CRITICAL | {"channel": "phone"}, SATURDAY, "built-in.channel-closed-now"),
    ],
    ids=["not allowed", "closed now"],
)
def test_nothing_is_promised_by_a_channel_that_the_asker_may_not_use(
    given: dict[str, Any], at: datetime, reason: str
) -> None:
    decision = ask(**given, at=at)
    assert (decision.destination, decision.usable, decision.targets) == ("support", False, ())
    assert reason in rules(decision)


def test_promise_tells_clock_calendar_and_instant() -> None:
    (target,) = ask(**FAULT).targets
    assert (target.name, target.promise, target.calendar) == ("first-answer", "goal", "office")
    assert target.due == datetime(2026, 11, 17, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["not-covered", "quota-used-up"])
def test_nothing_is_promised_where_no_work_is_done(kind: str) -> None:
    text = changed(('kind = "included"', f'kind = "{kind}"'))
    assert ask(text, **FAULT).targets == ()


def test_promise_that_asks_about_billing_holds_where_no_work_is_done() -> None:
    text = changed(
        ('kind = "included"', 'kind = "not-covered"'),
        ('when = { plan = "plus" }', 'when = { plan = "plus", billing = "not-covered" }'),
    )
    assert [target.name for target in ask(text, **FAULT).targets] == ["first-answer"]


@pytest.mark.parametrize(("kind", "clocks"), [("not-covered", []), ("by-the-hour", ["first-answer"])])
def test_promise_for_all_but_some_billing_names_no_work_that_is_not_done(kind: str, clocks: list[str]) -> None:
    text = changed(
        ('kind = "included"', f'kind = "{kind}"\nrate = "900 kr"\nconfirm = false' if clocks else f'kind = "{kind}"'),
        ('when = { plan = "plus" }', 'when = { plan = "plus", billing = { not = "none" } }'),
    )
    assert [target.name for target in ask(text, **FAULT).targets] == clocks


def test_rule_that_promises_nothing_stands_above_a_general_one() -> None:
    silence = """
[[targets]]
name = "silence"
clock = "first-answer"
destinations = "support"
when = { priority = "normal" }
promise = "none"
because = "We answer when we can."

[[targets]]
name"""
    text = changed(("[[targets]]\nname", silence))
    assert (ask(text, **FAULT).targets, rules(ask(text, **FAULT))[-1]) == ((), "silence")
    assert [target.name for target in ask(text, **CRITICAL).targets] == ["first-answer"]


@pytest.mark.parametrize("kind", ["offer-first", "by-the-hour-after-confirmation"])
def test_work_that_costs_waits_for_the_yes(kind: str) -> None:
    billing = ask(changed(('kind = "included"', f'kind = "{kind}"')), **FAULT).billing
    assert billing is not None
    assert (billing.kind, billing.confirm) == (kind, True)


def test_field_that_one_rule_requires_is_required() -> None:
    text = changed(added='[[forms]]\nname = "also"\noptional = ["description"]')
    assert (ask(text, **FAULT).required_fields, ask(text, **FAULT).optional_fields) == (("description",), ())


def test_decision_survives_storage() -> None:
    decision = ask(**CRITICAL, at=SATURDAY)
    assert Decision.from_json(decision.to_json()) == decision


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "falt"}, '"falt" is not a kind of question here. Did you mean "fault"? Allowed: fault, advice.'),
        ({"kind": "fault"}, 'Say which product a question of the kind "fault" is about. Allowed: app, extra.'),
        (FAULT | {"channel": "mail"}, '"mail" is not a value of channel. Allowed: portal, phone.'),
        (FAULT | {"products": ["ap"]}, '"ap" is not a product here. Allowed: app, extra.'),
        (FAULT | {"colour": "red"}, '"colour" is not a fact that this policy declares. Allowed: none.'),
        (FAULT | {"topic": "x"}, "This policy has no topics."),
        (
            FAULT | {"product": "none"},
            (
                "These facts cannot be together: a question of the kind "
                '"fault" is about one of these products: app, extra.'
            ),
        ),
        (FAULT | {"standing": "stranger"}, "These facts cannot be together: a stranger has no plan."),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:20],
)
def test_facts_that_the_policy_does_not_know_are_told(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FactsError) as told:
        ask(**given)
    assert str(told.value) == sentence


def test_number_outside_its_bounds_is_told() -> None:
    text = changed(added='[facts.n]\nname = "N"\nfrom = "agreement"\nnumber = true\nmin = 1\nmax = 9')
    policy = read_policy(text)
    facts = Facts(standing="user", kind="advice", channel="portal", priority="normal", declared={"n": 10})
    with pytest.raises(FactsError, match=r"^n is a whole number from 1 to 9, not 10\.$"):
        decide(policy, facts, TUESDAY_AT_TEN)


@pytest.mark.parametrize(
    ("condition", "passing"),
    [
        ("5", [5]),
        ("[2, 3]", [2, 3]),
        ("{ below = 2 }", [0, 1]),
        ("{ at_most = 2 }", [0, 1, 2]),
        ("{ above = 7 }", [8, 9]),
        ("{ at_least = 2, below = 4 }", [2, 3]),
        ("{ not = 5 }", [0, 1, 2, 3, 4, 6, 7, 8, 9]),
        ("{ not = [0, 5] }", [1, 2, 3, 4, 6, 7, 8, 9]),
        ("{ not = { above = 1 } }", [0, 1]),
        ("[0, { above = 8 }]", [0, 9]),
    ],
)
def test_condition_on_a_number_passes_the_numbers_that_it_means_and_no_other(
    condition: str, passing: list[int]
) -> None:
    text = changed(
        ('when = { plan = "plus" }\nwithin', f"when = {{ n = {condition} }}\nwithin"),
        added='[facts.n]\nname = "N"\nfrom = "agreement"\nnumber = true\nmax = 9',
    )
    promised = [number for number in range(10) if ask(text, **FAULT, n=number).targets]
    assert promised == passing


def test_naive_time_is_refused() -> None:
    policy = read_policy(SMALL)
    with pytest.raises(ValueError, match="has no time zone"):
        decide(policy, facts_from(policy, FAULT), TUESDAY_AT_TEN.replace(tzinfo=None))
