"""Customers: opening an organisation with its agreement, and agreeing on something else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.changes import Changes, first_values, for_history, insert, lock, take_over
from vaxel.domain.people.models import Agreement, Organisation, Seat
from vaxel.domain.people.seats import give_seat


class OrganisationProfile(TypedDict, total=False):
    """What a desk knows about a customer; a key that is left out stays as it is."""

    name: str
    #: municipality, region, agency or company: shown, never decided on.
    form: str
    #: Mail domains that are the customer's.
    domains: list[str]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a customer has bought, with the names of the desk's policy. It holds through `ends_on`.

    `seats` None means as many support contacts as the plan gives; `facts` are those that the policy takes from
    the agreement.
    """

    plan: str
    products: list[str]
    starts_on: date
    ends_on: date | None = None
    seats: int | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


class OlderTermsError(ValueError):
    """The terms would begin before an agreement that the organisation has already."""

    def __init__(self, later: date) -> None:
        super().__init__(f"there is an agreement from {later} already")
        self.later = later


class NameTakenError(ValueError):
    """Another customer of the desk has the name."""


@transaction.atomic
def open_organisation(
    desk: Desk, *, profile: OrganisationProfile, terms: Terms | None = None, by: Actor, now: datetime
) -> Organisation:
    """Make a customer of the desk, with its agreement. `profile` has a name. Raises NameTakenError, and ValueError for
    terms that end before they begin.
    """
    organisation = Organisation(desk=desk, created_at=now)
    with _name_of_its_own():
        insert(organisation, profile)
    record(
        kind="organisation-opened",
        by=by,
        now=now,
        desk_id=desk.pk,
        organisation_id=organisation.pk,
        changes=for_history(first_values(profile)),
    )
    if terms is not None:
        agree(organisation, terms=terms, by=by, now=now)
    return organisation


@transaction.atomic
def describe_organisation(
    organisation: Organisation, *, profile: OrganisationProfile, seen: str = "", by: Actor, now: datetime
) -> tuple[str, ...]:
    """Change what is known about a customer; returns the fields that changed. An inactive one lets nobody in.

    Raises NameTakenError, and ChangedMeanwhileError when the customer is not as it was `seen` (`mark_of`).
    """
    lock(organisation, seen=seen)
    with _name_of_its_own():
        changes = take_over(organisation, profile)
    if changes:
        record(
            kind="organisation-changed",
            by=by,
            now=now,
            desk_id=organisation.desk_id,
            organisation_id=organisation.pk,
            fields=",".join(changes),
            changes=for_history(changes),
        )
    return tuple(changes)


@contextmanager
def _name_of_its_own() -> Iterator[None]:
    """The database decides: two may choose the same name at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NameTakenError from error


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement, and what had to be done for it: nothing where the terms held already."""

    agreement: Agreement
    made: bool = False
    changed: tuple[str, ...] = ()


@transaction.atomic
def agree(organisation: Organisation, *, terms: Terms, seen: str = "", by: Actor, now: datetime) -> Agreed:
    """Let the organisation have these terms from `terms.starts_on`.

    An agreement that began on the same day is changed; otherwise a new one follows, and what still ran ends on the
    day before. Its support contacts keep their seats as far as the new limit goes, lowest numbers first.
    Raises OlderTermsError for terms that would begin before an agreement that is there, ValueError for terms that
    end before they begin, and ChangedMeanwhileError when the newest agreement is not as it was `seen`.
    """
    _require_order(terms)
    Organisation.unscoped.select_for_update().get(pk=organisation.pk)
    newest = Agreement.unscoped.filter(organisation=organisation).order_by("-starts_on", "-pk").first()
    if newest is not None:
        lock(newest, seen=seen)
    if newest is not None and newest.starts_on > terms.starts_on:
        raise OlderTermsError(newest.starts_on)
    if newest is not None and newest.starts_on == terms.starts_on:
        changes = take_over(newest, asdict(terms))
        if changes:
            _note("agreement-changed", newest, by=by, now=now, changes=changes)
        return Agreed(newest, changed=tuple(changes))
    agreement = insert(Agreement(desk_id=organisation.desk_id, organisation=organisation), asdict(terms))
    _note("agreement-made", agreement, by=by, now=now, changes=first_values(asdict(terms)))
    _end_those_before(agreement, by=by, now=now)
    if newest is not None:
        _carry_seats_over(newest, agreement, by=by, now=now)
    return Agreed(agreement, made=True)


@transaction.atomic
def correct_agreement(
    agreement: Agreement, *, terms: Terms, seen: str = "", by: Actor, now: datetime
) -> tuple[str, ...]:
    """Put right what stands in an agreement, its first day too; returns the fields that changed.

    What has been agreed on anew is `agree`: history then tells both. Raises OlderTermsError when it would not begin
    after the one before it, ValueError when it would not end before the next begins or ends before it begins, and
    ChangedMeanwhileError when it is not as it was `seen`.
    """
    _require_order(terms)
    Organisation.unscoped.select_for_update().get(pk=agreement.organisation_id)
    lock(agreement, seen=seen)
    others = Agreement.unscoped.filter(organisation=agreement.organisation_id).exclude(pk=agreement.pk)
    before = others.filter(starts_on__lte=agreement.starts_on).order_by("-starts_on").first()
    if before is not None and before.starts_on >= terms.starts_on:
        raise OlderTermsError(before.starts_on)
    after = others.filter(starts_on__gt=agreement.starts_on).order_by("starts_on").first()
    if after is not None and (terms.ends_on is None or terms.ends_on >= after.starts_on):
        raise ValueError("an agreement ends before the next one begins")
    changes = take_over(agreement, asdict(terms))
    if changes:
        _note("agreement-changed", agreement, by=by, now=now, changes=changes)
        _end_those_before(agreement, by=by, now=now)
    return tuple(changes)


def plans_in_force(desk: Desk, *, today: date) -> dict[str, int]:
    """How many agreements hold on the day `today` or later, by their plan."""
    rows = Agreement.unscoped.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), desk=desk)
    return dict(rows.values_list("plan").annotate(count=Count("pk")).order_by("plan"))


def _end_those_before(agreement: Agreement, *, by: Actor, now: datetime) -> None:
    earlier = Agreement.unscoped.filter(organisation=agreement.organisation_id, starts_on__lt=agreement.starts_on)
    for one in earlier.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=agreement.starts_on)):
        changes = take_over(one, {"ends_on": agreement.starts_on - timedelta(days=1)})
        _note("agreement-ended", one, by=by, now=now, changes=changes)


def _require_order(terms: Terms) -> None:
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise ValueError("an agreement cannot end before it starts")


def _carry_seats_over(earlier: Agreement, agreement: Agreement, *, by: Actor, now: datetime) -> None:
    held = Seat.unscoped.filter(agreement=earlier, person__is_active=True).select_related("person").order_by("number")
    limit = seat_limit(agreement)
    for seat in held[:limit]:
        give_seat(seat.person, agreement=agreement, limit=limit, by=by, now=now)


def _note(kind: str, agreement: Agreement, *, by: Actor, now: datetime, changes: Changes) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=agreement.desk_id,
        organisation_id=agreement.organisation_id,
        agreement_id=agreement.pk,
        fields=",".join(changes),
        changes=for_history(changes),
    )
