"""Wishes of the demonstration, through the doors that readers and staff use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from vaxel.domain.audit.actor import Actor
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.wishes.models import Wish
from vaxel.domain.wishes.triage import Answer, answer_wish, merge_wish, show_wish
from vaxel.domain.wishes.wishing import WishWords, send_wish, want_too
from vaxel.insight.transfer.demo.files import WishPart
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope


def make_wishes(parts: Sequence[WishPart], *, stage: Stage, now: datetime) -> None:
    """What readers have wished, each part by another organisation's support contact, and what became of it."""
    staff = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk")[0]
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    people = list(
        Person.unscoped.filter(desk=stage.desk, is_active=True, seats__isnull=False)
        .order_by("organisation", "pk")
        .distinct("organisation")
    )
    made: dict[str, Wish] = {}
    for place, part in enumerate(parts):
        wish = _send(part, None if part.anonymous else people[place % len(people)], stage=stage, now=now)
        made[part.name] = wish
        _sort(part, wish, people[place + 1 :][: part.wanted], into=made.get(part.same_as), by=by, now=now)


def _send(part: WishPart, person: Person | None, *, stage: Stage, now: datetime) -> Wish:
    words = WishWords(text=part.text, language=part.language, article=part.article, searched=part.searched)
    return send_wish(
        words,
        desk=stage.desk,
        reader=ManualReader(stage.desk.pk, is_staff=True),
        person_id=None if person is None else person.pk,
        by=None if person is None else _actor(person),
        now=now - timedelta(days=part.days),
    )


def _sort(part: WishPart, wish: Wish, voters: Sequence[Person], *, into: Wish | None, by: Actor, now: datetime) -> None:
    scope, at = Scope(desk_id=wish.desk_id), now - timedelta(days=part.days)
    if into is not None:
        merge_wish(scope=scope, number=wish.number, into=into.number, by=by, now=at)
    if part.title:
        show_wish(part.title, scope=scope, number=wish.number, seen_version=wish.version, by=by, now=at)
    for person in voters:
        own = Scope(desk_id=person.desk_id, organisation_id=person.organisation_id)
        want_too(scope=own, person_id=person.pk, number=wish.number, by=_actor(person), now=at)
    if part.answer is not None:
        said = Answer(
            state=part.answer.state,
            text=part.answer.text,
            article=part.answer.article,
            release=part.answer.release,
        )
        version = Wish.unscoped.get(pk=wish.pk).version
        told = now - timedelta(days=part.answer.days)
        answer_wish(said, scope=scope, number=wish.number, seen_version=version, by=by, now=told)


def _actor(person: Person) -> Actor:
    return Actor(kind="person", id=person.pk, name=person.name)
