"""The second text played through: every kind and topic, for those responsible for the system and for the others."""

from datetime import UTC, datetime

import pytest

from tests.stories.portal.asked import ask_by_portal
from tests.stories.portal.conftest import Baver

#: Asked at 10, before the cut-off at 15: the same day, when the office closes.
THE_SAME_DAY = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("topic", ["protocol", "template", "object", "event", "other"])
@pytest.mark.parametrize("kind", ["fault", "how-to"])
def test_questions_about_the_system_reach_the_help_desk(baver: Baver, kind: str, topic: str) -> None:
    told = ask_by_portal(baver.responsible, "Protokollet blir tomt", kind=kind, topic=topic)

    assert "Vem som svarar Bävers helpdesk" in told.said
    assert "Första svar senast i dag kl. 17.00" in told.said
    assert (told.destination, told.promise) == ("support", THE_SAME_DAY)
    assert told.ticket is not None
    assert told.ticket.topic == topic


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["invoice", "agreement"])
@pytest.mark.parametrize("asker", ["responsible", "user"])
def test_invoices_and_agreements_are_taken_by_phone_or_mail(baver: Baver, asker: str, kind: str, language: str) -> None:
    person = baver.responsible if asker == "responsible" else baver.user
    told = ask_by_portal(person, "Det gäller en faktura", kind=kind, language=language)

    assert told.ticket is None
    assert "0570-55 01 00" in told.said
    assert "ekonomi@baver.example" in told.said
    heading = {"sv": "Fakturor och avtal: ring eller mejla", "en": "Invoices and agreements: call or mail"}
    assert heading[language] in told.said


@pytest.mark.parametrize("kind", ["fault", "how-to"])
def test_everybody_else_speaks_with_those_responsible_first(baver: Baver, kind: str) -> None:
    told = ask_by_portal(baver.user, "Protokollet blir tomt", kind=kind, topic="other")

    assert "Vem som svarar Era systemansvariga" in told.said
    assert "Bo Ahl" in told.said
    assert "Prata först med den som är systemansvarig hos er." in told.said
    assert (told.destination, told.promise) == ("local-contacts", None)


def test_a_fault_in_english_is_english_throughout(baver: Baver) -> None:
    told = ask_by_portal(baver.responsible, "The minutes come out empty", kind="fault", topic="protocol", language="en")

    assert "Who answers The Bäver help desk First answer by today 17:00" in told.said
    assert "What did you do just before? Jag skrev ut." in told.said


def test_the_form_s_answers_are_kept(baver: Baver) -> None:
    told = ask_by_portal(baver.responsible, "Protokollet blir tomt", kind="fault", topic="protocol")

    assert told.ticket is not None
    assert told.ticket.case_reference == "BYGG.2022.194"
    assert told.ticket.fields == {
        "_impact": [
            {
                "question": {"sv": "Kan du arbeta vidare?", "en": "Can you go on working?"},
                "answer": {"sv": "Ja, trots felet", "en": "Yes, despite the fault"},
            },
            {
                "question": {"sv": "Hur många berörs?", "en": "How many are affected?"},
                "answer": {"sv": "Bara jag", "en": "Only me"},
            },
        ],
        "case-reference": "BYGG.2022.194",
        "version": "8.9.0",
        "what-happened": "Så här blir det.",
        "what-before": "Jag skrev ut.",
        "_checked": ["restarted-baver", "restarted-computer", "asked-own-it"],
    }
