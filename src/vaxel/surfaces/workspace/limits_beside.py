"""What the customer of a ticket has used of their quotas, and what comes to its end: read only where there is any."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date
from django.utils.translation import gettext as _

from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.counts import quotas_of
from vaxel.domain.tickets.desk_view import AgreementSeen, DeskView
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.ui.end_of_life import end_of_life
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.quota_words import renewal_in_words, used_in_words
from vaxel.surfaces.workspace.labels import Labels

#: An agreement that ends within so many days is told; the end of a product's life always.
_SOON: Final = timedelta(days=90)


def limits_of(seen: DeskView, *, place: StaffPlace, policy: Policy, labels: Labels) -> list[tuple[str, str]]:
    """Name and value of each; no query for a customer whose plan has no quotas, else one for the agreement and one for
    each quota that counts tickets.
    """
    today = labels.now.astimezone(labels.zone).date()
    agreements = [each for each in seen.agreements if each.starts_on <= today]
    in_force = next((each for each in agreements if each.ends_on is None or each.ends_on >= today), None)
    return [
        *_ends(in_force or next(iter(agreements), None), today=today, labels=labels),
        *_life(seen, today=today, policy=policy, labels=labels),
        *([] if in_force is None else _quotas(in_force, place=place, policy=policy, labels=labels)),
    ]


def _ends(agreement: AgreementSeen | None, *, today: date, labels: Labels) -> Iterator[tuple[str, str]]:
    if agreement is None or agreement.ends_on is None or agreement.ends_on > today + _SOON:
        return
    day = _day(agreement.ends_on, labels)
    ended = agreement.ends_on < today
    yield _("The agreement"), _("ended on %(day)s") % {"day": day} if ended else _("ends on %(day)s") % {"day": day}


def _life(seen: DeskView, *, today: date, policy: Policy, labels: Labels) -> Iterator[tuple[str, str]]:
    """The end of life of the product that the ticket is about."""
    file, name = policy.file, seen.ticket.product
    said = end_of_life(name, file=file, today=today, language=labels.language)
    if said:
        yield file.products[name].name.in_(labels.language), said


def _quotas(
    agreement: AgreementSeen, *, place: StaffPlace, policy: Policy, labels: Labels
) -> Iterator[tuple[str, str]]:
    facts = policy.file.facts
    if not any(fact.source == "count" and agreement.plan in (fact.limits or {}) for fact in facts.values()):
        return
    row = Agreement.objects.within(place.scope).get(pk=agreement.id)
    for quota in quotas_of(policy, agreement=row, desk=place.desk, now=place.now):
        said = f"{used_in_words(quota)}. {renewal_in_words(quota, language=labels.language)}".strip()
        yield facts[quota.fact].name.in_(labels.language), said


def _day(day: date, labels: Labels) -> str:
    return format_date(day, "d MMMM y", locale=labels.language)
