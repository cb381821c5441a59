"""Staff who are away, and who steps in: a question to a role reaches somebody who is there (A13)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.models import Absence, Staff
from vaxel.kit.compiled import Compiled, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked

#: The id of who takes the questions of one of the staff of `at_hand`.
HELPER: Final = Coalesce("stand_in", F("pk"), output_field=BigIntegerField())


class AbsenceError(ValueError):
    """The days or the stand-in cannot be: an end before the beginning, oneself, or somebody who is not here."""


class AbsenceMissingError(LookupError):
    """There is no such absence at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """From the first day through the last, in the desk's calendar."""

    first_day: date
    last_day: date
    stand_in_id: int | None = None


@transaction.atomic(durable=True)
def be_away(*, scope: Scope, staff_id: int, away: Away, by: Actor, now: datetime) -> Absence:
    """One of the staff is away; questions that come to their roles on those days go to the stand-in.

    Tickets that they have already stay with them: whoever is away says themselves what is to be handed over. Raises
    AbsenceError.
    """
    needed = {staff_id} if away.stand_in_id is None else {staff_id, away.stand_in_id}
    here = Staff.objects.within(scope).filter(pk__in=needed, is_active=True).count()
    if away.last_day < away.first_day or away.stand_in_id == staff_id or here < len(needed):
        raise AbsenceError
    absence = Absence.objects.create(
        desk_id=scope.desk_id,
        staff_id=staff_id,
        starts_on=away.first_day,
        ends_on=away.last_day,
        stand_in_id=away.stand_in_id,
    )
    _note("absence-planned", absence, by=by, now=now)
    return absence


@transaction.atomic(durable=True)
def be_back(*, scope: Scope, absence_id: int, staff_id: int | None = None, by: Actor, now: datetime) -> None:
    """Call an absence off, or end it before its last day; with `staff_id` only if it is theirs. Raises
    AbsenceMissingError.
    """
    absence = Absence.objects.within(scope).select_for_update().filter(pk=absence_id).first()
    if absence is None or staff_id not in {None, absence.staff_id}:
        raise AbsenceMissingError(absence_id)
    _note("absence-ended", absence, by=by, now=now)
    absence.delete()


def absences_from(scope: Scope, *, today: date) -> list[Absence]:
    """Those that run or are to come, the nearest first, with the people; one query."""
    rows = Absence.objects.within(scope).filter(ends_on__gte=today, staff__is_active=True)
    return list(rows.select_related("staff", "stand_in").order_by("starts_on", "ends_on", "pk"))


def active_staff(scope: Scope) -> dict[int, str]:
    """The names of those who work at the desk, by id, in the alphabet's order; one query."""
    return those_active(scope).alone()


def those_active(scope: Scope) -> Asked[dict[int, str]]:
    """The same, for a page that asks for more at once."""
    return Asked(_reading_active(), {_A_DESK.desk_id: scope.desk_id}, dict)


#: Stands in the compiled query for the desk of a request.
_A_DESK: Final = Scope(desk_id=-1)


@cache
def _reading_active() -> Compiled:
    rows = Staff.objects.within(_A_DESK).filter(is_active=True).order_by("name", "pk")
    return compiled(rows.values_list("pk", "name"), _A_DESK.desk_id)


def staff_named(scope: Scope, *, staff_id: int) -> Staff | None:
    """One of the desk's staff, also one who works there no more; one query."""
    return Staff.objects.within(scope).filter(pk=staff_id).first()


def at_hand(*, desk_id: int, today: date) -> QuerySet[Staff]:
    """The active staff whose questions somebody takes on that day: they themselves, or their stand-in (`HELPER` says
    who). Somebody who is away without one who is there is not among them.
    """
    away = Absence.unscoped.filter(starts_on__lte=today, ends_on__gte=today)
    stepping_in = (
        away.filter(staff=OuterRef("pk"), stand_in__is_active=True)
        .exclude(Exists(away.filter(staff=OuterRef("stand_in"))))
        .order_by("pk")
    )
    staff = Staff.objects.within(Scope(desk_id)).filter(is_active=True)
    staff = staff.alias(
        is_away=Exists(away.filter(staff=OuterRef("pk"))), stand_in=Subquery(stepping_in.values("stand_in")[:1])
    )
    return staff.filter(Q(is_away=False) | Q(stand_in__isnull=False))


def _note(kind: str, absence: Absence, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=absence.desk_id,
        staff_id=absence.staff_id,
        stand_in_id=absence.stand_in_id,
        first_day=absence.starts_on.isoformat(),
        last_day=absence.ends_on.isoformat(),
    )
