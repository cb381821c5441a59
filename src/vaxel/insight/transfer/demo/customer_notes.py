"""What account managers of the demonstration have written down about three customers, one of them twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.customers.notes import rewrite_note, write_note
from vaxel.domain.people.models import Organisation, RoleHolder, Staff
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

#: By the customer's place in the cast: days ago, and the words.
_NOTES: Final[Mapping[int, Sequence[tuple[int, str]]]] = {
    0: (
        (210, "Årsmöte hölls. De vill ha färre mejl och en gemensam genomgång före budgetarbetet."),
        (35, "Ny ekonomichef börjar i januari. Boka ett första möte och visa målträdet."),
        (6, "Överväger resursplanering även för skolan: räkna på platser inför förnyelsen."),
    ),
    1: (
        (90, "Upphandling pågår inför avtalets slut. Allt om priser går genom inköp, inte genom kontakterna."),
        (12, "Driftstopp i höstas sitter i. Ring innan planerat underhåll, mejla inte bara."),
    ),
    3: ((20, "Projektet går enligt plan. Projektledaren lämnar över till förvaltning i mars."),),
}
#: Said anew, of the first note of the first customer.
_ANEW: Final = (
    "Årsmöte hölls. De vill ha färre mejl och en genomgång före budgetarbetet: den är bokad till 14 september."
)


def note_customers(stage: Stage, *, now: datetime) -> None:
    """By whoever answers for the customer; nothing where nobody does."""
    scope = Scope(stage.desk.pk)
    for place, notes in _NOTES.items():
        organisation = Organisation.unscoped.get(pk=stage.organisations[place])
        manager = _manager_of(organisation)
        if manager is None:
            continue
        by = Actor(kind="staff", id=manager.pk, name=manager.name)
        for days, text in notes:
            at = now - timedelta(days=days)
            note = write_note(scope=scope, organisation_id=organisation.pk, text=text, by=by, now=at)
            if text == _NOTES[0][0][1]:
                rewrite_note(scope=scope, note_id=note.pk, text=_ANEW, by=by, now=at + timedelta(days=9))


def _manager_of(organisation: Organisation) -> Staff | None:
    held = RoleHolder.unscoped.filter(organisation=organisation, staff__is_active=True).select_related("staff")
    first = held.order_by("role").first()
    return None if first is None else first.staff
