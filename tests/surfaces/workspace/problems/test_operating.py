"""Operating notices are written in every language, changed, ended and withdrawn."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from tests.factories import actor
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.problems.models import OperatingNotice
from vaxel.domain.problems.operating import NoticeWords, publish_notice

LIST = "/kompass/workspace/operating/"
WORDS = {"title_sv": "Underhåll", "title_en": "Maintenance", "text_sv": "Allt är stängt.", "text_en": "All is closed."}
TITLE = {"sv": "Underhåll", "en": "Maintenance"}


def publish(office: Office, *, hours: int) -> OperatingNotice:
    """One that begins in so many hours."""
    now = timezone.now()
    words = NoticeWords(title=TITLE, text=TITLE, starts_at=now + timedelta(hours=hours))
    return publish_notice(words, desk=office.desk, by=actor(office.agent), now=now)


def test_notice_is_written_by_the_clock_of_the_desk(office: Office) -> None:
    form = {**WORDS, "starts": "2026-12-01T18:00", "ends": ""}

    page = read(office.client.post(f"{LIST}new/", form, follow=True))

    notice = OperatingNotice.unscoped.get()
    assert (notice.starts_at.isoformat(), notice.ends_at) == ("2026-12-01T17:00:00+00:00", None)
    assert page.one(".list__link").text == "Underhåll"
    form = read(office.client.get(f"{LIST}{notice.pk}/")).one("main form:has(textarea)").fields()
    assert form["starts"] == "2026-12-01T18:00"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"starts": ""}, "starts"),
        ({"starts": "i morgon"}, "starts"),
        ({"starts": "0001-01-01T00:00"}, "starts"),
        ({"ends": "2026-12-01T17:00"}, "ends"),
        ({"ends": "sen"}, "ends"),
        ({"title_en": ""}, "title_en"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(office: Office, typed: dict[str, str], field: str) -> None:
    form = {**WORDS, "starts": "2026-12-01T18:00", "ends": "", **typed}

    page = read(office.client.post(f"{LIST}new/", form), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == [f"#{field}"]
    assert page.one("[name=text_sv]").text == "Allt är stängt."
    assert not OperatingNotice.unscoped.exists()


def test_notice_is_over_when_staff_say_so(office: Office) -> None:
    notice = publish(office, hours=-1)

    page = read(office.client.post(f"{LIST}{notice.pk}/end/", follow=True))

    assert OperatingNotice.unscoped.get().ends_at is not None
    assert page.one(".list__text .badge").text == "Över"


def test_what_has_not_begun_cannot_be_over(office: Office) -> None:
    notice = publish(office, hours=1)

    office.client.post(f"{LIST}{notice.pk}/end/")

    assert OperatingNotice.unscoped.get().ends_at is None


def test_withdrawn_notice_is_gone(office: Office) -> None:
    notice = publish(office, hours=1)

    page = read(office.client.post(f"{LIST}{notice.pk}/withdrawal/", follow=True))

    assert page.all(".list__link") == []
    assert office.client.get(f"{LIST}{notice.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert office.client.post(f"{LIST}{notice.pk}/end/").status_code == HTTPStatus.NOT_FOUND
