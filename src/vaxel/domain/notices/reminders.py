"""What an organisation is told ahead: certificates that run out, agreements that end. Looked for once a day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from vaxel.domain.administration.models import Told
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.organisations import News, tell_organisation
from vaxel.domain.people.models import Agreement, Certificate, Seat

#: Days ahead of which a contact's certificate is spoken of, longest first.
CERTIFICATE_DAYS: Final = (60, 14)
#: Days ahead of which the end of an agreement is.
AGREEMENT_DAYS: Final = (90, 30)


def send_reminders(*, now: datetime) -> int:
    """Tell what has come near, at every desk; how many mails. Twice a day is once."""
    sent = 0
    for desk in Desk.objects.order_by("pk"):
        today = desk.day_of(now)
        for news in _untold([*_certificates(desk, today=today), *_agreements(desk, today=today)]):
            sent += len(tell_organisation(news, now=now))
    return sent


def _untold(all_news: list[News]) -> list[News]:
    told = set(Told.unscoped.filter(key__in=[news.key for news in all_news]).values_list("key", flat=True))
    return [news for news in all_news if news.key not in told]


def _certificates(desk: Desk, *, today: date) -> Iterator[News]:
    """Those of contacts, unless they have passed again: a newer certificate for the same makes the old one history."""
    later = Certificate.unscoped.filter(person=OuterRef("person"), product__in=["", OuterRef("product")])
    later = later.filter(Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")))
    running_out = Certificate.unscoped.filter(
        ~Exists(later),
        Exists(Seat.unscoped.filter(person=OuterRef("person"))),
        desk=desk,
        person__is_active=True,
        expires_on__gte=today,
        expires_on__lte=today + timedelta(days=CERTIFICATE_DAYS[0]),
    )
    for each in running_out.order_by("pk"):
        yield News(
            kind="certificate-expires",
            key=f"certificate:{each.pk}:{_step(each.expires_on, CERTIFICATE_DAYS, today=today)}",
            organisation_id=each.organisation_id,
            person_id=each.person_id,
            subject_id=each.pk,
        )


def _agreements(desk: Desk, *, today: date) -> Iterator[News]:
    """Those that nothing follows."""
    follows = Agreement.unscoped.filter(organisation=OuterRef("organisation"), starts_on__gt=OuterRef("starts_on"))
    ending = Agreement.unscoped.filter(
        ~Exists(follows),
        desk=desk,
        organisation__is_active=True,
        ends_on__gte=today,
        ends_on__lte=today + timedelta(days=AGREEMENT_DAYS[0]),
    )
    for each in ending.order_by("pk"):
        yield News(
            kind="agreement-ends",
            key=f"agreement:{each.pk}:{each.ends_on}:{_step(each.ends_on, AGREEMENT_DAYS, today=today)}",
            organisation_id=each.organisation_id,
            subject_id=each.pk,
        )


def _step(last: date | None, steps: tuple[int, ...], *, today: date) -> int:
    """The shortest step that has been reached: one who joins late hears of the nearest only."""
    left = 0 if last is None else (last - today).days
    return min(step for step in steps if left <= step)
