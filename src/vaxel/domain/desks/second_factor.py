"""Whether a desk's staff must prove themselves twice when they sign in: what the gate of the workspace asks."""

from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk


@transaction.atomic
def require_second_factor(desk: Desk, *, wanted: bool, by: Actor, now: datetime) -> None:
    """From the next press on the workspace opens only to staff whose sign-in had a second step, or again to all.

    Nobody is shut out for good: whoever has no second step yet is led to adding one. Nothing is recorded where it has
    been so before.
    """
    changed = Desk.objects.filter(pk=desk.pk).exclude(staff_need_second_factor=wanted)
    if changed.update(staff_need_second_factor=wanted):
        record(
            kind="second-factor-required",
            by=by,
            now=now,
            desk_id=desk.pk,
            changes={"staff_need_second_factor": [not wanted, wanted]},
        )
