"""The mails of the demonstration are found from wherever somebody looks for them."""

import pytest
from django.test import Client

from tests import factories as world
from tests.surfaces.portal.walk import signed_in


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/demo/", "/signin/"])
def test_pages_before_signing_in_lead_to_the_mails(page: str) -> None:
    assert 'href="/demo/mail/"' in Client().get(page).content.decode()


@pytest.mark.django_db
def test_menu_of_a_desk_leads_to_its_mails() -> None:
    desk = world.make_desk("baver")
    person = world.make_person(world.make_organisation(desk, plan="support", products=("baver",)))

    page = signed_in(person).get(f"/{desk.slug}/").content.decode()

    assert f'href="/demo/mail/{desk.slug}/"' in page
