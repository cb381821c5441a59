"""What it costs, what is counted, and who is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.narrowing import left_open
from vaxel.rules.policy.rulebook import BillingRule
from vaxel.surfaces.workspace.policy.conditions import RuleShown, told_when
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Something counted, with the limit of each plan that has one."""

    name: str
    text: str
    per: str
    limits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallJobs:
    """Where small jobs are done, who is always told, and for how long an offer stands."""

    at: str
    notify: str
    valid: str


def costs(words: Words) -> tuple[RuleShown, ...]:
    """The first rule that holds decides."""
    return tuple(
        RuleShown(
            name=each.rule.name,
            says=_price(each.rule, words),
            because=words.text(each.rule.because),
            when=told_when(each.tables, words),
        )
        for each in left_open(words.policy, words.policy.sections.billing, {})
    )


def _price(rule: BillingRule, words: Words) -> str:
    parts = [words.value("billing", rule.kind)]
    parts += [words.text(each) for each in (rule.fee, rule.rate) if each is not None]
    if rule.hours is not None:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", rule.hours) % {"count": rule.hours})
    if rule.draws is not None:
        parts.append(words.fact(rule.draws))
    said = ", ".join(parts)
    waits = rule.needs_yes and rule.kind not in {"offer-first", "by-the-hour-after-confirmation"}
    return _("%(price)s; work waits for a yes") % {"price": said} if waits else said


def quotas(words: Words) -> tuple[Quota, ...]:
    counted = [fact for fact in words.file.facts.values() if fact.source == "count"]
    return tuple(_quota(fact, words) for fact in counted)


def _quota(fact: Fact, words: Words) -> Quota:
    limits = [(words.value("plan", plan), str(limit)) for plan, limit in (fact.limits or {}).items()]
    return Quota(
        name=words.text(fact.name),
        text=words.text(fact.text),
        per=_periods().get(fact.per or "", ""),
        limits=tuple(limits),
    )


def _periods() -> dict[str, str]:
    return {
        "day": pgettext("quota", "a day"),
        "week": pgettext("quota", "a week"),
        "month": pgettext("quota", "a month"),
        "quarter": pgettext("quota", "a quarter"),
        "half-year": pgettext("quota", "half a year"),
        "year": pgettext("quota", "a year"),
        "agreement-year": pgettext("quota", "a year of the agreement"),
        "agreement": pgettext("quota", "the whole agreement"),
    }


def small_jobs(words: Words) -> SmallJobs | None:
    given = words.file.small_jobs
    if given is None:
        return None
    days = ngettext("%(count)d day", "%(count)d days", given.valid_days) % {"count": given.valid_days}
    return SmallJobs(
        at=words.either(words.destination(name) for name in given.at),
        notify=words.all_of(words.value("role", name) for name in given.notify),
        valid=days,
    )


def told_besides(words: Words) -> Iterator[RuleShown]:
    """Who is told besides whoever answers."""
    for rule in words.file.notify:
        roles = words.all_of(words.value("role", name) for name in rule.roles)
        yield RuleShown(
            name=rule.name,
            says=_("%(roles)s, always") % {"roles": roles} if rule.always else roles,
            because=words.text(rule.because),
            when=told_when(rule.when, words),
        )
