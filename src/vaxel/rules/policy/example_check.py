"""The examples of a policy file: questions with their right answers, asked and compared."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from vaxel.rules.policy.compiled import NO_BILLING, Policy
from vaxel.rules.policy.decide import UndecidedError, decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import FactsError
from vaxel.rules.policy.faults import Fault
from vaxel.rules.policy.given import facts_from
from vaxel.rules.policy.rulebook import Example, Expectation
from vaxel.rules.policy.wording import language_name
from vaxel.rules.sentences import SentenceError, say

#: A Tuesday morning in the desk's zone: when examples without a time of their own are asked.
USUAL_TIME: Final = "2026-11-17T10:00"


def check_examples(policy: Policy) -> Iterator[Fault]:
    """One fault per thing that an example expects and does not get."""
    for index, example in enumerate(policy.file.examples):
        path = ("examples", index)
        lacking = [each for each in policy.languages if example.text and each not in example.text]
        if lacking:
            yield Fault((*path, "text"), say("example.language", languages=tuple(map(language_name, lacking))))
        try:
            at = local_instant(policy, example.at or USUAL_TIME)
            facts = facts_from(policy, example.facts)
            decision = decide(policy, facts, at)
        except FactsError as error:
            yield Fault((*path, "facts"), error.problem, error.allowed, error.nearest)
        except UndecidedError as error:
            yield Fault(path, say("example.no-answer", reason=error.sentence))
        except SentenceError as error:
            yield Fault((*path, "at"), error.sentence)
        else:
            yield from _differences(policy, index, example, decision)


def local_instant(policy: Policy, at: str) -> datetime:
    """An ISO 8601 time; without an offset it is the desk's own clock. SentenceError if it is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise SentenceError(say("time.none", value=at)) from None
    if not 1990 <= moment.year <= 2090:  # noqa: PLR2004 - the years whose holidays are known
        raise SentenceError(say("time.years", value=at))
    zone = ZoneInfo(policy.file.desk.time_zone)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)


def _differences(policy: Policy, index: int, example: Example, decision: Decision) -> Iterator[Fault]:
    expected = example.expect
    got = _answer(policy, expected, decision)
    names = tuple(reason.rule for reason in decision.because)
    for key, value in got.items():
        wanted = getattr(expected, key)
        if wanted is None or _as_set(wanted) == _as_set(value):
            continue
        path = ("examples", index, "expect", key)
        yield Fault(path, say("example.other-answer", expected=_told(wanted), got=_told(value), rules=names))
    for rule in expected.because or ():
        if rule not in names:
            path = ("examples", index, "expect", "because")
            yield Fault(path, say("example.did-not-decide", rule=rule, rules=names))


def _answer(policy: Policy, expected: Expectation, decision: Decision) -> dict[str, object]:
    targets: object = tuple(target.name for target in decision.targets)
    if isinstance(expected.targets, dict):
        zone = ZoneInfo(policy.file.desk.time_zone)
        targets = {each.name: each.due.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for each in decision.targets}
    return {
        "destination": decision.destination,
        "channels": decision.channels,
        "channels_later": tuple(each.channel for each in decision.channels_later),
        "required": decision.required_fields,
        "checklist": decision.checklist,
        "targets": targets,
        "billing": decision.billing.kind if decision.billing is not None else NO_BILLING,
        "confirm": decision.billing is not None and decision.billing.confirm,
        "notify": tuple(notice.role for notice in decision.notify),
    }


def _as_set(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple | list) else value


def _told(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(str(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {item}' for key, item in value.items())} }}"
    return str(value).lower() if isinstance(value, bool) else str(value)
