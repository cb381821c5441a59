"""A small job from the question to the invoice, through portal and mail: nothing is done before the yes (A14)."""

import csv
import io
import re
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from tests import factories as world
from tests.domain.smalljobs.jobs_world import Small, make_small
from tests.jobs_run import run_jobs
from tests.stories.portal.asked import ask_by_portal
from tests.surfaces.portal.walk import signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from vaxel.domain.notices.models import NoticeChoices, OutgoingMail
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.jobs.periodic import stop_spent_clocks


@pytest.fixture
def small(db: None) -> Small:
    """An account manager who would rather hear of nothing."""
    small = make_small()
    off = dict.fromkeys(["for-knowledge", "assigned", "customer-replied"], "off")
    NoticeChoices.objects.create(desk=small.desk, staff=small.manager, ways=off)
    return small


def at(minute: int) -> AbstractContextManager[Any]:
    """So many minutes after the yes."""
    return travel(world.NOW + timedelta(minutes=minute), tick=False)


def told(address: str) -> list[str]:
    """The kinds of mails to somebody since last time."""
    run_jobs()
    mails = OutgoingMail.unscoped.filter(recipient=address, reason="")
    kinds = list(mails.order_by("id").values_list("kind", flat=True))
    mails.update(reason="seen")
    return kinds


def link_in_mail(address: str, *, kind: str) -> str:
    """The address on which an offer is answered."""
    mail = OutgoingMail.unscoped.filter(recipient=address, kind=kind).latest("id")
    found = re.search(r"https?://[^/\s]+(/\S+/offers/\S+)", mail.text)
    assert found is not None
    return found.group(1)


def test_small_job_from_question_to_invoice(small: Small) -> None:
    asked = ask_by_portal(small.asker, "Rätta vårt filter.", kind="data-repair", product="suite")
    assert asked.ticket is not None
    assert "Du får en offert innan något görs." in asked.said
    manager, approver, asker = small.manager.account.email, small.approver.email, small.asker.email
    for address in (manager, approver, asker):
        told(address)
    agent = staff_signed_in(small.agent.account)
    page = f"/{small.desk.slug}/workspace/tickets/{small.desk.prefix}-{asked.ticket.number}/"

    # The agent offers; whoever may say yes gets the mail, the asker reads who decides, the account manager knows.
    agent.post(f"{page}offer/", {"what": "Återställ filtret", "minutes": "30", "valid_until": "", "paid_by": "invoice"})
    offer = Offer.unscoped.get()
    assert (told(approver), told(manager), told(asker)) == (["job-offered"], ["job-news"], ["job-offered"])

    # Work is refused; a mail program that follows the link says no yes.
    assert agent.post(f"{page}offers/{offer.pk}/start/").status_code == 422
    link = link_in_mail(approver, kind="job-offered")
    seen = [text_of(Client().get(link)) for _ in range(3)]
    assert Offer.unscoped.get().state == "made"
    assert all("Återställ filtret" in each and "600,00" in each for each in seen)

    # The page behind the link takes the yes; whoever asked reads it in the portal.
    assert "Du har sagt ja. Vi kan börja." in text_of(Client().post(link, {"answer": "yes"}))
    assert (Offer.unscoped.get().answered_by, Offer.unscoped.get().state) == (small.approver, "accepted")
    assert (told(manager), told(approver), told(asker)) == (["job-news"], ["job-accepted"], ["job-accepted"])
    shown = text_of(signed_in(small.asker).get(page.replace("/workspace", "")))
    assert "Återställ filtret" in shown

    # The clock runs and warns at eighty percent.
    agent.post(f"{page}offers/{offer.pk}/start/")
    with at(24):
        agent.post(f"{page}offers/{offer.pk}/stop/", {"note": "Hittade filtret"})
        assert told(manager) == ["job-news"]
        agent.post(f"{page}offers/{offer.pk}/start/")
    # Forgotten, it stops by itself when the agreed time is over, and does not start again.
    with at(31):
        stop_spent_clocks(timestamp=0)
        assert agent.post(f"{page}offers/{offer.pk}/start/").status_code == 422
        agent.post(f"{page}offers/{offer.pk}/end/")
        assert (told(manager), told(approver), told(asker)) == (["job-news"], ["job-done"], ["job-done"])
    assert list(WorkEntry.unscoped.order_by("pk").values_list("minutes", "beyond")) == [(24, 0), (6, 1)]
    assert _invoiced(small) == [("24", "480.00", "Gun Palm"), ("6", "120.00", "Gun Palm")]


def _invoiced(small: Small) -> list[tuple[str, str, str]]:
    """What the file of the closed period says; nothing waits any more."""
    administrator = staff_signed_in(world.make_staff(small.desk, may_administer=True).account)
    page = f"/{small.desk.slug}/workspace/invoicing/"
    with travel(world.NOW + timedelta(days=1)):
        closed = administrator.post(page, {"until": world.NOW.date().isoformat()}, follow=True)
        files = re.findall(r'href="([^"]+/rows\.csv)"', closed.content.decode())
        texts = [administrator.get(file).content.decode("utf-8-sig") for file in files]
    assert "Ingenting väntar på faktura" in text_of(closed)
    rows = [row for text in texts for row in csv.DictReader(io.StringIO(text))]
    return [(row["Minuter"], row["Belopp utan moms"], row["Godkänt av"]) for row in rows]


def test_a_no_leaves_everything_as_it_was(small: Small) -> None:
    asked = ask_by_portal(small.asker, "Rätta vårt filter.", kind="data-repair", product="suite")
    assert asked.ticket is not None
    agent = staff_signed_in(small.agent.account)
    page = f"/{small.desk.slug}/workspace/tickets/{small.desk.prefix}-{asked.ticket.number}/"
    agent.post(f"{page}offer/", {"what": "Återställ filtret", "minutes": "30", "valid_until": "", "paid_by": "invoice"})
    run_jobs()
    link = link_in_mail(small.approver.email, kind="job-offered")

    said = text_of(Client().post(link, {"answer": "no", "why": "Vi gör det själva."}))

    assert "Varför inte Vi gör det själva." in said
    assert agent.post(f"{page}offers/{Offer.unscoped.get().pk}/start/").status_code == 422
    assert "Vi gör det själva." in text_of(agent.get(page))
    assert not WorkEntry.unscoped.exists()
    run_jobs()
    news = OutgoingMail.unscoped.filter(recipient=small.manager.account.email, kind="job-news")
    assert news.count() == 2
