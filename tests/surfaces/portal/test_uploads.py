"""Files of a question: stored at once, listed, taken away, and kept through every fault."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, errors_of, text_of
from vaxel.domain.tickets.models import Attachment, Message

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
