"""Whose question it becomes when there is no local contact to ask."""

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import begin, signed_in, text_of
from vaxel.domain.tickets.models import Ticket


def test_question_of_somebody_without_colleagues_to_ask_says_who_steps_in(maj: Customer) -> None:
    alone = world.make_person(world.make_organisation(maj.desk), name="Ove Lind", certified=False)
    manager = world.make_staff(maj.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    asking = begin(signed_in(alone), maj.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    asking.post("details", **{"field-description": "Fel", "impact-0": "1", "checked": "read-manual"})

    review = text_of(asking.get("review"))
    receipt = text_of(asking.client.post(asking.at("review"), follow=True))

    assert "Skicka till Karin Holm" in review
    assert "Karin Holm läser din fråga och svarar dig här och med mejl." in receipt
    assert Ticket.unscoped.get().assignee_id == manager.pk
