"""One mail a day for those who want that: what waits for it, when it is sent, and that nothing is told twice."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, desk_of, tell_all
from vaxel.domain.audit.actor import Actor
from vaxel.domain.notices.choosing import choices_of, choose_notices
from vaxel.domain.notices.digests import Digest, DigestLine, send_digests, written
from vaxel.domain.notices.models import DigestItem, OutgoingMail
from vaxel.domain.notices.ways import DEFAULTS
from vaxel.domain.people.models import Person, Staff

pytestmark = pytest.mark.django_db

#: Seven in the evening in Stockholm, on the day of the events.
EVENING = world.NOW.replace(hour=18)


def choose(by: Actor, desk_id: int, *, hour: int = 8, **ways: str) -> None:
    named = {kind.replace("_", "-"): way for kind, way in ways.items()}
    choose_notices(desk_id=desk_id, ways=named, digest_hour=hour, by=by, now=world.NOW)


def digests() -> list[OutgoingMail]:
    return list(OutgoingMail.unscoped.filter(kind="digest").order_by("id"))


def test_a_digest_tells_once_a_day_from_the_chosen_hour(person: Person, agent: Staff) -> None:
    choose(world.actor(person), person.desk_id, hour=19, answer="digest", received="off")
    first, second = world.ask(person), world.ask(person, subject="Målen syns inte")
    answer(first, agent)
    answer(second, agent)

    assert [mail for mail in tell_all(LATER) if mail.recipient == person.email] == []
    assert send_digests(now=EVENING - timedelta(minutes=1)) == 0
    assert send_digests(now=EVENING) == 1
    assert send_digests(now=EVENING + timedelta(hours=1)) == 0

    (mail,) = digests()
    prefix = desk_of(person).prefix
    assert (mail.recipient, mail.state, mail.is_automatic) == (person.email, "queued", True)
    told = [f"{prefix}-{first.number}: {first.subject}", "Sven Berg har svarat."]
    assert mail.text.splitlines()[6:8] == told
    assert f"{prefix}-{second.number}: Målen syns inte" in mail.text.splitlines()
    assert DigestItem.unscoped.filter(mail=mail).count() == 2


def test_t44_a_digest_holds_nobodys_words(person: Person, agent: Staff) -> None:
    choose(world.actor(person), person.desk_id, answer="digest")
    answer(world.ask(person), agent, "Hemligt svar")
    tell_all(LATER)
    send_digests(now=EVENING)

    assert "Hemligt" not in digests()[0].text + digests()[0].html


def test_telling_twice_keeps_one_item(person: Person, agent: Staff) -> None:
    choose(world.actor(person), person.desk_id, answer="digest", received="digest")
    answer(world.ask(person), agent)
    for _ in range(2):
        tell_all(LATER)

    assert DigestItem.unscoped.count() == 2


def test_what_comes_after_the_hour_waits_for_tomorrow(person: Person, agent: Staff) -> None:
    choose(world.actor(person), person.desk_id, answer="digest", received="off")
    ticket = world.ask(person)
    for day in (0, 1):
        answer(ticket, agent, f"Svar {day}")
        tell_all(LATER)
        send_digests(now=EVENING)

    assert len(digests()) == 1
    assert send_digests(now=EVENING + timedelta(days=1)) == 1
    assert DigestItem.unscoped.filter(mail=None).count() == 0


def test_without_news_there_is_no_digest(person: Person) -> None:
    choose(world.actor(person), person.desk_id, answer="digest")

    assert send_digests(now=EVENING) == 0


def test_choices_that_there_are_not_are_left_out(person: Person, agent: Staff) -> None:
    by = world.actor(agent)
    choose(by, agent.desk_id, hour=7, assigned="off", handed_over="off", answer="off", reopened="sometimes")
    choose(by, agent.desk_id, hour=9, assigned="digest")

    kept = choices_of(by)
    assert kept is not None
    assert (kept.ways, kept.digest_hour) == ({"assigned": "digest"}, 9)
    assert choices_of(world.actor(person)) is None
    with pytest.raises(ValueError, match="24"):
        choose(by, agent.desk_id, hour=24)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_that_can_wait_has_words_in_the_digest(language: str) -> None:
    kinds = [kind for defaults in DEFAULTS.values() for kind in defaults]
    lines = tuple(
        DigestLine(number="KOM-1042", subject="<b>Fel", kind=kind, author="Sven", link="https://kompass.example/x")
        for kind in kinds
    )
    digest = Digest(
        language=language,
        desk="Kompass",
        recipient="Maj",
        lines=lines,
        more=3,
        choices_link="https://kompass.example/notices/",
        accent="#123456",
    )

    mail = written(digest)

    assert len([line for line in mail.text.splitlines() if line == "."]) == 0
    assert mail.text.count("KOM-1042: <b>Fel") == len(kinds)
    assert "<b>" not in mail.html
