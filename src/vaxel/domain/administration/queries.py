"""Reads for the pages of those who administer an organisation, and for the vendor's staff who follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from vaxel.domain.administration.models import CertificateClaim, OrganisationSignIn, SeatChange, SeatWish
from vaxel.domain.administration.seating import OPEN_CHANGES
from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.people.certificates import CertificateState, Passed, certificate_state
from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person, Seat
from vaxel.kit.tenancy import Scope

#: People that one page shows; more are found by name.
MOST_PEOPLE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An agreement in force or to come, with who has its seats and who waits for one."""

    agreement: Agreement
    seats: Sequence[Seat]
    wishes: Sequence[SeatWish]
    changes: Sequence[SeatChange]


def agreements_held(scope: Scope, *, today: date) -> list[Held]:
    """The organisation's agreements that have not ended, or else the one that ended last; four queries."""
    rows = Agreement.objects.within(scope).select_related("desk").order_by("-starts_on", "-pk")
    agreements = list(rows)
    current = [one for one in agreements if one.ends_on is None or one.ends_on >= today] or agreements[:1]
    seats = Seat.objects.within(scope).select_related("person").order_by("number")
    wishes = SeatWish.objects.within(scope).select_related("person").order_by("since", "pk")
    changes = open_changes(scope)
    return [
        Held(
            agreement=one,
            seats=[seat for seat in seats if seat.agreement_id == one.pk],
            wishes=[wish for wish in wishes if wish.agreement_id == one.pk],
            changes=[change for change in changes if change.agreement_id == one.pk],
        )
        for one in current
    ]


def open_changes(scope: Scope) -> QuerySet[SeatChange]:
    """What is planned or under way, the nearest first."""
    changes = SeatChange.objects.within(scope).filter(OPEN_CHANGES).select_related("holder", "successor", "agreement")
    return changes.order_by("starts_on", "pk")


def colleagues(scope: Scope, *, words: str = "", left: bool = False) -> list[Person]:
    """The organisation's people by name, with certificates and seats; those who have `left` instead. Three queries."""
    people = Person.objects.within(scope).filter(is_active=not left, erased_at=None)
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(title__icontains=word))
    newest = Certificate.unscoped.order_by("-passed_on", "-pk")
    shown = people.order_by("name", "pk").prefetch_related(Prefetch("certificates", queryset=newest), "seats")
    return list(shown[:MOST_PEOPLE])


def colleague(scope: Scope, *, person_id: int) -> Person | None:
    """One of the organisation's people, the desk read with them; None for anybody else."""
    return Person.objects.within(scope).select_related("organisation__desk", "account").filter(pk=person_id).first()


def addresses_of(scope: Scope) -> frozenset[str]:
    """Of everybody who is there, in small letters."""
    people = Person.objects.within(scope).filter(is_active=True)
    return frozenset(email.lower() for email in people.values_list("email", flat=True))


def certificates_of(person: Person) -> list[Certificate]:
    """What somebody has passed, newest first."""
    return list(Certificate.unscoped.filter(person=person).order_by("-passed_on", "-pk"))


def state_of(certificates: Sequence[Certificate], *, product: str, today: date, grace_days: int) -> CertificateState:
    """What the certificates are worth today for a product, or for any."""
    passed = [Passed(one.product, one.passed_on, one.expires_on) for one in certificates]
    return certificate_state(passed, product=product, today=today, grace_days=grace_days)


def claims_of(scope: Scope, *, person_id: int) -> list[CertificateClaim]:
    """What has been sent in for somebody, newest first, without the files."""
    claims = CertificateClaim.objects.within(scope).filter(person=person_id).defer("content")
    return list(claims.order_by("-sent_at", "-pk"))


def claims_waiting(scope: Scope) -> list[CertificateClaim]:
    """What the desk has not answered yet, oldest first, without the files."""
    claims = CertificateClaim.objects.within(scope).filter(state=CertificateClaim.State.WAITING).defer("content")
    return list(claims.select_related("person__organisation").order_by("sent_at", "pk"))


def claims_waiting_by_person(scope: Scope) -> Mapping[int, int]:
    """How many trainings wait for the desk's answer, by person."""
    waiting = CertificateClaim.objects.within(scope).filter(state=CertificateClaim.State.WAITING)
    found: dict[int, int] = {}
    for person_id in waiting.values_list("person", flat=True):
        found[person_id] = found.get(person_id, 0) + 1
    return found


def proof_of(scope: Scope, *, claim_id: int, by: Actor, now: datetime) -> CertificateClaim | None:
    """A claim with its file, and who took it (trust 84); None where there is no file."""
    claim = CertificateClaim.objects.within(scope).filter(pk=claim_id, content__isnull=False).first()
    if claim is not None:
        note_reading(
            Reading.What.PROOF,
            desk_id=claim.desk_id,
            what_id=claim.pk,
            organisation_id=claim.organisation_id,
            by=by,
            now=now,
        )
    return claim


def agreements_to_watch(scope: Scope, *, today: date, until: date) -> list[Agreement]:
    """The newest agreement of each active organisation that ends by `until` or has ended, the first to end first."""
    newest = Agreement.objects.within(scope).filter(organisation__is_active=True).select_related("organisation")
    last = newest.order_by("organisation_id", "-starts_on", "-pk").distinct("organisation_id")
    return sorted(
        (one for one in last if one.ends_on is not None and one.ends_on <= until),
        key=lambda one: (one.ends_on or today, one.organisation.name),
    )


def sign_in_of(scope: Scope) -> OrganisationSignIn | None:
    """The organisation's own sign-in; None where it has none."""
    return OrganisationSignIn.objects.within(scope).filter(is_active=True).first()


def organisation_of(scope: Scope) -> Organisation | None:
    """The organisation of a customer's scope."""
    return Organisation.objects.within(scope).select_related("desk").filter(pk=scope.organisation_id or 0).first()
