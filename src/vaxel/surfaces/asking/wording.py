"""Policy, people and promises in the words of the page's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.people.queries import LocalContact, StaffContact
from vaxel.rules.policy.built_in import PREFIX
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decision import Billing, Decision
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Person, Promise, PromiseState, Reason


def per_language(words: Mapping[str, str], language: str) -> str:
    """A stored text in the language, or in the first that it has."""
    return words.get(language) or next(iter(words.values()), "")


def destination_name(policy: Policy, destination: str, language: str) -> str:
    """What people call the place where a question ends; an older policy may know it no longer."""
    found = policy.file.destinations.get(destination)
    return destination if found is None else found.name.in_(language)


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons of a decision, each beside what it explains."""

    where: tuple[Reason, ...]
    how: tuple[Reason, ...]
    cost: tuple[Reason, ...]
    when: tuple[Reason, ...]
    #: Of the form, the checklist and who is told besides: said where those are.
    beside: tuple[Reason, ...]


#: What the program itself says of a channel: never a reason for where a question is.
_CLOSED_WAYS: Final = frozenset({f"{PREFIX}channel-not-allowed", f"{PREFIX}channel-closed-now"})


def why(decision: Decision, *, policy: Policy, language: str) -> Why:
    """The rules that decided, told apart by the section of the policy in which they stand.

    Why a channel is closed is told to those who stand before it, not to those who have a way in.
    """
    file = policy.file
    sections = {
        "how": {rule.name for rule in file.channels if rule.allow or not decision.usable} | _CLOSED_WAYS,
        "cost": {rule.name for rule in file.billing},
        "when": {rule.name for rule in file.targets},
        "beside": {rule.name for rule in (*file.forms, *file.checklists, *file.notify, *file.channels)},
    }
    found: dict[str, list[Reason]] = {name: [] for name in ("where", *sections)}
    for each in decision.because:
        section = next((name for name, rules in sections.items() if each.rule in rules), "where")
        found[section].append(Reason(text=per_language(each.text, language), rule=each.rule))
    return Why(**{name: tuple(reasons) for name, reasons in found.items()})


def staff_person(contact: StaffContact, *, role: str, vendor: str) -> Person:
    """One of the vendor's staff, with the ways to reach them; a stand-in says for whom, whom the asker may know."""
    stands_in = _("Stands in for %(name)s") % {"name": contact.instead_of} if contact.instead_of else ""
    return Person(
        name=contact.name,
        initials=initials(contact.name),
        role=stands_in or contact.title or role,
        organisation=vendor,
        phone=contact.phone,
        mail=contact.email,
        ours=True,
    )


def local_person(contact: LocalContact) -> Person:
    """A colleague to turn to first."""
    return Person(
        name=contact.name,
        initials=initials(contact.name),
        role=contact.title or (_("Support contact") if contact.is_support_contact else _("Local support")),
        phone=contact.phone,
        mail=contact.email,
    )


def promise_label(clock: str) -> str:
    """What a promise is of: "Answer by"."""
    return {
        "first-answer": pgettext("promise", "First answer by"),
        "next-answer": pgettext("promise", "Answer by"),
        "solved": pgettext("promise", "Solved by"),
    }.get(clock, pgettext("promise", "Answer by"))


def promise_of(clock: str, due: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> Promise:
    """A running promise: passed, or with time left."""
    state: PromiseState = "late" if due < now else "ok"
    return Promise(label=promise_label(clock), at=moment(due, now=now, zone=zone, language=language), state=state)


def billing_sentences(billing: Billing | None, reasons: tuple[Reason, ...], language: str) -> tuple[str, ...]:
    """What it costs: in the policy's own words, or in ours where it has none; () where the vendor does no work."""
    if billing is None:
        return ()
    own = {
        "included": _("It is included and costs nothing."),
        "by-the-hour": _("The work is charged by the hour."),
        "by-the-hour-after-confirmation": _("The work is charged by the hour, after your yes."),
        "offer-first": _("You get an offer first."),
        "fixed-fee": _("The work has a fixed fee."),
        "start-fee-plus-hours": _("The work has a start fee and is then charged by the hour."),
        "hour-bank": _("The time is taken from your bank of hours."),
        "draws-on-quota": _("It counts against your quota."),
        "quota-used-up": _("Your quota is used up."),
        "not-covered": _("It is not covered by your agreement."),
    }[billing.kind]
    amounts = [per_language(each, language) for each in (billing.fee, billing.rate) if each]
    yes = [_("No work begins before your organisation has said yes.")] if billing.confirm else []
    return (*([each.text for each in reasons] or [own]), *amounts, *yes)
