"""The pages of those who answer for customers: their list, a customer's page, notes, and the report."""

import re
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.customers.notes import write_note
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.people.models import Absence, Agreement, Organisation, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.wishes.triage import show_wish
from vaxel.domain.wishes.wishing import WishWords, send_wish

pytestmark = pytest.mark.django_db


def manager_of(office: Office, *organisations: Organisation, role: str = "account-manager") -> Staff:
    """Somebody who answers for these customers."""
    staff = world.make_staff(office.desk, name="Susanne Öhrn", roles=("account-manager",))
    for organisation in organisations:
        world.hold_role(staff, role, organisation=organisation)
    return staff


def page(office: Office, organisation: Organisation, end: str = "") -> str:
    return f"/{office.desk.slug}/workspace/customers/{organisation.pk}/{end}"


def names_in(body: str) -> list[str]:
    """The organisations of the list."""
    return re.findall(r'<th scope="row"><a href="[^"]+/customers/\d+/">([^<]+)</a>', body)


def test_list_holds_own_customers_only(office: Office) -> None:
    other = world.make_organisation(office.desk, name="Norrtuna stad")
    world.hold_role(office.agent, "account-manager", organisation=other)
    manager = manager_of(office, office.organisation)

    body = signed_in(manager.account).get(f"/{office.desk.slug}/workspace/customers/").content.decode()

    assert names_in(body) == ["Åsklinge kommun"]


def test_list_holds_customers_without_an_own_holder_for_whoever_holds_the_role_for_all(office: Office) -> None:
    world.make_organisation(office.desk, name="Norrtuna stad")
    manager_of(office, office.organisation)
    general = world.make_staff(office.desk, name="Olof Brandfors")
    world.hold_role(general, "account-manager")

    body = signed_in(general.account).get(f"/{office.desk.slug}/workspace/customers/").content.decode()

    assert names_in(body) == ["Norrtuna stad"]


def test_list_holds_customers_of_a_colleague_who_is_away(office: Office) -> None:
    manager = manager_of(office, office.organisation)
    today = date.today()  # noqa: DTZ011  # the page's own day, whatever the zone: the absence is weeks long
    week = timedelta(days=7)
    Absence.objects.create(
        desk=office.desk, staff=manager, starts_on=today - week, ends_on=today + week, stand_in=office.colleague
    )

    body = signed_in(office.colleague.account).get(f"/{office.desk.slug}/workspace/customers/").content.decode()

    assert names_in(body) == ["Åsklinge kommun"]


def test_all_customers_are_for_administrators(office: Office) -> None:
    world.make_organisation(office.desk, name="Norrtuna stad")
    administrator = world.make_staff(office.desk, may_administer=True)
    address = f"/{office.desk.slug}/workspace/customers/?whose=all"

    seen = {
        who: names_in(signed_in(staff.account).get(address).content.decode())
        for who, staff in {"administrator": administrator, "agent": office.agent}.items()
    }

    assert seen == {"administrator": ["Norrtuna stad", "Åsklinge kommun"], "agent": []}


def test_list_finds_by_words_and_turns_pages(office: Office) -> None:
    administrator = signed_in(world.make_staff(office.desk, may_administer=True).account)
    for number in range(27):
        world.make_person(world.make_organisation(office.desk, name=f"Sjöby {number:02} kommun"))
    base = f"/{office.desk.slug}/workspace/customers/?whose=all"

    second = names_in(administrator.get(f"{base}&q=sjöby&page=2").content.decode())
    one = names_in(administrator.get(f"{base}&q=kommun+sjöby+13").content.decode())

    assert (second, one) == (["Sjöby 25 kommun", "Sjöby 26 kommun"], ["Sjöby 13 kommun"])


def test_customer_that_needs_a_hand_stands_first(office: Office) -> None:
    calm = world.make_organisation(office.desk, name="Alvik kommun")
    world.make_person(calm)
    ending = world.make_organisation(office.desk, name="Östby kommun")
    world.make_person(ending)
    soon = date.today() + timedelta(days=30)  # noqa: DTZ011  # far from midnight's edge
    Agreement.unscoped.filter(organisation=ending).update(ends_on=soon)
    manager = manager_of(office, calm, ending)

    body = signed_in(manager.account).get(f"/{office.desk.slug}/workspace/customers/").content.decode()

    assert names_in(body) == ["Östby kommun", "Alvik kommun"]
    assert body.count("Avtalet slutar snart") == 1


def test_question_whose_answer_is_late_is_named_where_the_list_says_so(office: Office) -> None:
    late = world.ask(office.person, subject="Rapporten är tom")
    world.ask(office.person, subject="Allt är gott", now=datetime.now(UTC))
    client = signed_in(manager_of(office, office.organisation).account)

    listed = client.get(f"/{office.desk.slug}/workspace/customers/").content.decode()
    found = read(client.get(page(office, office.organisation)))

    assert "Ett svar är sent" in listed
    links = [(link.text, link.attributes["href"]) for link in found.all(".notice a")]
    assert links == [(f"KOM-{late.number} Rapporten är tom", office.url(late))]


def test_questions_beyond_those_that_are_named_are_counted_and_led_to(office: Office) -> None:
    for number in range(12):
        world.ask(office.person, subject=f"Fråga {number}")
    found = read(signed_in(manager_of(office, office.organisation).account).get(page(office, office.organisation)))

    *named, more = [(link.text, link.attributes["href"]) for link in found.all(".notice a")]
    narrowed = f"&organisation={office.organisation.pk}"
    assert len(named) == 10
    assert more == ("2 frågor till där svaret är sent", office.inbox(f"?view=due{narrowed}"))
    others = [link.attributes["href"] for link in found.all("a") if link.text == "Också de 2 andra öppna frågorna"]
    assert others == [office.inbox(f"?view=open{narrowed}")]


@pytest.mark.parametrize("many", [1, 3])
def test_list_reads_the_same_number_of_times(
    office: Office, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    customers = [world.make_organisation(office.desk) for _ in range(many)]
    for customer in customers:
        world.ask(world.make_person(customer))
    client = signed_in(manager_of(office, *customers).account)

    with django_assert_num_queries(4):
        client.get(f"/{office.desk.slug}/workspace/customers/")


@pytest.mark.parametrize("many", [1, 3])
def test_page_reads_the_same_number_of_times(
    office: Office, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(office, many)
    client = signed_in(manager_of(office, office.organisation).account)

    with django_assert_num_queries(6):
        client.get(page(office, office.organisation))


def fill(office: Office, many: int) -> None:
    """So many of everything that the page tells."""
    for number in range(many):
        ticket = world.ask(world.make_person(office.organisation, name=f"Person {number}"))
        conversation.reply(
            scope=office.scope,
            number=ticket.number,
            text="Det är rättat.",
            by=world.actor(office.agent),
            now=world.NOW + timedelta(minutes=10),
        )
        world.make_project(office.organisation, manager=office.agent)
        write_note(
            scope=office.scope,
            organisation_id=office.organisation.pk,
            text=f"Anteckning {number}",
            by=world.actor(office.agent),
            now=world.NOW,
        )


def test_story_of_an_account_manager_before_the_yearly_meeting(office: Office) -> None:
    fill(office, 1)
    client = signed_in(manager_of(office, office.organisation).account)

    listed = client.get(f"/{office.desk.slug}/workspace/customers/").content.decode()
    kept = client.post(page(office, office.organisation, "notes/"), {"text": "Ny ekonomichef i vår."}, follow=True)
    shown = client.get(page(office, office.organisation, "report/")).content.decode()
    pdf = client.get(page(office, office.organisation, "report.pdf?language=en"))

    assert names_in(listed) == ["Åsklinge kommun"]
    assert "Ny ekonomichef i vår." in kept.content.decode()
    assert "Ny ekonomichef i vår." not in shown
    assert "Svarsmål vi höll" in shown
    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_somebody_of_another_desk_finds_nothing(office: Office) -> None:
    abroad = signed_in(world.make_staff(world.make_desk("baver"), may_administer=True).account)

    statuses = {abroad.get(page(office, office.organisation, end)).status_code for end in ("", "report/", "report.pdf")}

    assert statuses == {HTTPStatus.NOT_FOUND}


def test_customer_of_another_desk_is_not_found(office: Office) -> None:
    far = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    client = signed_in(world.make_staff(office.desk, may_administer=True).account)

    statuses = {client.get(page(office, far, end)).status_code for end in ("", "report/", "report.pdf")}
    statuses.add(client.post(page(office, far, "notes/"), {"text": "Hej"}).status_code)

    assert (statuses, CustomerNote.unscoped.count()) == ({HTTPStatus.NOT_FOUND}, 0)


def test_t44_agent_who_is_not_responsible_sees_neither_notes_nor_hours_nor_report(office: Office) -> None:
    fill(office, 1)
    agent = signed_in(world.make_staff(office.desk, name="Sara Norrby").account)

    body = agent.get(page(office, office.organisation)).content.decode()
    statuses = {
        agent.get(page(office, office.organisation, "report/")).status_code,
        agent.post(page(office, office.organisation, "notes/"), {"text": "Hej"}).status_code,
    }

    assert ("Person 0" in body, "Anteckning 0" in body, "Småjobb" in body) == (True, False, False)
    assert statuses == {HTTPStatus.NOT_FOUND}


def test_note_keeps_what_it_said_before(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)
    client.post(page(office, office.organisation, "notes/"), {"text": "Möte i maj"})
    first = CustomerNote.unscoped.get()

    client.post(f"/{office.desk.slug}/workspace/customers/notes/{first.pk}/", {"text": "Möte i juni"})
    body = client.get(page(office, office.organisation)).content.decode()

    assert ("Möte i maj" in body, "Möte i juni" in body) == (True, True)


def test_t75_note_that_a_colleague_has_changed_is_not_overwritten(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)
    client.post(page(office, office.organisation, "notes/"), {"text": "Möte i maj"})
    address = f"/{office.desk.slug}/workspace/customers/notes/{CustomerNote.unscoped.get().pk}/"
    client.post(address, {"text": "Möte i juni"})

    late = client.post(address, {"text": "Möte i juli"})

    assert late.status_code == HTTPStatus.CONFLICT
    assert "Möte i juli" in late.content.decode()
    assert CustomerNote.unscoped.filter(text="Möte i juli").count() == 0


def test_note_taken_away_is_gone_from_the_page(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)
    client.post(page(office, office.organisation, "notes/"), {"text": "Möte i maj"})
    note = CustomerNote.unscoped.get()

    client.post(f"/{office.desk.slug}/workspace/customers/notes/{note.pk}/", {"do": "away"})

    assert "Möte i maj" not in client.get(page(office, office.organisation)).content.decode()


def test_note_without_words_is_refused(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)

    refused = client.post(page(office, office.organisation, "notes/"), {"text": "  \n"})

    assert (refused.status_code, CustomerNote.unscoped.count()) == (HTTPStatus.UNPROCESSABLE_ENTITY, 0)


def test_note_that_is_too_long_is_told_and_kept(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)
    said = "En anteckning rymmer 10 000 tecken, och den här har 10 001. Korta den, eller gör två av den"

    new = read(client.post(page(office, office.organisation, "notes/"), {"text": "a" * 10_001}), status=422)
    client.post(page(office, office.organisation, "notes/"), {"text": "a" * 10_000})
    note = CustomerNote.unscoped.get()
    address = f"/{office.desk.slug}/workspace/customers/notes/{note.pk}/"
    anew = read(client.post(address, {"text": "b" * 10_001}), status=422)

    assert (new.one("#text").text, new.one("#text-error").text) == ("a" * 10_001, f"Fel: {said}")
    assert (anew.one(f"#note-{note.pk}").text, anew.one(f"#note-{note.pk}-error").text) == (
        "b" * 10_001,
        f"Fel: {said}",
    )
    assert anew.one("#text").text == ""
    assert list(CustomerNote.unscoped.values_list("text", flat=True)) == ["a" * 10_000]


def test_report_speaks_the_language_that_was_chosen(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)

    told = {
        language: client.get(page(office, office.organisation, f"report/?language={language}")).content.decode()
        for language in ("sv", "en")
    }

    assert ('<article class="report stack stack--wide" lang="sv">' in told["sv"], "Ert avtal" in told["sv"]) == (
        True,
        True,
    )
    assert ('<article class="report stack stack--wide" lang="en">' in told["en"], "Your agreement" in told["en"]) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    "days",
    [
        "first=2026-05-01&last=2026-04-01",
        "first=1990-01-01",
        "first=x",
        "first=2099-01-01&last=2099-02-01",
        "last=0001-01-01",
    ],
)
def test_report_refuses_days_that_cannot_be(office: Office, days: str) -> None:
    client = signed_in(manager_of(office, office.organisation).account)

    refused = client.get(page(office, office.organisation, f"report/?{days}"))

    assert (refused.status_code, "högst tre år" in refused.content.decode()) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)


def test_report_of_days_that_cannot_be_is_no_file(office: Office) -> None:
    client = signed_in(manager_of(office, office.organisation).account)

    refused = client.get(page(office, office.organisation, "report.pdf?first=x&language=en"), follow=True)

    assert refused.redirect_chain == [
        (page(office, office.organisation, "report/?first=x&language=en"), HTTPStatus.SEE_OTHER)
    ]
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_t43_report_never_tells_a_wishers_own_words(office: Office) -> None:
    reader = ManualReader(office.desk.pk, person_id=office.person.pk)
    words = WishWords(text="Chefen vill slippa se mina siffror", language="sv")
    by = world.actor(office.person)
    wish = send_wish(words, desk=office.desk, reader=reader, person_id=office.person.pk, by=by, now=world.NOW)
    client = signed_in(manager_of(office, office.organisation).account)

    before = client.get(page(office, office.organisation, "report/")).content.decode()
    show_wish(
        {"sv": "Dolda siffror", "en": "Hidden figures"},
        scope=office.scope,
        number=wish.number,
        seen_version=wish.version,
        by=world.actor(office.agent),
        now=world.NOW,
    )
    after = client.get(page(office, office.organisation, "report/")).content.decode()

    assert ("slippa se" in before, "slippa se" in after) == (False, False)
    assert ("1 önskemål är nytt" in before, "Dolda siffror" in after) == (True, True)
