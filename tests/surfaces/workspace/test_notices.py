"""Staff and customers choose which mails they get; the two pages have one form."""

from http import HTTPStatus

import pytest

from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.models import NoticeChoices
from vaxel.domain.notices.ways import DEFAULTS

PAGES = {"staff": "/kompass/workspace/notices/", "person": "/kompass/notices/"}


@pytest.mark.parametrize("who", PAGES)
def test_what_is_chosen_is_kept_and_shown(who: str, office: Office) -> None:
    client = office.client if who == "staff" else signed_in(office.person.account)
    form = read(client.get(PAGES[who])).one("main form").fields()
    assert {name: form[name] for name in DEFAULTS[who]} == dict(DEFAULTS[who])
    assert form["digest_hour"] == "8"

    first = next(iter(DEFAULTS[who]))
    page = read(client.post(PAGES[who], {**form, first: "digest", "digest_hour": "16"}, follow=True))

    assert page.one(".toast__text").text == "Dina val är sparade."
    kept = page.one("main form").fields()
    assert (kept[first], kept["digest_hour"]) == ("digest", "16")
    row = NoticeChoices.unscoped.get()
    assert (row.desk, row.staff_id is not None) == (office.desk, who == "staff")


@pytest.mark.parametrize("hour", ["24", "-1", "x", "", "9999999999"])
def test_an_hour_that_no_day_has_is_eight(hour: str, office: Office) -> None:
    answer = office.client.post(PAGES["staff"], {"digest_hour": hour, "handed-over": "off"})

    assert answer.status_code == HTTPStatus.SEE_OTHER
    row = NoticeChoices.unscoped.get()
    assert (row.digest_hour, row.ways) == (8, {})
