"""One person of the organisation: what is known, what they may do, their seats, and their trainings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from vaxel.domain.administration.models import CertificateClaim, SeatChange
from vaxel.domain.administration.queries import (
    Held,
    agreements_held,
    certificates_of,
    claims_of,
    colleagues,
)
from vaxel.domain.administration.seat_changes import overlap_days
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.certificates import untrained_for
from vaxel.domain.people.models import Certificate, Person
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.pages.organisation import (
    ChangeRow,
    Reading,
    certificate_words,
    change_row,
    reading_at,
)
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.rights import RIGHTS
from vaxel.surfaces.ui.shapes import Option

State = CertificateClaim.State


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatShown:
    """Where somebody stands towards an agreement, and what can be done about it."""

    agreement_id: int
    plan: str
    #: "has", "lent" (to a deputy, for some days), "waits", "free" (one can be given) or "full".
    state: str
    #: In the line, counted from 1.
    place: int
    changes: tuple[ChangeRow, ...]
    #: For how many days a leaving contact and the successor may share the seat.
    overlap_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """A certificate, or a training that has been sent in."""

    product: str
    passed_on: str
    says: str
    proof_url: str
    #: "valid", "waiting", "declined" or "over".
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleaguePage:
    id: int
    name: str
    email: str
    is_active: bool
    #: The form as it stands, or as it was sent.
    values: Mapping[str, str | bool]
    seats: tuple[SeatShown, ...]
    certificate: str
    trainings: tuple[TrainingRow, ...]
    #: Who could take over or stand in.
    others: tuple[Option, ...]
    products: tuple[Option, ...]
    today: date
    #: What was typed into the forms for changes and trainings.
    sent: Mapping[str, str] = field(default_factory=dict)


def colleague_page(
    person: Person,
    *,
    place: CustomerPlace,
    language: str,
    values: Mapping[str, str | bool] | None = None,
    sent: Mapping[str, str] | None = None,
) -> ColleaguePage:
    """Everything on the page; eight queries."""
    reading = reading_at(place, language=language)
    held = agreements_held(place.scope, today=reading.today)
    certificates = certificates_of(person)
    claims = claims_of(place.scope, person_id=person.pk)
    seated = {seat.person_id for one in held for seat in one.seats}
    return ColleaguePage(
        id=person.pk,
        name=person.name,
        email=person.email,
        is_active=person.is_active,
        values=values or values_of(person),
        seats=tuple(_seat(one, person, reading=reading) for one in held if not _has_ended(one, reading)),
        certificate=certificate_words(certificates, reading=reading)[0],
        trainings=(*_trainings(claims, reading=reading), *_certificates(certificates, claims, reading=reading)),
        others=tuple(
            Option(value=str(one.pk), label=_with_training(one, held, reading=reading), hint=one.email)
            for one in colleagues(place.scope)
            if one.pk != person.pk and one.pk not in seated
        ),
        products=tuple(
            Option(value=name, label=product.name.in_(language))
            for name, product in reading.policy.file.products.items()
            if any(name in one.agreement.products for one in held)
        ),
        today=reading.today,
        sent=sent or {},
    )


def _with_training(person: Person, held: Sequence[Held], *, reading: Reading) -> str:
    """The name, and what stands in the way of asking as a contact; no query for people with their certificates."""
    products = sorted({product for one in held for product in one.agreement.products})
    rule = reading.policy.file.certificates
    if untrained_for(person.certificates.all(), products=products, rule=rule, today=reading.today):
        return _("%(name)s (no valid certificate)") % {"name": person.name}
    return person.name


def values_of(person: Person) -> dict[str, str | bool]:
    """The form's fields as they stand."""
    texts: dict[str, str | bool] = {"name": person.name, "phone": person.phone, "title": person.title}
    return texts | {name: bool(getattr(person, name)) for name in RIGHTS}


def _has_ended(held: Held, reading: Reading) -> bool:
    return held.agreement.ends_on is not None and held.agreement.ends_on < reading.today


def _seat(held: Held, person: Person, *, reading: Reading) -> SeatShown:
    agreement, limit = held.agreement, seat_limit(held.agreement)
    has = any(seat.person_id == person.pk for seat in held.seats)
    line = [wish.person_id for wish in held.wishes]
    is_free = (limit is None or len(held.seats) < limit) and not line
    lent = any(
        change.holder_id == person.pk and change.ends_on is not None and change.state == SeatChange.State.RUNNING
        for change in held.changes
    )
    kept = "has" if has else "lent" if lent else ""
    state = kept or ("waits" if person.pk in line else "free" if is_free else "full")
    return SeatShown(
        agreement_id=agreement.pk,
        plan=f"{reading.plan(agreement)} ({reading.products(agreement.products)})",
        state=state,
        place=line.index(person.pk) + 1 if person.pk in line else 0,
        changes=tuple(
            change_row(change, reading=reading)
            for change in held.changes
            if person.pk in {change.holder_id, change.successor_id}
        ),
        overlap_days=overlap_days(agreement),
    )


def _trainings(claims: Sequence[CertificateClaim], *, reading: Reading) -> list[TrainingRow]:
    """What waits for an answer, and what was declined."""
    says = {State.WAITING: _("Waits for our answer"), State.DECLINED: _("Declined")}
    return [
        TrainingRow(
            product=_product(claim.product, reading),
            passed_on=reading.day(claim.passed_on),
            says=f"{says[State(claim.state)]}: {claim.why_not}" if claim.why_not else says[State(claim.state)],
            proof_url=_proof_url(claim, reading),
            state=claim.state,
        )
        for claim in claims
        if claim.state != State.CONFIRMED
    ]


def _certificates(
    certificates: Sequence[Certificate], claims: Sequence[CertificateClaim], *, reading: Reading
) -> list[TrainingRow]:
    proofs = {claim.certificate_id: claim for claim in claims if claim.certificate_id is not None}
    rows = []
    for one in certificates:
        over = one.expires_on is not None and one.expires_on < reading.today
        until = reading.day(one.expires_on) if one.expires_on else ""
        says = _("Expired %(day)s") if over else _("Valid to %(day)s")
        rows.append(
            TrainingRow(
                product=_product(one.product, reading),
                passed_on=reading.day(one.passed_on),
                says=says % {"day": until} if until else _("Valid"),
                proof_url=_proof_url(proofs[one.pk], reading) if one.pk in proofs else "",
                state="over" if over else "valid",
            )
        )
    return rows


def _product(name: str, reading: Reading) -> str:
    return reading.products([name]) if name else _("All products")


def _proof_url(claim: CertificateClaim, reading: Reading) -> str:
    return portal_url("proof", reading.place, claim_id=str(claim.pk)) if claim.file_name else ""
