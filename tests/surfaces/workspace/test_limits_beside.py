"""Quotas and ends beside a ticket: told where the customer has any, read nowhere else."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, ask, policy_source
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.models import Ticket

#: Three tickets each quarter on the standard plan.
QUOTA = """
[facts.incidents]
name = { sv = "Incidenter", en = "Incidents" }
from = "count"
number = true
counts = "tickets"
per = "quarter"
limits = { standard = 3 }
"""


def told(office: Office, ticket: Ticket) -> dict[str, str]:
    """The facts of the customer's panel."""
    panel = read(office.client.get(office.url(ticket))).one("#panel-organisation")
    names, values = panel.all("dt"), panel.all("dd")
    return {name.text: value.text for name, value in zip(names, values, strict=True)}


def test_customer_without_limits_costs_nothing_more(
    office: Office, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.client.get(office.url(ticket))
    with django_assert_num_queries(6):  # as every ticket
        office.client.get(office.url(ticket))
    assert "Avtalet" not in told(office, ticket)


@pytest.mark.parametrize(("days", "said"), [(-3, "upphörde den"), (30, "upphör den"), (200, None)])
def test_end_of_the_agreement_is_told_when_it_is_near(
    office: Office, ticket: Ticket, days: int, said: str | None
) -> None:
    ends_on = date.today() + timedelta(days=days)  # noqa: DTZ011  # the page reads the clock on the wall
    Agreement.unscoped.update(ends_on=ends_on)

    found = told(office, ticket).get("Avtalet")

    assert (found is None) if said is None else (found or "").startswith(said)


@pytest.mark.parametrize("count", [1, 3])
def test_quota_and_end_of_life_are_told(
    office: Office, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    source = policy_source("kompass").replace("[products.suite]\n", "[products.suite]\nends_on = 2027-03-31\n")
    publish_policy(desk=office.desk, source=source + QUOTA, by=SYSTEM, now=NOW)
    ticket = [ask(office.person) for _ in range(count)][-1]

    office.client.get(office.url(ticket))
    with django_assert_max_num_queries(10):
        office.client.get(office.url(ticket))

    found = told(office, ticket)
    assert found["Incidenter"].startswith(f"{count} av 3 använda det här kvartalet. Nya från ")
    assert found["Kompass verksamhetsstyrning"] == "avvecklas 31 mars 2027"
