"""Asking a question in the portal, from the first word to the ticket."""

import pytest

from tests.factories import make_desk, make_organisation, make_person
from tests.surfaces.portal.walk import begin, signed_in, text_of
from vaxel.domain.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_asking_leads_from_words_to_a_ticket() -> None:
    desk = make_desk("kompass")
    person = make_person(make_organisation(desk))
    client = signed_in(person)
    asking = begin(client, desk.slug, "Det kommer upp ett oväntat fel när jag sparar målet.")
    assert "Oväntat fel" in text_of(asking.get("kind"))
    response = asking.post("kind", kind="unexpected-error", product="suite")
    assert response.headers["Location"] == asking.at("details")
    assert "Beskriv så tydligt du kan" in text_of(asking.get("details"))
    response = asking.post(
        "details", **{"field-description": "Det kommer upp ett oväntat fel.", "impact-0": "1", "checked": "read-manual"}
    )
    assert response.headers["Location"] == asking.at("review"), text_of(response)
    assert "Teknisk support" in text_of(asking.get("review"))
    response = asking.post("review")
    assert response.headers["Location"] == asking.at("sent")
    ticket = Ticket.unscoped.get()
    assert f"{desk.prefix}-{ticket.number}" in text_of(asking.get("sent"))
    page = client.get(f"/{desk.slug}/tickets/{desk.prefix}-{ticket.number}/")
    assert "Det kommer upp ett oväntat fel." in text_of(page)
    response = client.post(f"/{desk.slug}/tickets/{desk.prefix}-{ticket.number}/reply/", {"text": "Tack"})
    assert response.status_code == 302
    assert "Ditt svar är skickat" in text_of(client.get(response.headers["Location"]))
    assert client.get(f"/{desk.slug}/").status_code == 200
    assert client.get(f"/{desk.slug}/tickets/").status_code == 200
