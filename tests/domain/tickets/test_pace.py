"""Nobody may flood a desk, and nobody who only writes quickly is held up."""

from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.people.models import Person
from vaxel.domain.tickets import pace
from vaxel.domain.tickets.drafts import new_draft, save_draft
from vaxel.domain.tickets.models import Draft
from vaxel.domain.tickets.pace import TooFastError

pytestmark = pytest.mark.django_db

NOW = world.NOW


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


def begin(person: Person, *, seconds_ago: int = 0) -> Draft:
    return new_draft(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        data={"words": "Hej"},
        now=NOW - timedelta(seconds=seconds_ago),
    )


def may_begin(person: Person) -> bool:
    try:
        pace.require_pace_to_begin(person_id=person.pk, now=NOW)
    except TooFastError:
        return False
    return True


@pytest.mark.parametrize(
    ("begun", "seconds_ago", "may"),
    [(19, 30, True), (20, 30, False), (20, 61, True), (299, 3600, True), (300, 3600, False), (300, 90_000, True)],
)
def test_t59_questions_begun_in_a_minute_and_a_day_are_bounded(
    person: Person, begun: int, seconds_ago: int, *, may: bool
) -> None:
    for _ in range(begun):
        begin(person, seconds_ago=seconds_ago)
    assert may_begin(person) is may
    assert may_begin(world.make_person(person.organisation, name="Ove Lind")) is True


@pytest.mark.parametrize(("milliseconds", "may"), [(50, False), (300, True)])
def test_t59_draft_is_saved_a_few_times_a_second_at_most(person: Person, milliseconds: int, *, may: bool) -> None:
    draft = begin(person)
    save_draft(draft, data={}, now=NOW)
    draft.refresh_from_db()
    try:
        pace.require_pace_to_save(draft, now=NOW + timedelta(milliseconds=milliseconds))
    except TooFastError:
        assert may is False
    else:
        assert may is True


def test_t59_questions_sent_in_a_minute_are_bounded(person: Person) -> None:
    for _ in range(pace.MOST_SENT_A_MINUTE):
        pace.require_pace_to_send(person_id=person.pk, now=NOW)
        world.ask(person)
    with pytest.raises(TooFastError):
        pace.require_pace_to_send(person_id=person.pk, now=NOW)
    pace.require_pace_to_send(person_id=person.pk, now=NOW + timedelta(minutes=2))
