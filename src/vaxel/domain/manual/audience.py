"""For whom an article is, and what somebody may therefore read: decided in the query, not in a template (trust 43)."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, Q, TextChoices, Value

from vaxel.domain.people.models import Seat
from vaxel.domain.people.viewers import CustomerViewer, Viewer


class Audience(TextChoices):
    """From the widest to the narrowest; whoever belongs to a narrower one may read the wider ones too."""

    EVERYONE = "everyone"
    CUSTOMERS = "customers"
    #: Those who hold a seat as support contact.
    CONTACTS = "contacts"
    STAFF = "staff"


_WIDEST_FIRST: Final = tuple(Audience)


def narrower(one: str, other: str) -> str:
    """The narrower of two: what stands under an article is never for more people than the article itself."""
    return max(one, other, key=_rank)


def _rank(audience: str) -> int:
    return _WIDEST_FIRST.index(Audience(audience))


@dataclass(frozen=True, slots=True)
class ManualReader:
    """Who reads a desk's manual: one of the staff, a customer's person, or somebody who has not signed in."""

    desk_id: int
    person_id: int | None = None
    is_staff: bool = False

    @property
    def articles(self) -> Q:
        """The articles that this reader may know of; holding a seat is looked up in the same query."""
        within = Q(article__desk=self.desk_id, article__archived_at=None)
        if self.is_staff:
            return within
        if self.person_id is None:
            return within & Q(article__audience=Audience.EVERYONE)
        for_customers = Q(article__audience__in=[Audience.EVERYONE, Audience.CUSTOMERS])
        holds_seat = Exists(Seat.unscoped.filter(person=Value(self.person_id)))
        return within & (for_customers | (Q(article__audience=Audience.CONTACTS) & Q(holds_seat)))


def reader_of(viewer: Viewer | None, *, desk_id: int) -> ManualReader:
    """The reader that a viewer is; None has not signed in."""
    if viewer is None:
        return ManualReader(desk_id)
    if isinstance(viewer, CustomerViewer):
        return ManualReader(viewer.desk_id, person_id=viewer.person_id)
    return ManualReader(viewer.desk_id, is_staff=True)
