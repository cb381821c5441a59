"""What has been erased and what waits for the desk's answer, for those who run it."""

from vaxel.domain.people.models import Person
from vaxel.domain.privacy.models import Erasure
from vaxel.kit.tenancy import Scope

#: How many the list shows.
MOST_LISTED = 200


def erasures_listed(scope: Scope) -> list[Erasure]:
    """Those that wait first, then the newest, with person and organisation; one query."""
    rows = Erasure.objects.within(scope).select_related("person", "organisation")
    waiting = list(rows.filter(state=Erasure.State.WISHED).order_by("pk")[:MOST_LISTED])
    others = list(rows.exclude(state=Erasure.State.WISHED).order_by("-pk")[:MOST_LISTED])
    return [*waiting, *others]


def erasure_known(scope: Scope, *, erasure_id: int) -> Erasure | None:
    """One of the desk's; None for any other. One query."""
    return Erasure.objects.within(scope).select_related("person", "organisation").filter(pk=erasure_id).first()


def places_elsewhere(person: Person) -> list[Person]:
    """Where else at the desk the person's account is somebody, with the organisations; one query.

    Each place is erased by itself: no customer decides for another one.
    """
    if person.account_id is None:
        return []
    others = Person.unscoped.filter(account=person.account_id, desk=person.desk_id, erased_at=None)
    return list(others.exclude(pk=person.pk).select_related("organisation").order_by("organisation__name"))
