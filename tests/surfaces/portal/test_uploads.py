"""Files of a question: stored at once, listed, taken away, and kept through every fault."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from time_machine import Traveller

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, errors_of, text_of
from vaxel.domain.tickets.attachments import AttachmentError, Incoming, store_for_draft
from vaxel.domain.tickets.models import Attachment, Blob, Draft, Message

ANSWERS = {"field-description": "Det blir fel", "impact-0": "1", "checked": "read-manual"}


@pytest.fixture
def asking(maj: Customer) -> Asking:
    asking = begin(maj.client, maj.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    return asking


def file(name: str = "fel.png", content: bytes = b"png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_files_go_with_the_question(asking: Asking) -> None:
    asking.post("details", **ANSWERS, files=[file("ett.png", b"1"), file("två.pdf", b"2")])
    assert "ett.png, två.pdf" in text_of(asking.get("review"))
    asking.post("review")

    sent = Attachment.unscoped.filter(message=Message.unscoped.get()).order_by("pk")
    assert list(sent.values_list("name", "blob__size")) == [("ett.png", 1), ("två.pdf", 1)]


def test_files_survive_a_fault_elsewhere(asking: Asking) -> None:
    response = asking.post("details", **ANSWERS | {"impact-0": ""}, files=file())

    assert [field for field, _ in errors_of(response)] == ["impact-0"]
    assert "fel.png 1 kB" in text_of(response)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("tom.png", b"", "Filen är tom: tom.png. Välj en annan fil"),
        ("stor.png", b"x" * 1001, "Filen måste vara mindre än 1 kB: stor.png"),
        ("knep.exe", b"MZ", "knep.exe är ett program och går inte att skicka. Skicka en bild eller ett dokument i"),
        ("bild.png", b"MZ\x90\0\3\0\0\0", "bild.png är ett program och går inte att skicka. Skicka en bild eller ett"),
        ("lista.txt", b"\x7fELF\2\1\1\0", "lista.txt är ett program och går inte att skicka. Skicka en bild eller ett"),
    ],
)
def test_a_refused_file_says_why_and_costs_nothing_else(
    asking: Asking, settings: Settings, name: str, content: bytes, problem: str
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    response = asking.post("details", **ANSWERS, files=[file("bra.png"), file(name, content)])

    assert [(field, text[: len(problem)]) for field, text in errors_of(response)] == [("files", problem)]
    assert "Det blir fel" in text_of(response)
    assert list(Attachment.unscoped.values_list("name", flat=True)) == ["bra.png"]


def test_words_that_begin_like_a_program_are_taken(asking: Asking) -> None:
    asking.post("details", **ANSWERS, files=[file("lista.txt", b"MZ-nummer: 12")])
    assert Attachment.unscoped.get().name == "lista.txt"


def test_each_refused_file_is_named_at_the_field(asking: Asking) -> None:
    response = asking.post("details", **ANSWERS, files=[file("tom.png", b""), file("knep.exe", b"MZ")])

    assert [field for field, _ in errors_of(response)] == ["files", "files"]
    assert "Fel: Filen är tom: tom.png. Välj en annan fil. knep.exe är ett program" in text_of(response)


def test_a_file_can_be_taken_away(asking: Asking) -> None:
    asking.post("details", **ANSWERS | {"impact-0": ""}, files=file())
    attachment = Attachment.unscoped.get()
    response = asking.post("details", remove=attachment.public_id, **{"field-description": "Nya ord"})

    assert response.headers["Location"] == asking.at("details") + "#files"
    page = text_of(asking.get("details"))
    assert ("fel.png" in page, "Nya ord" in page) == (False, True)


def test_twenty_files_are_enough(asking: Asking) -> None:
    response = asking.post("details", **ANSWERS, files=[file(f"{number}.png") for number in range(21)])

    assert errors_of(response) == [("files", "Du kan bifoga högst 20 filer")]
    assert Attachment.unscoped.count() == 20


def test_whole_folder_of_files_costs_no_words(asking: Asking) -> None:
    response = asking.post("details", **ANSWERS, files=[file(f"{n}.png") for n in range(60)])
    assert errors_of(response) == [("files", "Du kan bifoga högst 20 filer")]
    assert "Det blir fel" in text_of(response)


def kept_on_disk(settings: Settings) -> list[str]:
    return [path.read_text() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_removed_files_leave_no_bytes_that_nothing_else_holds(
    asking: Asking, maj: Customer, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    asking.post("details", **ANSWERS, files=[file("ett.png", b"ett"), file("delad.png", b"delad")])
    other = begin(maj.client, maj.desk.slug, "Det blir fel igen")
    other.post("kind", kind="unexpected-error", product="suite")
    other.post("details", **ANSWERS, files=[file("samma.png", b"delad"), file("tre.png", b"tre")])

    for each in Attachment.unscoped.filter(draft__public_id=asking.draft):
        asking.post("details", **ANSWERS, remove=each.public_id)
    assert sorted(kept_on_disk(settings)) == ["delad", "tre"]
    other.post("discard")
    assert kept_on_disk(settings) == []


def test_t73_one_organisation_gives_only_so_much_in_a_day(
    asking: Asking, settings: Settings, thursday_at_ten: Traveller
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10
    for part in range(4):
        asking.post("details", **ANSWERS, files=[file(f"{part}{n}.png", f"{part}{n:09}".encode()) for n in range(5)])
    Attachment.unscoped.update(created_at=world.NOW - timedelta(hours=23))
    Blob.unscoped.update(size=20)

    refused = asking.post("details", **ANSWERS, files=file("en till.png"))
    thursday_at_ten.shift(timedelta(hours=1, seconds=1))
    taken = asking.post("details", **ANSWERS, remove=Attachment.unscoped.earliest("pk").public_id)
    asking.post("details", **ANSWERS, files=file("en till.png"))

    assert [text for _, text in errors_of(refused)] == [
        "en till.png är mer än vi kan ta emot från er i dag. Bifoga filen i morgon"
    ]
    assert taken.status_code == 302
    assert Attachment.unscoped.filter(name="en till.png").count() == 1


def test_file_from_a_second_tab_after_sending_is_not_dropped_without_a_word(asking: Asking) -> None:
    asking.post("details", **ANSWERS)
    asking.post("review")

    page = asking.client.post(asking.at("details"), {"files": file()}, follow=True)

    assert "Frågan är redan skickad, utan dina filer." in text_of(page)
    assert Attachment.unscoped.count() == 0


def test_file_that_arrives_while_the_question_is_sent_hangs_on_no_draft(maj: Customer, asking: Asking) -> None:
    asking.post("details", **ANSWERS)
    draft = Draft.unscoped.get()
    asking.post("review")

    with pytest.raises(AttachmentError, match="sent"):
        store_for_draft(
            Incoming(name="bild.png", content_type="image/png", size=3, chunks=[b"png"]),
            draft=draft,
            organisation_id=maj.organisation.pk,
            now=world.NOW,
        )

    assert Attachment.unscoped.count() == 0
