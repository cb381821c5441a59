"""A page whose draft was thrown away or sent from another page meanwhile: no word on it is lost, and that is said."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.test_asking import FAULT
from tests.surfaces.portal.walk import Asking, begin, text_of
from vaxel.domain.tickets.models import Attachment, Draft, ReplyDraft, Ticket


def to_details(bo: Customer) -> tuple[Asking, dict[str, Any]]:
    """A draft at its third step, and what the form there brings with it."""
    asking = begin(bo.client, bo.desk.slug, "Protokollet går inte att skriva ut")
    asking.post("kind", kind="fault", product="baver", topic="protocol")
    return asking, {"seen": "", "kind": "fault", "product": "baver", "topic": "protocol"}


def test_details_of_a_draft_that_was_thrown_away_are_a_new_draft(bo: Customer) -> None:
    asking, form = to_details(bo)
    page = asking.get("details").content.decode()
    assert all(f'type="hidden" name="{name}" value="{form[name]}"' in page for name in ("kind", "product", "topic"))
    asking.post("discard")
    picture = SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    answer = asking.post("details", **form, **{"field-what-happened": "Skrivaren stod still", "files": [picture]})

    draft = Draft.unscoped.get()
    assert answer.headers["Location"] == f"/{bo.desk.slug}/ask/{draft.public_id}/details/"
    assert (draft.data["words"], draft.data["kind"], draft.data["topic"]) == (
        "Skrivaren stod still",
        "fault",
        "protocol",
    )
    assert Attachment.unscoped.filter(draft=draft).count() == 1
    shown = text_of(bo.client.get(answer.headers["Location"]))
    assert "Utkastet var kastat. Det du skrev finns kvar i ett nytt." in shown
    assert "Skrivaren stod still" in shown


def test_empty_form_of_a_draft_that_was_thrown_away_is_nowhere(bo: Customer) -> None:
    asking, form = to_details(bo)
    asking.post("discard")

    assert asking.post("details", **form, **{"field-what-happened": ""}).status_code == 404
    assert not Draft.unscoped.exists()


def test_words_that_come_after_the_question_was_sent_wait_in_the_ticket(bo: Customer) -> None:
    asking, form = to_details(bo)
    asking.post("details", **form, **FAULT)
    asking.post("review")
    ticket = Ticket.unscoped.get()
    answer = asking.post("details", **form, **{**FAULT, "field-what-before": "Jag bytte skrivare"})

    assert answer.headers["Location"] == asking.at("sent")
    assert [(draft.ticket_id, draft.text) for draft in ReplyDraft.unscoped.all()] == [(ticket.pk, "Jag bytte skrivare")]
    assert "Det du skrev här ligger kvar som ett svar i ärendet." in text_of(asking.get("sent"))


def test_words_that_come_late_stand_below_what_waits_in_the_ticket_once(bo: Customer) -> None:
    asking, form = to_details(bo)
    asking.post("details", **form, **FAULT)
    asking.post("review")
    ticket = Ticket.unscoped.get()
    bo.client.post(f"/{bo.desk.slug}/tickets/BAV-{ticket.number}/draft/", {"text": "Förresten:"})
    for _ in range(2):
        asking.post("details", **form, **{**FAULT, "field-what-before": "Jag bytte skrivare"})

    assert ReplyDraft.unscoped.get().text == "Förresten:\n\nJag bytte skrivare"


def test_page_that_was_sent_and_comes_again_unchanged_says_nothing(bo: Customer) -> None:
    asking, form = to_details(bo)
    for _ in range(2):
        asking.post("details", **form, **FAULT)
        asking.post("review")

    assert Ticket.unscoped.count() == 1

    assert not ReplyDraft.unscoped.exists()
    assert "redan skickad" not in text_of(asking.get("sent"))
