"""A new customer from nothing, by the product alone: organisation, agreement, a contact who signs in and asks."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests import factories as world
from tests.jobs_run import run_jobs
from tests.stories.portal.asked import ANSWERS
from tests.surfaces.portal.walk import begin, text_of
from tests.surfaces.workspace.conftest import signed_in
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Organisation, Person
from vaxel.domain.tickets.models import Ticket
from vaxel.surfaces.signin import letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_at_once(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _sign_in(email: str) -> Client:
    """By the code in the mail, in a browser that knows nothing yet."""
    client = Client(headers={"accept-language": "sv"})
    client.post("/signin/", {"email": email})
    letters.wait_until_sent()
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    client.post("/signin/code/", {"code": code.group()})
    return client


def test_new_customer_asks_on_the_day_it_became_one() -> None:
    desk = world.make_desk("kompass", slug="kompass")
    board = signed_in(world.make_staff(desk, name="Britt Sand", may_administer=True).account)
    settings = "/kompass/workspace/settings/organisations/"

    agreement = {"plan": "standard", "products": ["suite"], "starts_on": "2026-11-01"}
    board.post(f"{settings}new/", {"name": "Norrtuna stad", "form": "municipality", "domains": "", **agreement})
    customer = Organisation.unscoped.get(name="Norrtuna stad")
    who = {"name": "Nils Ros", "email": "nils.ros@norrtuna.example", "language": "sv", "may_administer": "yes"}
    board.post(f"{settings}{customer.pk}/people/new/", {**who, "seat": "yes"})
    nils = Person.unscoped.get(email="nils.ros@norrtuna.example")
    board.post(f"{settings}{customer.pk}/people/{nils.pk}/training/", {"passed_on": "2026-11-10", "product": ""})
    run_jobs()

    asking = begin(_sign_in(nils.email), "kompass", "Det kommer upp ett oväntat fel när jag sparar.")
    asking.post("kind", kind="unexpected-error", product="suite", topic="")
    asking.post("details", **ANSWERS)
    said = text_of(asking.get("review"))
    asking.post("review")

    ticket = Ticket.unscoped.get()
    told = OutgoingMail.unscoped.filter(recipient=nils.email).order_by("pk").values_list("kind", flat=True)
    assert "Vem som svarar Teknisk support" in said
    assert (ticket.organisation_id, ticket.requester_id, ticket.destination) == (customer.pk, nils.pk, "support")
    assert list(told)[:1] == ["invited"]
