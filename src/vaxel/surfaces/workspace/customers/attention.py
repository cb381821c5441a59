"""What needs a hand at a customer, in words: short ones for a line of the list, sentences for its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date
from django.utils.translation import gettext as _

from vaxel.domain.people.certificates import certificate_state
from vaxel.domain.tickets.counts import Quota
from vaxel.insight.reports.customer_list import AHEAD, CustomerLine
from vaxel.insight.reports.customer_reads import ContactSeen
from vaxel.insight.reports.customer_record import AgreementSeen, CustomerRecord
from vaxel.rules.policy import PolicyFile
from vaxel.surfaces.ui.end_of_life import end_of_life_sentence
from vaxel.surfaces.workspace.labels import Labels


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or two in a line of the list."""

    label: str
    kind: Literal["warning", "danger"]


def marks_of(line: CustomerLine, *, file: PolicyFile, today: date, labels: Labels) -> tuple[Mark, ...]:
    """What is most pressing comes first."""
    return tuple(_marks(line, file=file, today=today, labels=labels))


def _marks(line: CustomerLine, *, file: PolicyFile, today: date, labels: Labels) -> Iterator[Mark]:
    ends_on = line.agreement.ends_on if line.agreement else None
    if line.has_late:
        yield Mark(_("A promise has passed"), "danger")
    if line.agreement is None:
        yield Mark(_("No agreement"), "warning")
    if ends_on is not None and ends_on < today:
        yield Mark(_("The agreement has ended"), "danger")
    elif ends_on is not None and ends_on <= today + AHEAD:
        yield Mark(_("The agreement ends soon"), "warning")
    if not line.has_contact:
        yield Mark(_("Nobody to ask first"), "warning")
    if line.has_lapsing:
        yield Mark(_("A certificate lapses"), "warning")
    for quota in line.nearly_used:
        yield Mark(f"{file.facts[quota.fact].name.in_(labels.language)}: {_left(quota)}", "warning")


def _left(quota: Quota) -> str:
    return _("%(left)d of %(limit)d left") % {"left": quota.left, "limit": quota.limit}


def remarks_on(record: CustomerRecord, *, file: PolicyFile, today: date, labels: Labels) -> tuple[str, ...]:
    """What the page begins with; empty where all is well."""
    return (
        *_on_agreements(record, file=file, today=today, labels=labels),
        *_on_contacts(record.contacts, file=file, today=today),
    )


def _on_agreements(record: CustomerRecord, *, file: PolicyFile, today: date, labels: Labels) -> Iterator[str]:
    if not record.agreements:
        yield _("There is no agreement.")
    for seen in record.agreements:
        yield from _on_the_end(seen, today=today, labels=labels)
        if seen.waiting:
            yield _("All seats are taken, and somebody waits for one: %(waiting)d.") % {"waiting": seen.waiting}
        for quota in seen.quotas:
            if quota.is_nearly_used:
                yield f"{file.facts[quota.fact].name.in_(labels.language)}: {_left(quota)}."
        for name in seen.agreement.products:
            yield from _on_a_product(name, file=file, today=today, labels=labels)


def _on_the_end(seen: AgreementSeen, *, today: date, labels: Labels) -> Iterator[str]:
    ends_on, plan = seen.agreement.ends_on, labels.names.plans.get(seen.agreement.plan, seen.agreement.plan)
    if ends_on is None or ends_on > today + AHEAD:
        return
    said = {"plan": plan, "day": day_in_words(ends_on, labels=labels)}
    if ends_on < today:
        yield _("The agreement %(plan)s ended on %(day)s.") % said
    else:
        yield _("The agreement %(plan)s ends on %(day)s.") % said


def _on_a_product(name: str, *, file: PolicyFile, today: date, labels: Labels) -> Iterator[str]:
    said = end_of_life_sentence(name, file=file, today=today, language=labels.language)
    if said:
        yield said


def _on_contacts(contacts: Sequence[ContactSeen], *, file: PolicyFile, today: date) -> Iterator[str]:
    if not contacts:
        yield _("Nobody there is a support contact or local support.")
    lapsing = [one.name for one in contacts if one.agreements and lapses(one, file=file, today=today)]
    if lapsing:
        said = {"names": ", ".join(lapsing)}
        yield _("The certificate is missing, has expired or expires within 90 days: %(names)s.") % said


def lapses(contact: ContactSeen, *, file: PolicyFile, today: date) -> bool:
    """Whether somebody has no certificate that holds for the time ahead, where the policy asks for one."""
    if file.certificates is None:
        return False
    passed = [one for one in contact.passed if one.passed_on <= today]
    return certificate_state(passed, product="", today=today + AHEAD, grace_days=0) != "valid"


def day_in_words(day: date, *, labels: Labels) -> str:
    """A day, its month by name."""
    return format_date(day, "d MMM y", locale=labels.language)
