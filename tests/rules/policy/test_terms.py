"""Support terms of made-up vendors, written from docs/policy.md alone, and where they bite."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vaxel.rules.policy import Decision, check, decide, facts_from, read_policy

FILES = {file.stem: file.read_text("utf-8") for file in (Path(__file__).parent / "terms").glob("*.toml")}
SATURDAY_NIGHT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
PRODUCTION_DOWN: dict[str, Any] = {
    "products": ["server"],
    "product": "server",
    "kind": "incident",
    "priority": "sev-1",
    "environment": "production",
}


def ask(name: str, **given: Any) -> Decision:
    policy = read_policy(FILES[name])
    return decide(policy, facts_from(policy, given), SATURDAY_NIGHT)


@pytest.mark.parametrize("name", FILES)
def test_terms_are_proven(name: str) -> None:
    report = check(read_policy(FILES[name]), text=FILES[name])
    assert [fault.told(name) for fault in report.faults] == []


@pytest.mark.parametrize(
    ("given", "promised"),
    [
        ({"plan": "premier"}, ["premier-1", "premier-1-updates"]),
        ({"plan": "premier", "environment": "other"}, []),
        ({"plan": "premier", "release": "sustaining"}, []),
        ({"plan": "premier", "cause": "customer"}, ["premier-1", "premier-1-updates"]),
        ({"plan": "production"}, ["production-1"]),
        ({"plan": "production", "priority": "undecided"}, []),
        ({"plan": "production", "channel": "phone"}, []),
        ({"plan": "developer"}, []),
    ],
    ids=str,
)
def test_database_vendor_promises_what_its_terms_give(given: dict[str, Any], promised: list[str]) -> None:
    assert [target.rule for target in ask("fjordbase", **PRODUCTION_DOWN | given).targets] == promised


@pytest.mark.parametrize(
    ("given", "billing"),
    [
        ({"plan": "drift", "beredskap": "tecknat"}, ("start-fee-plus-hours", False)),
        ({"plan": "drift", "beredskap": "tecknat", "garanti": "galler"}, ("included", False)),
        ({"plan": "drift"}, ("included", False)),
        ({"plan": "bas"}, ("by-the-hour-after-confirmation", True)),
    ],
    ids=str,
)
def test_industrial_vendor_charges_a_standstill_by_its_agreement(
    given: dict[str, Any], billing: tuple[str, bool]
) -> None:
    decided = ask("nordpump", kind="stopp", products=["styr"], **given).billing
    assert decided is not None
    assert (decided.kind, decided.confirm) == billing


@pytest.mark.parametrize(
    ("given", "promised"),
    [
        ({}, ["workaround", "solved", "updates", "same-day"]),
        ({"environment": "test"}, []),
        ({"certificate": "expired"}, []),
        ({"certificate": "expired", "channel": "mail"}, ["workaround", "solved", "updates", "same-day"]),
        ({"plan": "basic"}, []),
        ({"priority": "sev3", "channel": "mail"}, ["same-day"]),
        ({"agreement": "ended"}, []),
        ({"agreement": "ended", "after-the-end": "grace"}, ["workaround", "solved", "updates", "same-day"]),
    ],
    ids=str,
)
def test_mixed_terms_promise_by_every_condition_at_once(given: dict[str, Any], promised: list[str]) -> None:
    called = {"plan": "premium", "kind": "fault", "priority": "sev1", "channel": "phone"}
    assert [target.rule for target in ask("rimfors", **called | given).targets] == promised


@pytest.mark.parametrize(
    ("version", "kind", "answer"),
    [
        ("8.2", "fault", ("support", "included")),
        ("7.9", "fault", ("support", "not-covered")),
        ("7.9", "security", ("support", "included")),
        ("6.4", "security", ("sales", "offer-first")),
        ("8.2", "upgrade", ("sales", "offer-first")),
    ],
)
def test_business_system_vendor_helps_by_version(version: str, kind: str, answer: tuple[str, str]) -> None:
    asked = ask("tallgrind", plan="standard", products=["hr"], kind=kind, version=version)
    assert asked.billing is not None
    assert (asked.destination, asked.billing.kind) == answer


@pytest.mark.parametrize(
    ("given", "promised"),
    [
        ({"round-the-clock": "bought", "channel": "phone"}, ["gold-sev-1-24x7"]),
        ({"channel": "phone"}, []),
        ({"channel": "api"}, ["emea-sev-1"]),
        ({"region": "americas"}, ["americas-sev-1"]),
        ({"plan": "silver", "round-the-clock": "bought"}, []),
        ({"version": "3.2", "round-the-clock": "bought"}, []),
        ({"standing": "user", "round-the-clock": "bought"}, []),
    ],
    ids=str,
)
def test_hardware_vendor_promises_by_add_on_region_and_firmware(given: dict[str, Any], promised: list[str]) -> None:
    outage = {"plan": "gold", "kind": "outage", "products": ["hub"], "product": "hub", "priority": "sev-1"}
    assert [target.rule for target in ask("isfjell", **outage | given).targets] == promised


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({}, ("support", "included", False)),
        ({"lokal": "ja"}, ("support", "by-the-hour", True)),
        ({"kind": "skarmdelning", "skarm": 1}, ("support", "quota-used-up", False)),
        ({"kind": "hur", "byra": "ja", "products": ["bok"], "product": "bok"}, ("byra", None, False)),
        ({"plan": "gratis"}, ("vaxeln", None, False)),
        ({"products": ["tid"], "product": "tid"}, ("vaxeln", None, False)),
        ({"standing": "user"}, ("egna", None, False)),
        ({"standing": "user", "plan": "plus"}, ("support", "included", False)),
        ({"kind": "utbildning"}, ("kurs", "fixed-fee", True)),
    ],
    ids=str,
)
def test_payroll_vendor_lets_in_and_charges_by_plan(
    given: dict[str, Any], answer: tuple[str, str | None, bool]
) -> None:
    decided = ask("notvik", **{"plan": "bas", "kind": "fel", "products": ["lon"], "product": "lon"} | given)
    billing = decided.billing
    assert (decided.destination, billing and billing.kind, bool(billing and billing.confirm)) == answer


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"on-call": "always"}, ("automation", ["on-call-answer", "p1-workaround"], "included")),
        # The weekend's phone opens at six: nothing is promised before that.
        ({"on-call": "weekend"}, ("automation", [], "start-fee-plus-hours")),
        ({"on-call": "always", "plan": "core"}, ("support", ["on-call-answer"], "included")),
        ({"certificate": "expired"}, ("own", [], None)),
        (
            {"certificate": "expired", "products": ["archive"], "product": "archive", "channel": "portal"},
            ("automation", ["shift-answer", "p1-workaround"], "included"),
        ),
        (
            {"channel": "portal", "cause": "theirs"},
            ("automation", ["shift-answer", "p1-workaround"], "by-the-hour-after-confirmation"),
        ),
        ({"channel": "portal", "version": "9.4"}, ("automation", [], "not-covered")),
    ],
    ids=str,
)
def test_factory_vendor_is_called_out_as_its_agreement_says(
    given: dict[str, Any], answer: tuple[str, list[str], str | None]
) -> None:
    stop = {"plan": "shift", "kind": "stop", "topic": "plc", "products": ["line"], "product": "line"}
    decided = ask("kvarn", **stop | {"priority": "p1", "channel": "phone"} | given)
    promised = [target.rule for target in decided.targets]
    assert (decided.destination, promised, decided.billing and decided.billing.kind) == answer
