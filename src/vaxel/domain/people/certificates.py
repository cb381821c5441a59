"""Who has passed the training (A2): recording it, and what it is worth on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.changes import for_history, take_over
from vaxel.domain.people.models import Certificate, Person
from vaxel.rules.policy.declarations import Certificates

CertificateState = Literal["valid", "grace", "expired", "none"]


@dataclass(frozen=True, slots=True)
class Passed:
    """A passed training, for one product or (`product` empty) for all. It holds through `expires_on`."""

    product: str
    passed_on: date
    expires_on: date | None


@transaction.atomic
def record_certificate(
    person: Person,
    *,
    passed_on: date,
    by: Actor,
    now: datetime,
    product: str = "",
    expires_on: date | None = None,
) -> Certificate:
    """Note that `person` has passed the training for `product` (empty: for all products).

    Earlier certificates stay: a renewal is a new row, so that the history can be read.
    """
    if expires_on is not None and expires_on < passed_on:
        raise ValueError("a certificate cannot expire before it was passed")
    certificate = Certificate.objects.create(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person=person,
        product=product,
        passed_on=passed_on,
        expires_on=expires_on,
    )
    record(
        kind="certificate-recorded",
        by=by,
        now=now,
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        certificate_id=certificate.pk,
        product=product,
    )
    return certificate


@transaction.atomic
def correct_certificate(certificate: Certificate, *, expires_on: date | None, by: Actor, now: datetime) -> bool:
    """Set right the last day of a certificate that was noted wrongly; False when it says so already.

    A renewal is none of this: see `record_certificate`.
    """
    changes = take_over(certificate, {"expires_on": expires_on})
    if not changes:
        return False
    record(
        kind="certificate-corrected",
        by=by,
        now=now,
        desk_id=certificate.desk_id,
        organisation_id=certificate.organisation_id,
        person_id=certificate.person_id,
        certificate_id=certificate.pk,
        changes=for_history(changes),
    )
    return True


def certificate_state(
    certificates: Sequence[Passed], *, product: str, today: date, grace_days: int
) -> CertificateState:
    """What the certificates are worth for a question about `product` on the day `today` at the desk.

    The best one counts. "grace" is within `grace_days` days after the last day of the newest one. Without a
    product any certificate counts. A training that lies ahead counts as none.
    """
    fitting = [one for one in certificates if one.passed_on <= today and (not product or one.product in {"", product})]
    if not fitting:
        return "none"
    if any(one.expires_on is None or today <= one.expires_on for one in fitting):
        return "valid"
    last_day = max(one.expires_on for one in fitting if one.expires_on is not None)
    return "grace" if today <= last_day + timedelta(days=grace_days) else "expired"


def untrained_for(
    certificates: Iterable[Certificate], *, products: Sequence[str], rule: Certificates | None, today: date
) -> tuple[str, ...]:
    """The products of an agreement that somebody has no certificate for that counts today; none where the policy
    asks for no training, and all of them or none where one certificate counts for everything.
    """
    if rule is None:
        return ()
    passed = [Passed(one.product, one.passed_on, one.expires_on) for one in certificates]
    return tuple(
        product
        for product in products
        if certificate_state(
            passed, product=product if rule.per == "product" else "", today=today, grace_days=rule.grace_days
        )
        in {"none", "expired"}
    )
