"""The two example desks: proven whole, and right where their terms speak."""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.rules.policy.small_policy import DESKS
from vaxel.rules.policy import Decision, Policy, check, decide, facts_from, read_policy

FRIDAY_HALF_PAST_THREE = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
TEXTS = {name: (DESKS / f"{name}.toml").read_text("utf-8") for name in ("kompass", "baver")}
POLICIES = {name: read_policy(text) for name, text in TEXTS.items()}
IN_SCOPE = ("unexpected-error", "function-broken", "not-as-documented", "login-problem")
OUT_OF_SCOPE = (
    *("change-request", "data-repair", "permissions", "training", "product-interest", "agreement"),
    *("evaluation-help", "report-setup", "setup-not-as-agreed"),
)


def ask(desk: str, **given: Any) -> Decision:
    policy = POLICIES[desk]
    return decide(policy, facts_from(policy, given), FRIDAY_HALF_PAST_THREE)


@pytest.mark.parametrize("desk", [*POLICIES, "tarna"])
def test_desk_is_proven_and_its_examples_hold(desk: str) -> None:
    text = (DESKS / f"{desk}.toml").read_text("utf-8")
    report = check(read_policy(text), text=text)
    assert [fault.told(desk) for fault in report.faults] == []
    assert report.notes == ()


@pytest.mark.parametrize(("desk", "least"), [("kompass", 28), ("baver", 28)])
def test_desk_carries_many_examples_in_both_languages(desk: str, least: int) -> None:
    examples = POLICIES[desk].file.examples
    assert len(examples) >= least
    assert [each.name for each in examples if set(each.text) != {"sv", "en"}] == []


def test_kompass_has_the_names_that_scripts_ask_for() -> None:
    file = POLICIES["kompass"].file
    assert set(file.kinds) == {*IN_SCOPE, *OUT_OF_SCOPE}
    assert set(file.products) == {"suite", "meetings", "resource-planning"}
    assert {name: plan.contacts for name, plan in file.plans.items()} == {"standard": 2, "enterprise": 10}


def test_baver_has_the_names_that_scripts_ask_for() -> None:
    file = POLICIES["baver"].file
    assert set(file.kinds) == {"fault", "how-to", "invoice", "agreement"}
    assert set(file.topics) == {"protocol", "template", "object", "event", "other"}
    assert (set(file.products), set(file.plans)) == ({"baver"}, {"support"})


def test_destinations_are_those_that_scripts_ask_for() -> None:
    assert {name for policy in POLICIES.values() for name in policy.file.destinations} == {
        *("support", "local-contacts", "account-manager", "customer-success-manager", "project-manager"),
        "contact-details",
    }


@pytest.mark.parametrize(("kind", "plan"), [*product(IN_SCOPE, ("standard", "enterprise"))])
def test_kompass_answers_its_trained_contacts_within_four_office_hours(kind: str, plan: str) -> None:
    decision = ask("kompass", kind=kind, plan=plan, products=["suite"])
    assert decision.destination == "support"
    assert [target.due for target in decision.targets] == [datetime(2026, 11, 23, 9, 30, tzinfo=UTC)]


@pytest.mark.parametrize(("kind", "plan"), [*product(IN_SCOPE, ("standard", "enterprise"))])
def test_kompass_sends_users_to_their_own_contacts_and_promises_nothing(kind: str, plan: str) -> None:
    decision = ask("kompass", kind=kind, plan=plan, products=["suite"], standing="user")
    assert (decision.destination, decision.targets) == ("local-contacts", ())


@pytest.mark.parametrize("kind", OUT_OF_SCOPE)
def test_kompass_turns_to_the_account_manager_on_standard(kind: str) -> None:
    decision = ask("kompass", kind=kind, plan="standard", products=["suite"], product="suite")
    assert (decision.destination, decision.targets) == ("account-manager", ())


@pytest.mark.parametrize("kind", sorted({*OUT_OF_SCOPE} - {"agreement", "product-interest"}))
def test_kompass_turns_to_the_project_manager_while_a_project_runs(kind: str) -> None:
    decision = ask("kompass", kind=kind, plan="enterprise", products=["suite"], product="suite", project="active")
    assert decision.destination == "project-manager"


def test_kompass_shows_the_phone_only_to_those_who_have_it_and_say_urgent() -> None:
    suite: dict[str, Any] = {"kind": "function-broken", "plan": "standard", "products": ["suite"]}
    meetings: dict[str, Any] = {"kind": "function-broken", "products": ["meetings"], "standing": "contact"}
    with_phone = [
        name
        for name, given in {
            "urgent contact": suite | {"urgent": True},
            "calm contact": suite,
            "urgent user": suite | {"urgent": True, "standing": "user"},
            "urgent with meetings alone": meetings | {"urgent": True},
        }.items()
        if "phone" in ask("kompass", **given).channels
    ]
    assert with_phone == ["urgent contact"]


def test_kompass_never_works_on_small_jobs_before_a_yes_and_always_tells() -> None:
    decision = ask("kompass", kind="data-repair", plan="standard", products=["suite"], effort=90)
    assert decision.billing is not None
    assert (decision.destination, decision.billing.kind, decision.billing.confirm) == ("support", "offer-first", True)
    assert [(notice.role, notice.always) for notice in decision.notify] == [("account-manager", True)]


def test_baver_asks_what_its_terms_ask() -> None:
    decision = ask("baver", kind="fault", topic="protocol", plan="support", priority="critical")
    assert decision.required_fields == ("case-reference", "version", "what-happened", "what-before", "standstill")
    assert decision.optional_fields == ("pictures", "on-behalf-of")
    assert decision.checklist == ("restarted-baver", "restarted-computer", "asked-own-it")


def test_baver_takes_a_case_number_in_its_own_form() -> None:
    field = POLICIES["baver"].file.fields["case-reference"]
    assert (field.example, field.searchable) == ("BYGG.2022.194", True)


@pytest.mark.parametrize(("desk", "language"), [*product(POLICIES, ("sv", "en"))])
def test_every_reason_speaks_every_language(desk: str, language: str) -> None:
    policy: Policy = POLICIES[desk]
    for example in policy.file.examples:
        decision = decide(policy, facts_from(policy, example.facts), FRIDAY_HALF_PAST_THREE)
        assert [reason.rule for reason in decision.because if not reason.text[language]] == []


def test_repository_holds_no_mark_of_the_texts_that_the_desks_come_from() -> None:
    marks = [bytes.fromhex(mark).decode() for mark in ("7374726174737973", "636173746f72")]
    files = [*DESKS.glob("*.toml"), *(Path(__file__).parents[3] / "docs").glob("*.md")]
    assert [file.name for file in files for mark in marks if mark in file.read_text("utf-8").lower()] == []
