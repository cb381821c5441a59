"""A question that is being written: kept as it is typed, taken up later, thrown away, and nobody else's."""

import pytest

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.test_asking import to_details, to_fault, to_review
from tests.surfaces.portal.walk import signed_in, text_of


def test_autosave_keeps_what_is_typed_however_wrong(bo: Customer) -> None:
    asking = to_fault(bo)
    response = bo.client.post(asking.at("save/details"), {"field-version": "8.", "field-what-happened": "Halva men"})

    assert (response.status_code, response.headers["X-Saved"]) == (204, "Sparat%20i%20dag%20kl.%2010.00")
    page = asking.get("details").content.decode()
    assert 'value="8."' in page
    assert "Halva men" in page


def test_saving_for_later_leads_home_where_the_draft_stands(maj: Customer) -> None:
    asking = to_details(maj)
    response = asking.post("details", **{"field-description": "Senare", "later": "yes"})

    assert response.headers["Location"] == f"/{maj.desk.slug}/"
    home = maj.client.get(f"/{maj.desk.slug}/")
    assert asking.at("details") in home.content.decode()
    assert "Frågor som du har påbörjat Senare" in text_of(home)


def test_a_draft_is_thrown_away_after_a_question(maj: Customer) -> None:
    asking = to_details(maj)
    assert "Vill du kasta utkastet?" in text_of(asking.get("discard"))

    assert asking.post("discard").headers["Location"] == f"/{maj.desk.slug}/"
    assert asking.get("details").status_code == 404


@pytest.mark.parametrize("step", ["words", "kind", "details", "review", "sent", "discard"])
def test_nobody_else_sees_a_draft(maj: Customer, step: str) -> None:
    asking = to_review(maj)
    colleague = world.make_person(maj.organisation, name="Ove Lind", may_see_organisation=True)

    assert signed_in(colleague).get(asking.at(step)).status_code == 404
