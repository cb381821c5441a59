"""The pages of those who administer an organisation: people, seats, deputies, trainings, lists."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.workspace.reading import read
from vaxel.domain.administration.models import CertificateClaim, SeatChange, SeatWish
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.appointing import describe_person
from vaxel.domain.people.models import Account, Person, Seat

NOT_A_NAME = "Skriv bara namnet, utan webbadresser, mejladresser, @, snedstreck eller < och >"
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def siv(maj: Customer) -> Person:
    """A colleague who is a user."""
    return world.make_person(maj.organisation, name="Siv Ahl", contact=False, certified=False)


@pytest.fixture
def client(maj: Customer) -> Client:
    """Maj, who administers from now on."""
    Person.unscoped.filter(pk=maj.person.pk).update(may_administer=True)
    return maj.client


def at(maj: Customer, path: str = "") -> str:
    return f"/{maj.desk.slug}/organisation/{path}"


def seated(maj: Customer) -> list[str]:
    return list(
        Seat.unscoped.filter(organisation=maj.organisation).order_by("pk").values_list("person__name", flat=True)
    )


def agreement_id(maj: Customer) -> int:
    return maj.organisation.agreements.get().pk


def test_page_tells_seats_people_and_what_needs_a_hand(maj: Customer, client: Client, siv: Person) -> None:
    body = client.get(at(maj)).content.decode()

    for words in ("Enterprise", "1 av 10 platser tagna, 9 lediga", "Siv Ahl", "Maj Ekdahl", "Vår organisation"):
        assert words in body


@pytest.mark.parametrize("people", [1, 3])
def test_page_reads_the_same_number_of_times(
    maj: Customer, client: Client, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        world.make_person(maj.organisation, name=f"Siv {number}", contact=number % 2 == 0)

    with django_assert_num_queries(11):
        client.get(at(maj))


def test_colleague_page_reads_a_known_number_of_times(
    maj: Customer, client: Client, siv: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(13):
        client.get(at(maj, f"people/{siv.pk}/"))


def test_those_who_do_not_administer_find_nothing(maj: Customer) -> None:
    assert maj.client.get(at(maj)).status_code == 404


def test_invited_colleague_has_an_account_and_a_seat(maj: Customer, client: Client) -> None:
    sent = {"email": "Ny@kund.example", "name": "Ny Person", "language": "en", "agreement": agreement_id(maj)}

    client.post(at(maj, "people/new/"), sent | {"may_approve": "yes"})

    person = Person.unscoped.get(email="ny@kund.example")
    account = Account.objects.get(email="ny@kund.example")
    assert (person.account, person.may_approve, person.may_administer, account.language) == (account, True, False, "en")
    assert seated(maj) == ["Maj Ekdahl", "Ny Person"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "nej", "name": "Ny"}, "Skriv en mejladress"),
        ({"email": "ny@kund.example", "name": ""}, "Skriv personens namn"),
        ({"email": "ny@kund.example", "name": "x" * 201}, "Korta namnet: det får ha högst 200 tecken"),
    ],
)
def test_invitation_with_a_fault_says_what_is_wrong(
    maj: Customer, client: Client, sent: dict[str, str], said: str
) -> None:
    answer = client.post(at(maj, "people/new/"), sent)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_invitation_with_several_faults_names_all_of_them_with_links(maj: Customer, client: Client) -> None:
    page = read(client.post(at(maj, "people/new/"), {"email": "", "name": ""}), status=422)

    links = [(link.attributes["href"], link.text) for link in page.all(".error-summary__link")]
    assert links == [
        ("#email", "Skriv en mejladress, till exempel namn@kommun.example"),
        ("#name", "Skriv personens namn"),
    ]


def test_account_that_the_vendor_closed_stays_closed(maj: Customer, client: Client) -> None:
    Account.objects.create(email="ut@kund.example", name="Ute", is_active=False)

    answer = client.post(at(maj, "people/new/"), {"email": "ut@kund.example", "name": "Ute"})

    assert (answer.status_code, Account.objects.get(email="ut@kund.example").is_active) == (422, False)


def test_rights_are_given_and_the_last_administrator_stays(maj: Customer, client: Client, siv: Person) -> None:
    client.post(at(maj, f"people/{siv.pk}/"), {"name": "Siv Berg", "may_see_organisation": "yes"})
    answer = client.post(at(maj, f"people/{maj.person.pk}/"), {"name": "Maj Ekdahl"})

    siv.refresh_from_db()
    assert (siv.name, siv.may_see_organisation, siv.may_approve) == ("Siv Berg", True, False)
    assert (answer.status_code, Person.unscoped.get(pk=maj.person.pk).may_administer) == (422, True)


def test_t75_two_administrators_do_not_overwrite_each_other(maj: Customer, client: Client, siv: Person) -> None:
    address = at(maj, f"people/{siv.pk}/")
    form = read(client.get(address)).one("#person-form").fields()
    describe_person(siv, profile={"title": "Chef", "may_approve": True}, by=SYSTEM, now=world.NOW)

    faulty = read(client.post(address, form | {"name": ""}), status=422).one("#person-form").fields()
    page = read(client.post(address, faulty | {"name": "Siv Alm"}), status=422)

    told = "Någon har ändrat det här sedan du öppnade sidan. Se vad som gäller nu och spara igen"
    assert [(link.attributes["href"], link.text) for link in page.all(".error-summary__link")] == [
        ("#person-form", told)
    ]
    holds = page.one(".notice--info")
    assert ("· Chef" in holds.text, [each.text for each in holds.all("li")]) == (True, ["Godkänner kostnader"])
    client.post(address, page.one("#person-form").fields())
    siv.refresh_from_db()
    assert (siv.name, siv.title, siv.may_approve) == ("Siv Alm", "", False)


def test_administrator_gives_others_the_right_to_approve_and_never_themselves(
    maj: Customer, client: Client, siv: Person
) -> None:
    """The yes to a cost and the right to say it come from two people."""
    own = {"name": "Maj Ekdahl", "may_administer": "yes", "may_approve": "yes"}
    answer = client.post(at(maj, f"people/{maj.person.pk}/"), own)
    refused = Person.unscoped.get(pk=maj.person.pk).may_approve
    client.post(at(maj, f"people/{siv.pk}/"), {"name": "Siv Ahl", "may_approve": "yes"})
    Person.unscoped.filter(pk=maj.person.pk).update(may_approve=True)
    kept = client.post(at(maj, f"people/{maj.person.pk}/"), own)

    assert (answer.status_code, refused) == (422, False)
    assert "Ingen ger sig själv rätten att godkänna kostnader" in answer.content.decode()
    assert Person.unscoped.get(pk=siv.pk).may_approve
    assert (kept.status_code, Person.unscoped.get(pk=maj.person.pk).may_approve) == (303, True)


def test_seat_is_given_and_taken_back(maj: Customer, client: Client, siv: Person) -> None:
    address = at(maj, f"people/{siv.pk}/seat/")
    client.post(address, {"agreement": agreement_id(maj), "action": "give"})
    given = seated(maj)
    client.post(address, {"agreement": agreement_id(maj), "action": "take"})

    assert (given, seated(maj)) == (["Maj Ekdahl", "Siv Ahl"], ["Maj Ekdahl"])


def test_full_seats_mean_a_place_in_line(maj: Customer, client: Client, siv: Person) -> None:
    maj.organisation.agreements.update(seats=1)

    client.post(at(maj, f"people/{siv.pk}/seat/"), {"agreement": agreement_id(maj), "action": "give"})

    assert [wish.person for wish in SeatWish.unscoped.all()] == [siv]
    assert "plats 1 i kön" in client.get(at(maj, f"people/{siv.pk}/")).content.decode()


def test_deputy_is_planned_and_called_off(maj: Customer, client: Client, siv: Person) -> None:
    sent = {"agreement": agreement_id(maj), "sort": "deputy", "who": siv.pk}
    client.post(at(maj, f"people/{maj.person.pk}/change/"), sent | {"starts_on": "2026-12-01", "ends_on": "2026-12-24"})
    planned = SeatChange.unscoped.get()
    shown = client.get(at(maj)).content.decode()
    client.post(at(maj, f"changes/{planned.pk}/calling-off/"))

    assert "Siv Ahl vikarierar för Maj Ekdahl 1 dec. 2026–24 dec. 2026" in shown
    assert SeatChange.unscoped.get().state == "cancelled"


def test_change_that_cannot_be_says_why_beside_the_field(maj: Customer, client: Client, siv: Person) -> None:
    sent = {"agreement": agreement_id(maj), "sort": "successor", "who": siv.pk, "starts_on": "2026-01-01"}

    body = client.post(at(maj, f"people/{maj.person.pk}/change/"), sent).content.decode()

    assert 'id="successor-starts_on-error"' in body


def test_training_waits_for_the_desk_with_its_proof(maj: Customer, client: Client, siv: Person) -> None:
    sent = {"passed_on": "2026-10-01", "told": "Administratörskursen i Umeå"}
    client.post(at(maj, f"people/{siv.pk}/training/"), {**sent, "proof": SimpleUploadedFile("intyg.pdf", PDF)})

    claim = CertificateClaim.unscoped.get()
    file = client.get(at(maj, f"proofs/{claim.pk}/"))
    assert (claim.passed_on, claim.state, claim.content_type) == (date(2026, 10, 1), "waiting", "application/pdf")
    assert (file.content, file.headers["Content-Disposition"]) == (PDF, 'attachment; filename="intyg.pdf"')


@pytest.mark.parametrize(
    ("sent", "file", "fault"),
    [
        ({"passed_on": "2026-12-24", "told": "x"}, None, "passed_on"),
        ({"passed_on": "", "told": "x"}, None, "passed_on"),
        ({"passed_on": "2026-10-01"}, None, "told"),
        ({"passed_on": "2026-10-01"}, b"<script>", "proof"),
    ],
)
def test_training_without_sense_is_refused(
    maj: Customer, client: Client, siv: Person, sent: dict[str, str], file: bytes | None, fault: str
) -> None:
    files = {} if file is None else {"proof": SimpleUploadedFile("intyg.pdf", file)}

    body = client.post(at(maj, f"people/{siv.pk}/training/"), {**sent, **files}).content.decode()

    assert (f'id="{fault}-error"' in body, CertificateClaim.unscoped.count()) == (True, 0)


def test_somebody_who_left_is_out_and_may_come_back(maj: Customer, client: Client, siv: Person) -> None:
    address = at(maj, f"people/{siv.pk}/leaving/")
    client.post(address)
    siv.refresh_from_db()
    left = (siv.is_active, "Siv Ahl" in client.get(at(maj, "?left")).content.decode())
    client.post(address, {"back": "yes"})
    siv.refresh_from_db()

    assert (left, siv.is_active) == ((False, True), True)


def test_list_is_shown_before_anybody_is_invited(maj: Customer, client: Client, siv: Person) -> None:
    people = f"namn;e-post;titel\nEva Ek;eva@kund.example;Chef\nSiv Ahl;{siv.email};\n"
    preview = client.post(at(maj, "people/list/"), {"people": people}).content.decode()
    before = Person.unscoped.filter(email="eva@kund.example").exists()

    client.post(at(maj, "people/list/"), {"people": people, "take-in": "yes"})

    assert ("Bjud in 1 person" in preview, before) == (True, False)
    assert Person.unscoped.get(email="eva@kund.example").title == "Chef"


def test_list_with_a_fault_invites_nobody(maj: Customer, client: Client) -> None:
    people = "name\temail\nEva Ek\teva@kund.example\nBo Ek\tbo\nEva Ek\teva@kund.example\n"

    body = client.post(at(maj, "people/list/"), {"people": people, "take-in": "yes"}).content.decode()

    assert ("2 rader behöver rättas" in body, Person.unscoped.filter(name="Eva Ek").exists()) == (True, False)


def test_list_tells_what_is_wrong_with_a_name(maj: Customer, client: Client) -> None:
    people = f"namn;e-post\n;a@kund.example\n<b>Bo</b>;b@kund.example\n{'x' * 201};c@kund.example\n"

    page = read(client.post(at(maj, "people/list/"), {"people": people, "take-in": "yes"}), status=422)

    assert [(each.attributes["href"], each.text) for each in page.all(".error-summary__link")] == [
        ("#line-2", "Rad 2: Namnet saknas"),
        ("#line-3", f"Rad 3: {NOT_A_NAME}"),
        ("#line-4", "Rad 4: Korta namnet: det får ha högst 200 tecken"),
    ]
    assert page.one("#line-3 .field__error").text == NOT_A_NAME
    assert not Person.unscoped.filter(email="c@kund.example").exists()


def test_list_without_anybody_is_said(maj: Customer, client: Client) -> None:
    answer = client.post(at(maj, "people/list/"), {"people": "namn;e-post\n"})

    assert (answer.status_code, "Ingen står under rubrikerna" in answer.content.decode()) == (422, True)


def test_list_saved_as_unicode_text_is_read(maj: Customer, client: Client) -> None:
    file = SimpleUploadedFile("folk.txt", "namn\te-post\nÅsa Ek\tasa@kund.example\n".encode("utf-16"))

    answer = client.post(at(maj, "people/list/"), {"file": file})

    assert ("Åsa Ek" in answer.content.decode(), answer.status_code) == (True, 200)


def test_whoever_has_lent_the_seat_is_not_put_in_line(maj: Customer, client: Client, siv: Person) -> None:
    sent = {"agreement": agreement_id(maj), "sort": "deputy", "who": siv.pk}
    days = {"starts_on": "2026-11-19", "ends_on": "2026-11-24"}
    client.post(at(maj, f"people/{maj.person.pk}/change/"), sent | days)

    body = client.get(at(maj, f"people/{maj.person.pk}/")).content.decode()

    assert ("Platsen kommer tillbaka av sig själv" in body, "Ställ i kö" in body) == (True, False)


def test_list_whose_quotation_mark_never_ends_is_refused(maj: Customer, client: Client) -> None:
    people = 'name;email\n"Eva Ek;' + "a" * 140_000

    answer = client.post(at(maj, "people/list/"), {"people": people})

    assert "Filen är ingen text" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["Vinn pris på evil.example", "https://evil.example", "eva@kund.example", "<b>Eva</b>"]
)
def test_t19_nobody_is_greeted_by_an_address(maj: Customer, client: Client, name: str) -> None:
    form = {"name": name, "email": "eva@kund.example", "language": "sv"}
    page = client.post(at(maj, "people/new/"), form)
    listed = f"namn;e-post\n{name};eva@kund.example\n"
    client.post(at(maj, "people/list/"), {"people": listed, "take-in": "yes"})

    assert "Skriv bara namnet, utan webbadresser" in page.content.decode()
    assert not Person.unscoped.filter(email="eva@kund.example").exists()


def test_signs_that_turn_a_sentence_around_are_no_part_of_a_name_or_title(maj: Customer, client: Client) -> None:
    form = {"name": "Eva \u202eEk\u200b", "title": "\u2067Chef", "email": "eva@kund.example", "language": "sv"}
    client.post(at(maj, "people/new/"), form)

    eva = Person.unscoped.get(email="eva@kund.example")
    assert (eva.name, eva.title) == ("Eva Ek", "Chef")


def test_t59_trainings_that_wait_are_bounded(maj: Customer, client: Client, siv: Person) -> None:
    for day in range(1, 12):
        form = {"passed_on": f"2026-01-{day:02}", "told": "Kurs"}
        page = client.post(at(maj, f"people/{siv.pk}/training/"), form)

    assert "Vänta på vårt svar" in page.content.decode()
    assert CertificateClaim.unscoped.filter(person=siv).count() == 10


def test_t47_agreement_that_has_ended_gives_no_seats(maj: Customer, client: Client, siv: Person) -> None:
    maj.organisation.agreements.update(ends_on=date(2026, 11, 1))
    said = {"agreement": str(agreement_id(maj))}
    new = {"name": "Eva Ek", "email": "eva@kund.example", "language": "sv", **said}

    answers = [
        client.post(at(maj, f"people/{siv.pk}/seat/"), {"action": "give", **said}).status_code,
        client.post(at(maj, "people/new/"), new).status_code,
    ]

    assert (answers, siv.seats.exists(), Person.unscoped.filter(name="Eva Ek").exists()) == ([404, 404], False, False)


MISSING = "Siv Ahl har inget giltigt intyg, och kan fråga oss först när det finns ett. Boka en plats på utbildningen"


def test_whoever_lacks_the_training_is_marked_before_they_are_chosen(
    maj: Customer, client: Client, siv: Person
) -> None:
    world.make_person(maj.organisation, name="Eva Ek", contact=False)

    body = client.get(at(maj, f"people/{maj.person.pk}/")).content.decode()

    assert ("Siv Ahl (inget giltigt intyg)" in body, "Eva Ek (inget" in body) == (True, False)


@pytest.mark.parametrize("way", ["deputy", "successor", "seat"])
def test_what_a_new_contact_lacks_is_said_at_once(maj: Customer, client: Client, siv: Person, way: str) -> None:
    sent = {"agreement": str(agreement_id(maj)), "sort": way, "who": str(siv.pk), "action": "give"}
    page = f"people/{siv.pk}/seat/" if way == "seat" else f"people/{maj.person.pk}/change/"
    days = {"starts_on": timezone.localdate() + timedelta(days=9), "ends_on": timezone.localdate() + timedelta(days=19)}

    body = client.post(at(maj, page), sent | days, follow=True).content.decode()

    assert MISSING in body


def test_nothing_is_said_of_a_trained_contact(maj: Customer, client: Client) -> None:
    eva = world.make_person(maj.organisation, name="Eva Ek", contact=False)
    sent = {"agreement": str(agreement_id(maj)), "action": "give"}

    body = client.post(at(maj, f"people/{eva.pk}/seat/"), sent, follow=True).content.decode()

    assert ("är supportkontakt nu" in body, "kan fråga oss först när" in body) == (True, False)
