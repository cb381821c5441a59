"""What people should not send, and what must come of it."""

import pytest

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, signed_in
from vaxel.domain.people.models import Organisation
from vaxel.domain.tickets.models import Message, Ticket

CANARY = '"><svg onload=alert(1)>{{1234*1234}}'


def sent(customer: Customer, words: str, **more: str) -> Asking:
    asking = begin(customer.client, customer.desk.slug, words)
    asking.post("kind", kind="unexpected-error", product="suite", **more)
    answers = {"field-description": words, "field-page": words, "impact-0": "1", "checked": "read-manual"}
    asking.post("details", **answers, **more)
    asking.post("review", **more)
    return asking


def test_t30_words_are_words_on_every_page(maj: Customer) -> None:
    Organisation.unscoped.filter(pk=maj.organisation.pk).update(name=CANARY)
    begun = begin(maj.client, maj.desk.slug, CANARY)
    begun.post("kind", kind="unexpected-error", product="suite")
    begun.post(
        "details", **{"field-description": CANARY, "field-page": CANARY, "impact-0": "1", "checked": "read-manual"}
    )
    done = sent(maj, CANARY)
    name = f"{maj.desk.prefix}-{Ticket.unscoped.get().number}"
    maj.client.post(f"/{maj.desk.slug}/tickets/{name}/reply/", {"text": CANARY})
    home = f"/{maj.desk.slug}/"
    pages = [
        *(begun.at(step) for step in ("words", "kind", "details", "review", "discard")),
        done.at("sent"),
        *(f"{home}{path}" for path in ("", "tickets/", f"tickets/{name}/", f"tickets/{name}/close/")),
    ]

    contents = {page: maj.client.get(page).content.decode() for page in pages}

    assert [page for page, content in contents.items() if "<svg onload" in content or "1522756" in content] == []
    assert all("svg onload" in content for content in contents.values())


def test_t24_signs_that_no_database_takes_are_left_out(maj: Customer) -> None:
    sent(maj, "Det\x00 blir fel\x00")

    assert Message.unscoped.get().text == "Det blir fel"


def test_t45_fields_that_no_form_has_change_nothing(maj: Customer) -> None:
    other = world.make_person(world.make_organisation(maj.desk))
    sent(
        maj,
        "Det blir fel",
        destination="account-manager",
        organisation_id=str(other.organisation_id),
        person_id=str(other.pk),
        standing="contact",
        status="solved",
        number="1",
    )

    ticket = Ticket.unscoped.get()
    assert (ticket.destination, ticket.requester_id, ticket.organisation_id, ticket.status) == (
        "support",
        maj.person.pk,
        maj.organisation.pk,
        "new",
    )


def test_t47_a_right_that_was_taken_away_is_gone_at_once(maj: Customer) -> None:
    ticket = world.ask(world.make_person(maj.organisation, name="Ove Lind"))
    seer = world.make_person(maj.organisation, name="Siv Ahl", may_see_organisation=True)
    client, page = signed_in(seer), f"/{maj.desk.slug}/tickets/{maj.desk.prefix}-{ticket.number}/"
    before = client.get(page).status_code
    seer.may_see_organisation = False
    seer.save(update_fields=["may_see_organisation"])

    assert (before, client.get(page).status_code) == (200, 404)


@pytest.mark.parametrize("priority", ["none", "highest", "x" * 500])
def test_a_priority_that_is_none_is_not_taken(maj: Customer, priority: str) -> None:
    asking = begin(maj.client, maj.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    answers = {"field-description": "x", "impact-0": "1", "checked": "read-manual", "priority": priority}

    assert asking.post("details", **answers).headers["Location"] == asking.at("review")
    asking.post("review")
    assert Ticket.unscoped.get().priority == "normal"
