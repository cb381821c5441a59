"""What waits for the day's digest instead of being a mail of its own."""

from collections.abc import Iterable
from datetime import datetime

from vaxel.domain.notices.audience import Notice, Recipient
from vaxel.domain.notices.models import DigestItem, NoticeChoices
from vaxel.domain.problems.models import ProblemUpdate
from vaxel.domain.tickets.models import Event
from vaxel.domain.wishes.models import WishAnswer


def is_in_digests(event: Event) -> bool:
    """Whether the event has been told into somebody's digest."""
    return DigestItem.unscoped.filter(event=event).exists()


def keep_for_digests(notices: Iterable[Notice], *, event: Event, now: datetime) -> None:
    """Put each notice into its recipient's digest, in the caller's transaction."""
    kinds = {(notice.to.kind, notice.to.id): notice.kind.value for notice in notices}
    if not kinds:
        return
    staff = [number for kind, number in kinds if kind == "staff"]
    persons = [number for kind, number in kinds if kind == "person"]
    chosen = NoticeChoices.unscoped.filter(staff__in=staff) | NoticeChoices.unscoped.filter(person__in=persons)
    DigestItem.objects.bulk_create(
        DigestItem(
            desk_id=event.desk_id,
            choices=each,
            event=event,
            kind=kinds[("staff", each.staff_id) if each.staff_id else ("person", each.person_id)],
            at=now,
        )
        for each in chosen
    )


def is_update_in_digests(update: ProblemUpdate) -> bool:
    """The same for what was told about a known problem."""
    return DigestItem.unscoped.filter(problem_update=update).exists()


def keep_update_for_digests(people: Iterable[Recipient], *, update: ProblemUpdate, kind: str, now: datetime) -> None:
    """Put what was told about a known problem into the digests of these people, in the caller's transaction."""
    chosen = NoticeChoices.unscoped.filter(person__in=[each.id for each in people])
    DigestItem.objects.bulk_create(
        DigestItem(desk_id=update.desk_id, choices=each, problem_update=update, kind=kind, at=now) for each in chosen
    )


def keep_answer_for_digests(people: Iterable[Recipient], *, answer: WishAnswer, kind: str, now: datetime) -> None:
    """Put what was said of a wish into the digests of these people, in the caller's transaction."""
    chosen = NoticeChoices.unscoped.filter(person__in=[each.id for each in people])
    DigestItem.objects.bulk_create(
        DigestItem(desk_id=answer.desk_id, choices=each, wish_answer=answer, kind=kind, at=now) for each in chosen
    )
