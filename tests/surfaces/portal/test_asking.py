"""Asking a question in the portal, from the first word to the ticket."""

import pytest
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, errors_of, signed_in, text_of
from vaxel.domain.tickets.models import Draft, Message, Ticket
from vaxel.domain.tickets.question import CHECKED, IMPACT

WORDS = "Det kommer upp ett oväntat fel när jag sparar målet. Det började i dag."
FAULT = {
    "field-case-reference": "BYGG.2022.194",
    "field-version": "8.9.0",
    "field-what-happened": "Protokollet blir tomt",
    "field-what-before": "Jag skrev ut",
    "impact-0": "1",
    "impact-1": "0",
    "checked": ["restarted-baver", "restarted-computer", "asked-own-it"],
}


def to_details(customer: Customer, **kind: str) -> Asking:
    """As far as the form of an unexpected error."""
    asking = begin(customer.client, customer.desk.slug, WORDS)
    asking.post("kind", **{"kind": "unexpected-error", "product": "suite", **kind})
    return asking


def to_review(customer: Customer, **answers: str) -> Asking:
    """As far as the review of an unexpected error."""
    asking = to_details(customer)
    filled = {"field-description": WORDS, "impact-0": "1", "checked": "read-manual", **answers}
    assert asking.post("details", **filled).headers["Location"] == asking.at("review")
    return asking


def to_fault(customer: Customer, topic: str = "protocol") -> Asking:
    """As far as the form of a Bäver fault."""
    asking = begin(customer.client, customer.desk.slug, "Protokollet blir tomt när jag skriver ut det")
    asking.post("kind", kind="fault", topic=topic)
    return asking


def test_asking_leads_from_words_to_a_ticket(maj: Customer) -> None:
    asking = to_review(maj)
    assert asking.post("review").headers["Location"] == asking.at("sent")

    ticket = Ticket.unscoped.get()
    assert (ticket.subject, ticket.destination, ticket.kind, ticket.product, ticket.priority) == (
        "Det kommer upp ett oväntat fel när jag sparar målet.",
        "support",
        "unexpected-error",
        "suite",
        "normal",
    )
    said = {
        "question": {"sv": "Kan du arbeta vidare?", "en": "Can you go on working?"},
        "answer": {"sv": "Ja, på ett annat sätt", "en": "Yes, in another way"},
    }
    assert ticket.fields == {"description": WORDS, CHECKED: ["read-manual"], IMPACT: [said]}
    assert Message.unscoped.get().text == WORDS
    assert f"{maj.desk.prefix}-{ticket.number}" in text_of(asking.get("sent"))


def test_review_says_who_by_when_and_why(maj: Customer) -> None:
    said = text_of(to_review(maj).get("review"))

    for words in (
        "Vem som svarar Teknisk support",
        "Första svar senast i dag kl. 14.00 om 4 h",
        "Vad det kostar Det ingår i ert avtal.",
        "Fel och sådant som inte fungerar enligt manualen hör till teknisk support.",
        "Du är supportkontakt för din organisation och har gått utbildningen.",
    ):
        assert words in said


def test_asking_in_english_is_english_throughout(maj: Customer) -> None:
    client = signed_in(maj.person, language="en")
    asking = begin(client, maj.desk.slug, "An unexpected error appears when I save")
    asking.post("kind", kind="unexpected-error", product="suite")
    asking.post("details", **{"field-description": "An error", "impact-0": "1", "checked": "read-manual"})
    said = text_of(asking.get("review"))

    assert "Who answers Technical support First answer by today 14:00" in said
    assert text_of(asking.post("review")) == ""
    assert Message.unscoped.get().language == "en"


def test_pressing_send_twice_makes_one_ticket(maj: Customer) -> None:
    asking = to_review(maj)

    answers = [asking.post("review").headers["Location"] for _ in range(2)]

    assert answers == [asking.at("sent")] * 2
    assert Ticket.unscoped.count() == 1


def test_sending_a_question_stays_within_its_queries(
    maj: Customer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asking = to_review(maj)

    with django_assert_max_num_queries(25):
        asking.post("review")


def test_words_are_needed(maj: Customer) -> None:
    response = maj.client.post(f"/{maj.desk.slug}/ask/", {"words": "  "})

    assert response.status_code == 422
    assert errors_of(response) == [("words", "Beskriv vad du behöver hjälp med")]
    assert b"<title>Fel: " in response.content
    assert Draft.unscoped.count() == 0


def test_kind_page_proposes_from_the_words_and_reaches_every_kind(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)
    page = asking.get("kind").content.decode()

    assert page.index('value="unexpected-error"') < page.index('value="agreement"')
    assert page.count('name="kind"') == 13
    assert 'value="unexpected-error" checked' in page


def test_kind_needs_a_product_that_goes_with_it(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)
    response = asking.post("kind", kind="unexpected-error", product="none")

    assert [field for field, _ in errors_of(response)] == ["product"]
    assert 'value="unexpected-error" checked' in response.content.decode()


def test_kind_without_product_needs_none(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, "När löper vårt avtal ut?")

    assert asking.post("kind", kind="agreement", product="none").headers["Location"] == asking.at("details")


def test_kind_about_a_product_says_so_to_whoever_chose_none(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)

    ((field, said),) = errors_of(asking.post("kind", kind="unexpected-error", product="none"))
    assert (field, said.startswith("Den här typen av fråga gäller en produkt. Välj vilken: ")) == ("product", True)


def test_an_unknown_kind_is_asked_for_again(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)

    assert errors_of(asking.post("kind", kind="nonsense", product="suite")) == [
        ("kind", "Välj vad din fråga handlar om")
    ]


def test_details_come_back_with_all_that_was_typed(bo: Customer) -> None:
    asking = to_fault(bo)
    response = asking.post(
        "details",
        **FAULT | {"field-version": "åtta", "field-case-reference": "194", "field-what-before": "", "checked": []},
    )

    assert response.status_code == 422
    assert errors_of(response) == [
        ("field-case-reference", "Ett ärendenummer ser ut så här: BYGG.2022.194."),
        ("field-version", "En version är tre tal med punkt emellan, till exempel 8.9.0."),
        ("field-what-before", "Svara på frågan ”Vad gjorde du strax innan?”"),
        ("checked", "Kryssa i varje sak när du har gjort den"),
    ]
    page = response.content.decode()
    for typed in (
        'value="åtta"',
        'value="194"',
        "Protokollet blir tomt",
        'aria-describedby="field-version-hint field-v',
    ):
        assert typed in page


def test_what_was_wrong_is_kept_in_the_draft_too(bo: Customer) -> None:
    asking = to_fault(bo)
    asking.post("details", **FAULT | {"field-version": "åtta"})

    assert 'value="åtta"' in asking.get("details").content.decode()


def test_review_leads_back_to_what_is_missing(bo: Customer) -> None:
    asking = to_fault(bo)
    response = asking.get("review")

    assert response.headers["Location"] == asking.at("details") + "?check=yes"
    assert "field-version" in {field for field, _ in errors_of(bo.client.get(response.headers["Location"]))}


def test_a_fault_in_a_case_becomes_a_ticket_with_its_reference(bo: Customer) -> None:
    asking = to_fault(bo)
    asking.post("details", **FAULT)
    asking.post("review")

    ticket = Ticket.unscoped.get()
    assert (ticket.case_reference, ticket.topic, ticket.priority) == ("BYGG.2022.194", "protocol", "normal")
    assert ticket.fields[CHECKED] == FAULT["checked"]


def test_a_critical_fault_asks_what_stands_still(bo: Customer) -> None:
    asking = to_fault(bo, topic="other")
    response = asking.post("details", **FAULT | {"impact-0": "2", "impact-1": "2"})

    assert errors_of(response) == [("field-standstill", "Svara på frågan ”Vad står still, och sedan när?”")]
    asking.post("details", **FAULT | {"impact-0": "2", "impact-1": "2", "field-standstill": "Hela bygglov"})
    asking.post("review")
    ticket = Ticket.unscoped.get()
    assert (ticket.priority, ticket.fields["standstill"]) == ("critical", "Hela bygglov")


def test_a_critical_question_without_a_field_for_it_asks_the_priority_s_own(maj: Customer) -> None:
    asking = to_details(maj)
    answers = {"field-description": WORDS, "impact-0": "3", "checked": "read-manual"}

    assert errors_of(asking.post("details", **answers)) == [
        ("standstill", "Svara på frågan ”Vad står still, och för hur många?”")
    ]
    assert asking.post("details", **answers, standstill="Alla").headers["Location"] == asking.at("review")


def test_urgent_needs_a_deadline_and_shows_the_number(maj: Customer) -> None:
    asking = to_details(maj)
    answers = {"field-description": WORDS, "impact-0": "1", "checked": "read-manual", "urgent": "yes"}

    assert errors_of(asking.post("details", **answers)) == [
        ("field-deadline", "Svara på frågan ”När måste det vara klart?”")
    ]
    asking.post("details", **answers, **{"field-deadline": "2026-11-20"})
    assert "010-555 01 20" in text_of(asking.get("review"))
    asking.post("review")
    assert "010-555 01 20 . Säg att det måste vara klart fredag 20 november." in text_of(asking.get("sent"))


def test_the_number_is_not_shown_to_those_who_are_not_urgent(maj: Customer) -> None:
    assert "010-555 01 20" not in text_of(to_review(maj).get("review"))


def test_the_number_is_not_shown_to_those_without_phone_support(maj: Customer) -> None:
    organisation = world.make_organisation(maj.desk, products=("resource-planning",))
    user = world.make_person(organisation, contact=False, certified=False)
    asking = begin(signed_in(user), maj.desk.slug, WORDS)
    asking.post("kind", kind="unexpected-error", product="resource-planning")
    answers = {"field-description": WORDS, "impact-0": "1", "checked": "read-manual", "urgent": "yes"}
    asking.post("details", **answers, **{"field-deadline": "2026-11-20"})

    said = text_of(asking.get("review"))
    assert "Teknisk support" in said
    assert "010-555 01 20" not in said


def test_a_number_that_is_closed_says_when_it_opens(maj: Customer, thursday_at_ten: Traveller) -> None:
    thursday_at_ten.move_to(world.NOW.replace(hour=21))
    asking = to_details(maj)
    answers = {"field-description": WORDS, "impact-0": "1", "checked": "read-manual", "urgent": "yes"}
    asking.post("details", **answers, **{"field-deadline": "2026-11-20"})

    said = text_of(asking.get("review"))
    assert "Telefonen öppnar i morgon kl. 08.00. 010-555 01 20" in said
    assert "så du får också ringa" not in said


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"colleague_phone": "0555-12"}, "Ange din kollegas namn"),
        ({"colleague_name": "Ida"}, "Ange din kollegas telefonnummer eller e-postadress"),
        ({"colleague_name": "x" * 201}, "Korta namnet: det får ha högst 200 tecken"),
        (
            {"colleague_name": "Ida", "colleague_email": "ida"},
            "Ange din kollegas e-postadress, till exempel namn@kommun.example",
        ),
        (
            {"colleague_name": "Ida", "colleague_phone": "växeln"},
            "Ange din kollegas telefonnummer med siffror, till exempel 0555-123 45",
        ),
        (
            {"colleague_name": "Ida", "colleague_phone": "112", "colleague_copy": "yes"},
            "Ange din kollegas e-postadress, så att svaren kommer fram",
        ),
    ],
)
def test_a_colleague_needs_a_name_and_a_way(bo: Customer, typed: dict[str, str], problem: str) -> None:
    response = to_fault(bo).post("details", **FAULT, **typed)

    assert errors_of(response) == [("colleague_name", problem)]
    for value in typed.values():
        assert f'value="{value}"' in response.content.decode()


def test_asking_for_a_colleague_is_kept_on_the_ticket(bo: Customer) -> None:
    asking = to_fault(bo)
    asking.post("details", **FAULT, colleague_name="Ida Falk", colleague_email="ida@kund.example", colleague_copy="yes")
    asking.post("review")

    assert Ticket.unscoped.get().on_behalf_of == {
        "name": "Ida Falk",
        "phone": "",
        "email": "ida@kund.example",
        "copy": True,
    }


def test_invoices_get_contact_details_and_no_ticket(bo: Customer) -> None:
    asking = begin(bo.client, bo.desk.slug, "Fakturan saknar vår beställarreferens")
    response = bo.client.post(asking.at("kind"), {"kind": "invoice"}, follow=True)

    assert response.redirect_chain[-1][0] == asking.at("review")
    said = text_of(response)
    assert "0570-55 01 00" in said
    assert "ekonomi@baver.example" in said
    assert "Skicka frågan" not in said
    assert asking.post("review").status_code == 200
    assert Ticket.unscoped.count() == 0


def test_another_question_keeps_product_version_and_colleague(bo: Customer) -> None:
    asking = to_fault(bo)
    asking.post("details", **FAULT, colleague_name="Ida Falk", colleague_phone="0555-12")
    asking.post("review")
    number = f"{bo.desk.prefix}-{Ticket.unscoped.get().number}"
    response = bo.client.post(f"/{bo.desk.slug}/ask/", {"words": "En fråga till", "after": number})
    another = Asking(bo.client, bo.desk.slug, response.headers["Location"].split("/")[3])
    another.post("kind", kind="fault", topic="other")

    page = another.get("details").content.decode()
    for kept in ('value="8.9.0"', 'value="Ida Falk"', 'value="0555-12"'):
        assert kept in page
    assert "BYGG.2022.194" not in page.replace("Till exempel BYGG.2022.194.", "")


def test_another_question_knows_no_foreign_ticket(bo: Customer) -> None:
    other = world.make_person(world.make_organisation(bo.desk, plan="support", products=("baver",)), certified=False)
    ticket = world.ask(other, kind="fault", product="baver")

    response = bo.client.post(f"/{bo.desk.slug}/ask/", {"words": "x", "after": f"{bo.desk.prefix}-{ticket.number}"})

    assert response.status_code == 404


def test_a_receipt_before_sending_leads_to_the_review(maj: Customer) -> None:
    asking = to_review(maj)

    assert asking.get("sent").headers["Location"] == asking.at("review")


def test_an_entrance_begins_with_its_product(maj: Customer) -> None:
    page = maj.client.get(f"/{maj.desk.slug}/ask/?product=meetings").content.decode()

    assert 'name="product" value="meetings"' in page


def test_a_closed_channel_is_no_news_to_those_with_a_way_in(maj: Customer) -> None:
    said = text_of(to_review(maj).get("review"))

    assert ("Du kan skriva till oss dygnet runt." in said, "bråttom, till exempel" in said) == (True, False)


def test_a_field_that_the_topic_asks_for_says_why(bo: Customer) -> None:
    said = text_of(to_fault(bo).get("details"))

    assert "Protokoll, objekt och händelser finns i ett ärende. Med numret hittar vi det direkt." in said


def test_review_tells_the_language_of_the_question(maj: Customer) -> None:
    assert "Språk i frågan Svenska" in text_of(to_review(maj).get("review"))
