"""The organisation's page: its agreements with seats and quotas, its people, and what needs a hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.administration.models import SeatChange
from vaxel.domain.administration.queries import (
    Held,
    agreements_held,
    claims_waiting_by_person,
    colleagues,
    state_of,
)
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.models import Agreement, Certificate, Person
from vaxel.domain.tickets.counts import Quota, quotas_of
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.end_of_life import end_of_life_sentence
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.quota_words import per_words, renewal_in_words, what_counts

#: Days ahead of which the page speaks of an end: of an agreement, a certificate, a product.
_SOON: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    number: int
    name: str
    url: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What is planned for a seat, in a sentence."""

    text: str
    call_off_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    name: str
    per: str
    used: int
    limit: int
    left: int
    #: What counts, when there are new ones, and what was asked beyond them.
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementShown:
    """An agreement: what it gives, and who has its seats."""

    id: int
    plan: str
    products: str
    period: str
    has_ended: bool
    used: int
    #: Empty for unlimited.
    limit: str
    #: Negative while a leaving contact and the successor share a seat.
    free: int | None
    seats: tuple[SeatRow, ...]
    waiting: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    quotas: tuple[QuotaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    name: str
    email: str
    title: str
    url: str
    standing: str
    is_contact: bool
    certificate: str
    #: "", "warning" or "alarm".
    certificate_mark: str
    may: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    name: str
    #: What needs a hand, most pressing first.
    remarks: tuple[str, ...]
    agreements: tuple[AgreementShown, ...]
    people: tuple[PersonRow, ...]
    #: The page shows those who have left.
    left: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one reader is told today."""

    policy: Policy
    place: CustomerPlace
    language: str
    today: date

    def day(self, day: date) -> str:
        """A day in words."""
        return format_date(day, "d MMM y", locale=self.language)

    def products(self, names: Sequence[str]) -> str:
        """Products by the names that people know."""
        known = self.policy.file.products
        return ", ".join(known[name].name.in_(self.language) if name in known else name for name in names)

    def plan(self, agreement: Agreement) -> str:
        """The plan's name."""
        plan = self.policy.file.plans.get(agreement.plan)
        return agreement.plan if plan is None else plan.name.in_(self.language)


def reading_at(place: CustomerPlace, *, language: str) -> Reading:
    """For somebody who is signed in, now."""
    return Reading(
        policy=current_policy(place.desk), place=place, language=language, today=place.desk.day_of(place.now)
    )


def organisation_page(place: CustomerPlace, *, language: str, words: str, left: bool) -> OrganisationPage:
    """Everything on the page; eight queries, and one for each quota of tickets."""
    reading = reading_at(place, language=language)
    held = agreements_held(place.scope, today=reading.today)
    people = colleagues(place.scope, words=words, left=left)
    claims = claims_waiting_by_person(place.scope)
    rows = tuple(_person(person, held, reading=reading, claims=claims) for person in people)
    return OrganisationPage(
        name=place.viewer.organisation_name,
        remarks=() if left or words else tuple(_remarks(held, people, reading=reading)),
        agreements=tuple(_agreement(one, reading=reading) for one in held),
        people=rows,
        left=left,
        words=words,
    )


def _agreement(held: Held, *, reading: Reading) -> AgreementShown:
    agreement, limit = held.agreement, seat_limit(held.agreement)
    return AgreementShown(
        id=agreement.pk,
        plan=reading.plan(agreement),
        products=reading.products(agreement.products),
        period=period_of(agreement, reading=reading),
        has_ended=agreement.ends_on is not None and agreement.ends_on < reading.today,
        used=len(held.seats),
        limit="" if limit is None else str(limit),
        free=None if limit is None else limit - len(held.seats),
        seats=tuple(
            SeatRow(
                number=seat.number,
                name=seat.person.name,
                url=portal_url("colleague", reading.place, person_id=str(seat.person_id)),
                since=reading.day(seat.since.date()),
            )
            for seat in held.seats
        ),
        waiting=tuple(wish.person.name for wish in held.wishes),
        changes=tuple(change_row(change, reading=reading) for change in held.changes),
        quotas=_quotas(agreement, reading=reading),
    )


def period_of(agreement: Agreement, *, reading: Reading) -> str:
    """From when to when it holds."""
    start = reading.day(agreement.starts_on)
    if agreement.ends_on is None:
        return _("from %(day)s") % {"day": start}
    return _("%(start)s to %(end)s") % {"start": start, "end": reading.day(agreement.ends_on)}


def change_row(change: SeatChange, *, reading: Reading) -> ChangeRow:
    """What is planned, and where it is called off."""
    said = {
        "holder": change.holder.name,
        "successor": change.successor.name,
        "start": reading.day(change.starts_on),
        "end": reading.day(change.ends_on or change.overlap_ends_on or change.starts_on),
    }
    if change.ends_on is not None:
        text = _("%(successor)s stands in for %(holder)s from %(start)s to %(end)s") % said
    elif change.overlap_ends_on is not None:
        text = _("%(successor)s takes over from %(holder)s on %(start)s; both are contacts until %(end)s") % said
    else:
        text = _("%(successor)s takes over from %(holder)s on %(start)s") % said
    return ChangeRow(text=text, call_off_url=portal_url("calling_off", reading.place, change_id=str(change.pk)))


def _quotas(agreement: Agreement, *, reading: Reading) -> tuple[QuotaRow, ...]:
    facts, place = reading.policy.file.facts, reading.place
    return tuple(
        QuotaRow(
            name=facts[quota.fact].name.in_(reading.language),
            per=per_words()[quota.per],
            used=quota.used,
            limit=quota.limit,
            left=quota.left,
            explained=_explained(quota, reading=reading),
        )
        for quota in quotas_of(reading.policy, agreement=agreement, desk=place.desk, now=place.now)
    )


def _explained(quota: Quota, *, reading: Reading) -> str:
    beyond = ngettext(
        "%(beyond)d has been asked beyond what is included.",
        "%(beyond)d have been asked beyond what is included.",
        quota.beyond,
    )
    said = (
        what_counts(quota, file=reading.policy.file, language=reading.language),
        renewal_in_words(quota, language=reading.language),
        beyond % {"beyond": quota.beyond} if quota.beyond else "",
    )
    return " ".join(filter(None, said))


def _person(person: Person, held: Sequence[Held], *, reading: Reading, claims: Mapping[int, int]) -> PersonRow:
    mine = {seat.agreement_id for seat in person.seats.all()}
    is_contact = any(one.agreement.pk in mine for one in held)
    waits = any(wish.person_id == person.pk for one in held for wish in one.wishes)
    certificate, mark = certificate_words(list(person.certificates.all()), reading=reading)
    if person.pk in claims and mark != "":
        certificate = _("sent in, waits for our answer")
    return PersonRow(
        name=person.name,
        email=person.email,
        title=person.title,
        url=portal_url("colleague", reading.place, person_id=str(person.pk)),
        standing=_("Support contact") if is_contact else _("Waits for a seat") if waits else _("User"),
        is_contact=is_contact,
        certificate=certificate if is_contact or certificate != _("none") else "",
        certificate_mark=mark if is_contact else "",
        may=rights_words(person, language=reading.language),
    )


def certificate_words(certificates: Sequence[Certificate], *, reading: Reading) -> tuple[str, str]:
    """What somebody's certificates are worth, and how pressing that is."""
    rule = reading.policy.file.certificates
    if rule is None:
        return "", ""
    state = state_of(certificates, product="", today=reading.today, grace_days=rule.grace_days)
    last = max((one.expires_on for one in certificates if one.expires_on is not None), default=None)
    forever = any(one.expires_on is None for one in certificates)
    if state == "none":
        return _("none"), "alarm"
    if forever or last is None:
        return _("valid"), ""
    if state == "valid":
        soon = last <= reading.today + timedelta(days=_SOON)
        return _("valid to %(day)s") % {"day": reading.day(last)}, "warning" if soon else ""
    if state == "grace":
        until = reading.day(last + timedelta(days=rule.grace_days))
        return _("expired %(day)s; we accept it until %(until)s") % {"day": reading.day(last), "until": until}, "alarm"
    return _("expired %(day)s") % {"day": reading.day(last)}, "alarm"


def rights_words(person: Person, *, language: str) -> str:
    """What somebody may do beyond asking, in a few words."""
    rights = {
        _("sees all tickets"): person.may_see_organisation,
        _("approves costs"): person.may_approve,
        _("administers"): person.may_administer,
        _("local support"): person.is_local_contact,
    }
    return format_list([words for words, has in rights.items() if has], locale=language)


def _remarks(held: Sequence[Held], people: Sequence[Person], *, reading: Reading) -> Iterator[str]:
    if not any(person.is_local_contact or person.seats.all() for person in people):
        yield _("Nobody is support contact. Your colleagues' questions come to those who administer. Name somebody.")
    for one in held:
        yield from _about_the_end(one.agreement, reading=reading)
        yield from _products_ending(one.agreement, reading=reading)
    late = [
        person
        for person in people
        if person.seats.all() and certificate_words(list(person.certificates.all()), reading=reading)[1]
    ]
    if late:
        yield ngettext(
            "%(num)s support contact has a certificate that is missing, has expired or expires soon.",
            "%(num)s support contacts have certificates that are missing, have expired or expire soon.",
            len(late),
        ) % {"num": len(late)}


def _about_the_end(agreement: Agreement, *, reading: Reading) -> Iterator[str]:
    if agreement.ends_on is None:
        return
    said = {"plan": reading.plan(agreement), "day": reading.day(agreement.ends_on)}
    if agreement.ends_on < reading.today:
        yield _("Your agreement %(plan)s ended on %(day)s. Questions go where the terms say.") % said
    elif agreement.ends_on <= reading.today + timedelta(days=_SOON):
        yield _("Your agreement %(plan)s ends on %(day)s. Ask your account manager what comes next.") % said


def _products_ending(agreement: Agreement, *, reading: Reading) -> Iterator[str]:
    file = reading.policy.file
    for name in agreement.products:
        said = end_of_life_sentence(name, file=file, today=reading.today, language=reading.language)
        if said:
            yield " ".join((said, _("Plan what you use instead.")))
