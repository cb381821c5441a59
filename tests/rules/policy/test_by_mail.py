"""`[mail]`: what a mail is about before anybody has said it, and whether its promises run until then."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from vaxel.rules.policy import PolicyFaultsError, PolicyFile, check, decide, explanation, facts_from, read_policy
from vaxel.rules.policy.by_mail import clocks_wait, reason_while_missing, usual_kind, usual_product

SMALL = tomllib.loads((Path(__file__).parent / "small.toml").read_text("utf-8"))
EXAMPLES = Path(__file__).parents[3] / "examples" / "desks"


def with_mail(**mail: Any) -> str:
    """The small policy with mail as a channel that is open to all."""
    rules = [{"name": "by-mail", "channels": "mail", "allow": True, "because": "You may write."}]
    desk = {**SMALL["desk"], "channels": ["portal", "phone", "mail"]}
    whole = {**SMALL, "desk": desk, "channels": [*rules, *SMALL["channels"]]}
    return tomli_w.dumps({**whole, "mail": mail} if mail else whole)


def file_with(**mail: Any) -> PolicyFile:
    return read_policy(with_mail(**mail)).file


def faults_of(text: str) -> list[str]:
    with pytest.raises(PolicyFaultsError) as caught:
        read_policy(text)
    return [str(fault.problem) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("mail", "product", "kind"),
    [
        ({}, "", "fault"),
        ({"kind": "advice"}, "", "advice"),
        ({"kind": "advice", "kinds": {"extra": "fault"}}, "extra", "fault"),
        ({"kind": "advice", "kinds": {"extra": "fault"}}, "app", "advice"),
    ],
)
def test_mail_is_of_the_kind_that_its_product_or_desk_names(mail: dict[str, Any], product: str, kind: str) -> None:
    assert usual_kind(file_with(**mail), product=product) == kind


@pytest.mark.parametrize(
    ("named", "covered", "product"),
    [
        ("extra", set(), "extra"),
        ("extra", {"app"}, "app"),
        ("extra", {"app", "extra"}, "extra"),
        (None, {"extra"}, "extra"),
        (None, set(), "app"),
    ],
)
def test_mail_is_about_the_named_product_if_the_organisation_has_it(
    named: str | None, covered: set[str], product: str
) -> None:
    mail = {} if named is None else {"product": named}
    assert usual_product(file_with(**mail), kind="fault", covered=covered) == product


@pytest.mark.parametrize(
    ("mail", "problem"),
    [
        ({"kind": "falut"}, '"falut" is not a kind.'),
        ({"product": "ap"}, '"ap" is not a product.'),
        ({"kinds": {"ap": "fault"}}, '"ap" is not a product.'),
        ({"kinds": {"app": "falut"}}, '"falut" is not a kind.'),
        ({"clock_while_details_missing": "stops"}, '"stops" is not one of the words here.'),
    ],
)
def test_mail_section_names_what_there_is(mail: dict[str, Any], problem: str) -> None:
    assert faults_of(with_mail(**mail)) == [problem]


def test_mail_section_without_the_channel_is_a_fault() -> None:
    assert faults_of(tomli_w.dumps({**SMALL, "mail": {"kind": "fault"}})) == [
        "Nothing comes by mail here: add it to desk.channels, or remove the section."
    ]


def test_kind_for_a_product_that_it_is_never_about_is_a_fault() -> None:
    text = tomllib.loads(with_mail(kinds={"extra": "fault"}))
    text["kinds"]["fault"]["products"] = ["app"]

    assert faults_of(tomli_w.dumps(text)) == ['Questions of the kind "fault" are never about "extra".']


def test_mail_without_any_kind_to_take_it_for_is_a_fault() -> None:
    text = tomllib.loads(with_mail())
    for kind in text["kinds"].values():
        kind["scope"] = "out"

    assert "A mail's words may tell no kind of question" in faults_of(tomli_w.dumps(text))[0]


def test_several_kinds_in_scope_without_a_usual_one_are_noted() -> None:
    text = tomllib.loads(with_mail())
    text["kinds"]["advice"]["scope"] = "in"

    notes = map(str, check(read_policy(tomli_w.dumps(text))).notes)

    assert [note for note in notes if note.startswith("mail:")] == [
        'mail: a mail whose words tell no kind counts as "fault" until somebody says; give `kind`.'
    ]


def test_promises_run_unless_the_policy_lets_them_wait() -> None:
    runs, waits = read_policy(with_mail()), read_policy(with_mail(clock_while_details_missing="waits"))

    assert (clocks_wait(runs), clocks_wait(waits)) == (False, True)
    assert reason_while_missing(runs) is None
    told = reason_while_missing(waits)
    assert told is not None
    assert told.rule == "built-in.clock-waits-for-details"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"kind": "fault", "plan": "basic", "products": ["app"], "product": "app"}, "waits"),
        ({"kind": "advice", "standing": "stranger", "product": "none"}, None),
    ],
)
def test_explanation_tells_of_the_clock_where_one_may_mail(facts: dict[str, Any], told: str | None) -> None:
    policy = read_policy(with_mail(clock_while_details_missing="waits"))

    decision = decide(policy, facts_from(policy, facts), datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    assert explanation(policy, decision, "en")["clock_while_details_missing"] == told


def test_example_desks_say_both() -> None:
    policies = {name: read_policy((EXAMPLES / f"{name}.toml").read_text("utf-8")) for name in ("kompass", "baver")}

    assert {name: clocks_wait(policy) for name, policy in policies.items()} == {"kompass": False, "baver": True}
    told = reason_while_missing(policies["baver"])
    assert told is not None
    assert told.text["sv"].startswith("Vi börjar räkna tiden")
