"""Trainings that an organisation says its people have passed: sent in with a proof, confirmed or declined by the desk.

An organisation cannot certify its own people (A2): nothing counts before somebody at the desk has looked.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db import IntegrityError, transaction

from vaxel.domain.administration.models import CertificateClaim
from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Person
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = CertificateClaim.State
#: Bytes of a proof.
LARGEST_PROOF: Final = 5_000_000
#: Trainings of one person that may wait for the desk at a time: each may hold a file (trust 59).
MOST_WAITING: Final = 10
#: What a proof may be, by how its bytes begin; nothing that can hold a script that a browser would run.
_BEGINNINGS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


class ClaimFault(StrEnum):
    """Why a training cannot be sent in."""

    IN_THE_FUTURE = "in-the-future"
    UNKNOWN_PRODUCT = "unknown-product"
    NO_PROOF = "no-proof"
    TOO_LARGE = "too-large"
    NO_KNOWN_FILE = "no-known-file"
    SENT_ALREADY = "sent-already"
    TOO_MANY = "too-many"


class ClaimRefusedError(ValueError):
    """The training cannot be sent in; nothing was written."""

    def __init__(self, why: ClaimFault) -> None:
        super().__init__(why)
        self.why = why


class ClaimAnsweredError(RuntimeError):
    """Somebody has confirmed or declined it already, or it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was passed, and what shows it: words, a file, or both."""

    passed_on: date
    product: str = ""
    told: str = ""
    file_name: str = ""
    content: bytes = b""


@transaction.atomic
def claim_certificate(person: Person, *, proof: Proof, by: Actor, now: datetime) -> CertificateClaim:
    """Send in that `person` has passed the training. Raises ClaimRefusedError."""
    content_type = _content_type(proof.content) if proof.content else ""
    _require_sense(person, proof, content_type=content_type, now=now)
    try:
        with transaction.atomic():
            claim = CertificateClaim.objects.create(
                desk_id=person.desk_id,
                organisation_id=person.organisation_id,
                person=person,
                product=proof.product,
                passed_on=proof.passed_on,
                told=proof.told,
                file_name=proof.file_name if proof.content else "",
                content_type=content_type,
                content=proof.content or None,
                sent_at=now,
                sent_by=by.name,
            )
    except IntegrityError as error:
        raise ClaimRefusedError(ClaimFault.SENT_ALREADY) from error
    _note("certificate-claimed", claim, by=by, now=now)
    return claim


def _require_sense(person: Person, proof: Proof, *, content_type: str, now: datetime) -> None:
    desk = person.organisation.desk
    products = current_policy(desk).file.products
    faults = {
        ClaimFault.IN_THE_FUTURE: proof.passed_on > desk.day_of(now),
        ClaimFault.UNKNOWN_PRODUCT: bool(proof.product) and proof.product not in products,
        ClaimFault.NO_PROOF: not proof.told and not proof.content,
        ClaimFault.TOO_LARGE: len(proof.content) > LARGEST_PROOF,
        ClaimFault.NO_KNOWN_FILE: bool(proof.content) and not content_type,
        ClaimFault.TOO_MANY: person.certificate_claims.filter(state=State.WAITING).count() >= MOST_WAITING,
    }
    for why, is_so in faults.items():
        if is_so:
            raise ClaimRefusedError(why)


def _content_type(content: bytes) -> str:
    return next((kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning)), "")


def expiry_of(passed_on: date, *, desk: Desk) -> date | None:
    """The last day of a certificate of that day by the policy; None where certificates last."""
    certificates = current_policy(desk).file.certificates
    if certificates is None or certificates.valid_months is None:
        return None
    return _months_later(passed_on, certificates.valid_months)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def confirm_claim(*, scope: Scope, claim_id: int, by: Actor, now: datetime) -> CertificateClaim:
    """The desk has looked: the certificate counts, through the day that the policy gives. Raises ClaimAnsweredError."""
    claim = _waiting(scope, claim_id)
    claim.certificate = record_certificate(
        claim.person,
        passed_on=claim.passed_on,
        product=claim.product,
        expires_on=expiry_of(claim.passed_on, desk=claim.person.organisation.desk),
        by=by,
        now=now,
    )
    return _answer(claim, State.CONFIRMED, by=by, now=now)


@transaction.atomic
def decline_claim(*, scope: Scope, claim_id: int, why_not: str, by: Actor, now: datetime) -> CertificateClaim:
    """The desk does not take it, and says why. Raises ClaimAnsweredError, and ValueError without a reason."""
    if not why_not:
        raise ValueError("a refusal needs its reason")
    claim = _waiting(scope, claim_id)
    claim.why_not = why_not
    return _answer(claim, State.DECLINED, by=by, now=now)


def _waiting(scope: Scope, claim_id: int) -> CertificateClaim:
    claims = CertificateClaim.objects.within(scope).filter(state=State.WAITING).defer("content")
    claim = claims.select_for_update(of=("self",)).select_related("person__organisation__desk").filter(pk=claim_id)
    found = claim.first()
    if found is None:
        raise ClaimAnsweredError(claim_id)
    return found


def _answer(claim: CertificateClaim, state: CertificateClaim.State, *, by: Actor, now: datetime) -> CertificateClaim:
    claim.state, claim.answered_at, claim.answered_by = state, now, by.name
    claim.save(update_fields=["state", "answered_at", "answered_by", "why_not", "certificate"])
    _note(f"certificate-{state}", claim, by=by, now=now)
    defer(
        "tell_organisation",
        kind="certificate-answered",
        key=f"claim:{claim.pk}",
        organisation_id=claim.organisation_id,
        person_id=claim.person_id,
        subject_id=claim.pk,
    )
    return claim


def _note(kind: str, claim: CertificateClaim, *, by: Actor, now: datetime) -> None:
    record(kind=kind, by=by, now=now, desk_id=claim.desk_id, person_id=claim.person_id, claim_id=claim.pk)
