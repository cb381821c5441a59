"""Who somebody with several organisations at a desk is in this session."""

from collections import Counter
from collections.abc import Iterable

from django.http import HttpRequest

from vaxel.domain.people.models import Account
from vaxel.domain.people.places import PlaceOf, places_of
from vaxel.surfaces.ui.gate import CHOSEN_PERSONS


def remember(request: HttpRequest, chosen: Iterable[PlaceOf]) -> None:
    """From now on the session's owner is this person at each of these desks."""
    here = {place.desk_slug: place.person_id for place in chosen if place.person_id is not None}
    request.session[CHOSEN_PERSONS] = {**request.session.get(CHOSEN_PERSONS, {}), **here}


def remember_only_places(request: HttpRequest, account: Account) -> None:
    """Where the account is one person alone, it stays that one for this session, whoever invites it meanwhile."""
    places = places_of(account_id=account.pk)
    several = Counter(place.desk_slug for place in places if not place.is_staff)
    remember(request, [place for place in places if several[place.desk_slug] == 1])
