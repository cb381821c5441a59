"""What goes to invoicing: what waits, the closing of a period, and the files."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.smalljobs.jobs_world import NOW, Small, make_small
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.smalljobs.models import InvoicePeriod, WorkEntry
from vaxel.domain.smalljobs.work import correct_time, log_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return make_small()


@pytest.fixture
def client(small: Small) -> Client:
    """The agent runs the desk."""
    small.agent.may_administer = True
    small.agent.save(update_fields=["may_administer"])
    return signed_in(small.agent.account)


@pytest.fixture
def url(small: Small) -> str:
    return f"/{small.desk.slug}/workspace/invoicing/"


def work(small: Small, *, minutes: int = 20, note: str = "Klart") -> WorkEntry:
    """Twenty minutes on a job of half an hour that was agreed."""
    offer = small.agree(small.offer(minutes=30, what="=HYPERLINK(1)"))
    later = NOW + timedelta(minutes=30)
    scope, by = world.desk_scope(small.desk), world.actor(small.agent)
    return log_time(scope=scope, offer_id=offer.pk, minutes=minutes, worked_at=NOW, note=note, by=by, now=later)


def test_work_that_waits_is_summed_up_and_gone_when_its_period_is_closed(
    small: Small, client: Client, url: str
) -> None:
    work(small)

    before = read(client.get(url))
    today = before.one("#until").attributes["value"]
    after = read(client.post(url, {"until": today}, follow=True))

    assert [row.text for row in before.all("tbody tr")] == [f"{small.ticket.organisation.name} 20 minuter 400,00 kr"]
    assert "Ingenting väntar på faktura" in after.text
    assert [row.all("td")[0].text for row in after.all("tbody tr")] == [small.agent.name]


@pytest.mark.parametrize("until", ["", "2026-13-01", "9999-12-31", "2199-01-01", "\x00"])
def test_period_ends_on_a_day_that_has_come(client: Client, url: str, until: str) -> None:
    page = read(client.post(url, {"until": until}), status=422)

    assert len(page.all(".error-summary__link")) == 1
    assert InvoicePeriod.unscoped.count() == 0


def test_each_row_is_in_one_file_for_ever(small: Small, client: Client, url: str) -> None:
    entry = work(small)
    today = read(client.get(url)).one("#until").attributes["value"]
    client.post(url, {"until": today})
    by, now = world.actor(small.agent), InvoicePeriod.unscoped.get().until + timedelta(minutes=1)
    correct_time(scope=world.desk_scope(small.desk), entry_id=entry.pk, minutes=10, note="Fel", by=by, now=now)

    closed, waiting = (rows(client, url, period) for period in (InvoicePeriod.unscoped.get().pk, 0))

    assert [(row["Minuter"], row["Belopp utan moms"], row["Anteckning"]) for row in closed] == [
        ("20", "400.00", "Klart")
    ]
    assert [(row["Minuter"], row["Belopp utan moms"], row["Anteckning"]) for row in waiting] == [
        ("-10", "-200.00", "Rättelse: Fel")
    ]


def rows(client: Client, url: str, period: int) -> list[dict[str, str]]:
    """What the file of a period says."""
    content = client.get(f"{url}{period}/rows.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("x")'])
def test_t39_what_people_write_never_becomes_a_formula(small: Small, client: Client, url: str, payload: str) -> None:
    entry = work(small)
    WorkEntry.unscoped.filter(pk=entry.pk).update(note=payload)

    told = rows(client, url, 0)[0]
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{url}0/rows.xlsx").content))

    assert (told["Arbete"], told["Anteckning"]) == ("'=HYPERLINK(1)", f"'{payload}")
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1)" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("name", ["0/rows.pdf", "4711/rows.csv"])
def test_t42_file_that_is_not_there_is_not_found(client: Client, url: str, name: str) -> None:
    assert client.get(url + name).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_invoicing_costs_the_same_queries_however_much_waits(
    small: Small, client: Client, url: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entry = work(small, minutes=1)
    for number in range(1, count):
        log_time(
            scope=world.desk_scope(small.desk),
            offer_id=entry.offer_id,
            minutes=1,
            worked_at=NOW,
            note="",
            by=world.actor(small.agent),
            now=NOW + timedelta(minutes=30 + number),
        )
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)
