"""A decision told to people and scripts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from vaxel.rules.policy.compiled import NO_BILLING, Policy
from vaxel.rules.policy.decision import Decision


def explanation(policy: Policy, decision: Decision, language: str) -> dict[str, Any]:
    """The decision as plain values, in the order that scripts rely on. Times are ISO 8601 on the desk's own clock."""
    billing = decision.billing
    return {
        "destination": decision.destination,
        "channels": list(decision.channels),
        "fields": list(decision.required_fields),
        "targets": [
            {
                "name": target.name,
                "due": _at_the_desk(policy, target.due),
                "promise": target.promise,
                "calendar": target.calendar,
            }
            for target in decision.targets
        ],
        "billing": billing.kind if billing is not None else NO_BILLING,
        "notify": [notice.role for notice in decision.notify],
        "because": [{"rule": reason.rule, "text": reason.text[language]} for reason in decision.because],
        "belongs_to": decision.belongs_to,
        "granted": decision.granted,
        "ticket": decision.ticket,
        "usable": decision.usable,
        "channels_later": [
            {"channel": each.channel, "opens_at": _at_the_desk(policy, each.opens_at)}
            for each in decision.channels_later
        ],
        "fields_optional": list(decision.optional_fields),
        "checklist": list(decision.checklist),
        "confirm": billing is not None and billing.confirm,
        "clock_while_details_missing": _while_details_missing(policy, decision),
    }


def _while_details_missing(policy: Policy, decision: Decision) -> str | None:
    """Whether the promises of a question by mail run until its details are there; None where nobody may mail."""
    return policy.file.mail.clock_while_details_missing if "mail" in decision.channels else None


def told(policy: Policy, decision: Decision, language: str) -> Iterator[str]:
    """The decision as lines of text."""
    name = policy.file.destinations[decision.destination].name.in_(language)
    yield f"destination  {decision.destination} ({name})"
    if not decision.granted:
        yield f"belongs to   {decision.belongs_to}"
    yield f"channels     {_listed(decision.channels)}"
    for opening in decision.channels_later:
        yield f"             {opening.channel} from {_at_the_desk(policy, opening.opens_at)}"
    yield f"fields       {_listed(decision.required_fields)}"
    if decision.optional_fields:
        yield f"             and if wanted {_listed(decision.optional_fields)}"
    if decision.checklist:
        yield f"checklist    {_listed(decision.checklist)}"
    for target in decision.targets:
        yield f"target       {target.name} {_at_the_desk(policy, target.due)} ({target.promise})"
    if not decision.targets:
        yield "target       nothing is promised"
    elif _while_details_missing(policy, decision) == "waits":
        yield "             by mail the time waits until the details are there"
    billing = decision.billing
    yield f"billing      {NO_BILLING if billing is None else billing.kind}{_needs_yes(decision)}"
    yield f"notify       {_listed(tuple(notice.role for notice in decision.notify))}"
    yield "because"
    for reason in decision.because:
        yield f"  {reason.rule}: {reason.text[language]}"


def _needs_yes(decision: Decision) -> str:
    return ", after a yes" if decision.billing is not None and decision.billing.confirm else ""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"


def _at_the_desk(policy: Policy, instant: datetime) -> str:
    """To the second: a promise is not told in microseconds."""
    return instant.astimezone(ZoneInfo(policy.file.desk.time_zone)).isoformat(timespec="seconds")
