"""What people are told of small jobs: the account manager of every step, whatever anybody has chosen (A14)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as world
from tests.domain.notices.conversations import tell_all
from tests.domain.smalljobs.jobs_world import NOW, Small, ask_for_work, make_small
from vaxel.domain.notices.jobs import JOB_EVENTS
from vaxel.domain.notices.models import NoticeChoices, OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import decline_offer, finish_job, withdraw_offer
from vaxel.domain.smalljobs.tokens import offer_token, read_offer_token
from vaxel.domain.smalljobs.work import log_time
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return make_small()


def told(kind: str) -> list[tuple[str, str]]:
    """Who got which mail about the newest event of a kind, by name."""
    event = Event.unscoped.filter(kind=kind).latest("id")
    return list(
        OutgoingMail.unscoped.filter(event=event).order_by("recipient_name").values_list("recipient_name", "kind")
    )


def test_an_offer_is_told_to_approver_asker_and_account_manager(small: Small) -> None:
    small.offer()
    tell_all()

    assert told("offer-made") == [
        ("Gun Palm", "job-offered"),
        ("Kerstin Molin", "job-news"),
        ("Maj Ekdahl", "job-offered"),
    ]


def test_only_the_approver_gets_the_link_that_answers(small: Small) -> None:
    offer = small.offer()
    tell_all()

    path = f"/{small.desk.slug}/offers/{offer_token(offer_id=offer.pk, person_id=small.approver.pk)}/"
    mails = {mail.recipient_name: mail.text for mail in OutgoingMail.unscoped.filter(event__kind="offer-made")}
    assert [name for name, text in mails.items() if "/offers/" in text] == ["Gun Palm"]
    links = [urlsplit(line).path for line in mails["Gun Palm"].splitlines() if "/offers/" in line]
    assert links == [path]
    assert "Gun Palm kan säga ja. Du behöver inte göra något." in mails["Maj Ekdahl"]


def test_subject_says_that_an_offer_waits_for_a_yes_only_to_whoever_can_give_it(small: Small) -> None:
    ticket = small.offer().ticket
    tell_all()

    offered = OutgoingMail.unscoped.filter(kind="job-offered")
    number = f"[{ticket.desk.prefix}-{ticket.number}]"
    assert dict(offered.values_list("recipient_name", "subject")) == {
        "Gun Palm": f"{number} Offert som väntar på ditt ja: {ticket.subject}",
        "Maj Ekdahl": f"Re: {number} {ticket.subject}",
    }


@pytest.mark.parametrize("reads", [False, True])
def test_an_approver_gets_a_link_to_the_ticket_only_if_they_may_read_it(small: Small, *, reads: bool) -> None:
    Person.unscoped.filter(pk=small.approver.pk).update(may_see_organisation=reads)
    small.offer()
    tell_all()

    mail = OutgoingMail.unscoped.get(event__kind="offer-made", recipient_name="Gun Palm")
    assert ("/tickets/" in mail.text) is reads


@pytest.mark.parametrize("token", ["", " ", "x", "a:b", "WzEsMV0:AAAA", "%20"])
def test_t51_a_link_that_was_not_made_here_names_nothing(token: str) -> None:
    assert read_offer_token(token) is None


def test_the_yes_and_the_end_are_told_to_all_around(small: Small) -> None:
    offer = small.agree(small.offer())
    finish_job(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=NOW)
    tell_all()

    assert told("offer-accepted") == [
        ("Gun Palm", "job-accepted"),
        ("Kerstin Molin", "job-news"),
        ("Maj Ekdahl", "job-accepted"),
        ("Sven Berg", "job-news"),
    ]
    assert told("job-done") == [("Gun Palm", "job-done"), ("Kerstin Molin", "job-news"), ("Maj Ekdahl", "job-done")]


# --- for every sequence of doors ---------------------------------------------------------------------------------


def _offer(small: Small) -> None:
    small.offer(minutes=30)


def _withdraw(small: Small) -> None:
    for offer in Offer.unscoped.filter(ticket=small.ticket, state="made"):
        withdraw_offer(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.manager), now=NOW)


def _accept(small: Small) -> None:
    for offer in Offer.unscoped.filter(ticket=small.ticket, state="made"):
        small.agree(offer)


def _decline(small: Small) -> None:
    for offer in Offer.unscoped.filter(ticket=small.ticket, state="made"):
        decline_offer(
            scope=world.customer_scope(small.approver),
            offer_id=offer.pk,
            person_id=small.approver.pk,
            by=world.actor(small.approver),
            now=NOW,
        )


def _log(small: Small) -> None:
    for offer in Offer.unscoped.filter(ticket=small.ticket, state="accepted"):
        if not offer.entries.exists():
            log_time(
                scope=world.desk_scope(small.desk),
                offer_id=offer.pk,
                minutes=29,
                worked_at=NOW,
                by=world.actor(small.agent),
                now=NOW + timedelta(minutes=40),
            )


def _finish(small: Small) -> None:
    for offer in Offer.unscoped.filter(ticket=small.ticket, state="accepted"):
        finish_job(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.manager), now=NOW)


DOORS: Final[Mapping[str, Callable[[Small], None]]] = {
    "offer": _offer,
    "withdraw": _withdraw,
    "accept": _accept,
    "decline": _decline,
    "log": _log,
    "finish": _finish,
}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(st.sampled_from(sorted(DOORS)), max_size=9).map(lambda steps: ["offer", *steps]),
    way=st.sampled_from(["each", "digest", "off"]),
)
def test_the_account_manager_has_a_mail_for_every_event_whatever_is_chosen(
    small: Small, steps: list[str], way: str
) -> None:
    """Neither choices, digest nor the brake on many mails keeps one from going."""
    small = replace(small, ticket=ask_for_work(small.asker))
    ways = dict.fromkeys(["job-news", "for-knowledge", "assigned"], way)
    NoticeChoices.unscoped.update_or_create(staff=small.manager, defaults={"desk": small.desk, "ways": ways})
    for step in steps:
        DOORS[step](small)
    tell_all()

    events = Event.unscoped.filter(ticket=small.ticket, kind__in=JOB_EVENTS).order_by("id")
    mails = OutgoingMail.unscoped.filter(ticket=small.ticket, recipient=small.manager.account.email, kind="job-news")
    assert list(mails.order_by("event").values_list("event", "state")) == [(event.pk, "queued") for event in events]
