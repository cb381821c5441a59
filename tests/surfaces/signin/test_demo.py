"""Being somebody by one press: in a demonstration only, and never by accident."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import make_account, make_desk, make_organisation, make_person, make_staff
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.models import Certificate


@pytest.mark.django_db
def test_demo_lists_one_of_each_sort(client: Client) -> None:
    desk = make_desk("kompass", slug="annan")
    both = make_organisation(desk, products=("suite", "meetings"))
    single = make_organisation(desk, products=("meetings",))
    make_person(both, name="Kontakt Ett")
    make_person(both, name="Kontakt Två")
    expired = make_person(both, name="Utgången Karin")
    Certificate.unscoped.filter(person=expired).update(expires_on="2026-02-01")
    make_person(both, name="Otränad Olle", certified=False)
    make_person(both, name="Administratör Ada", may_administer=True)
    make_person(both, name="Användare Ulf", contact=False, certified=False)
    make_person(single, name="Möten Moa", contact=False, certified=False)
    make_staff(desk, name="Support Siv")
    make_staff(desk, name="Support Sten")
    make_staff(desk, name="Ledare Lo", may_administer=True)
    assert _names(client) == [
        "Kontakt Ett",
        "Utgången Karin",
        "Otränad Olle",
        "Administratör Ada",
        "Användare Ulf",
        "Möten Moa",
        "Support Siv",
        "Ledare Lo",
    ]


@pytest.mark.django_db
def test_demo_of_an_example_desk_lists_whom_its_file_names(client: Client) -> None:
    desk = make_desk("kompass", slug="kompass")
    organisation = make_organisation(desk)
    make_person(organisation, name="Någon Annan")
    named = make_person(organisation, name="Anna-Karin")
    account = named.account
    assert account is not None
    account.email = "anna-karin.stahlbrand@asklinge.example"
    account.save(update_fields=["email"])
    page = unescape(client.get("/demo/", headers={"accept-language": "sv"}).content.decode())
    assert _names(client) == ["Anna-Karin"]
    assert page.count("Supportkontakt med giltigt intyg: frågar supporten") == 1


@pytest.mark.django_db
def test_demo_names_both_customers_of_a_person_who_is_at_two(client: Client) -> None:
    desk = make_desk("kompass", slug="kompass")
    at_first = make_person(make_organisation(desk, name="Alvik kommun"), name="Roger Hallström")
    at_second = make_person(make_organisation(desk, name="Östby kommun"), name="Roger Hallström")
    account = at_first.account
    assert account is not None
    account.email = "roger.hallstrom@konsultroger.example"
    account.save(update_fields=["email"])
    at_second.account = account
    at_second.save(update_fields=["account"])
    page = unescape(client.get("/demo/", headers={"accept-language": "sv"}).content.decode())
    assert _names(client) == ["Roger Hallström"]
    assert "Samma person hos två kunder, Alvik kommun och Östby kommun: du väljer när du har loggat in" in page


@pytest.mark.django_db
def test_demo_offers_somebody_where_the_named_people_are_not_there(client: Client) -> None:
    make_person(make_organisation(make_desk("kompass", slug="kompass")), name="Någon Annan")
    assert _names(client) == ["Någon Annan"]


@pytest.mark.django_db
def test_press_signs_in_and_leaves_a_trace(client: Client) -> None:
    person = make_person(make_organisation(make_desk("kompass", slug="kompass")))
    answer = client.post(f"/demo/{person.account_id}/")
    assert answer["Location"] == "/signin/places/"
    assert client.get("/signin/places/")["Location"] == "/kompass/"
    assert AuditEntry.unscoped.get(kind="signed-in").data == {"account_id": person.account_id, "method": "demo"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "customer", "staff"),
    [
        ("/annan/tickets/KOM-1/", "/annan/tickets/KOM-1/", "/annan/workspace/"),
        ("/annan/workspace/tickets/KOM-1/", "/annan/", "/annan/workspace/tickets/KOM-1/"),
        ("/baver/", "/annan/", "/annan/workspace/"),
        ("https://annan.example/annan/", "/annan/", "/annan/workspace/"),
    ],
)
def test_whoever_was_on_the_way_to_a_page_comes_there(client: Client, wanted: str, customer: str, staff: str) -> None:
    desk = make_desk("kompass", slug="annan")
    make_person(make_organisation(desk), name="Kontakt Ett")
    make_staff(desk, name="Support Siv")
    signin = client.get("/signin/", {"next": wanted}).content.decode()
    [door] = re.findall(r'href="(/demo/(?:\?[^"]*)?)"', unescape(signin))
    page = client.get("/demo/", {"next": wanted}).content.decode()
    ways = re.findall(r'action="/demo/\d+/">.*?name="next" value="([^"]*)"', unescape(page), re.DOTALL)
    assert (ways, door.startswith("/demo/?next=")) == ([customer, staff], not wanted.startswith("https:"))


@pytest.mark.django_db
def test_mails_of_a_demonstration_are_read_in_the_browser(client: Client, settings: Settings) -> None:
    account = make_account(email="maj@kund.example")
    client.post("/signin/", {"email": account.email})
    settings.DEMO = False
    client.post("/signin/", {"email": account.email})
    settings.DEMO = True
    page = client.get("/demo/sign-in-mails/").content.decode()
    (code,) = re.findall(r"<h2>(\d{4}-\d{4}) ", page)
    assert page.count("maj@kund.example") == 1
    assert page.count(code) == 2


@pytest.mark.django_db
def test_press_by_get_signs_nobody_in(client: Client) -> None:
    account = make_account()
    assert client.get(f"/demo/{account.pk}/").status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_press_changes_from_one_person_to_another(client: Client) -> None:
    first, second = make_account(), make_account()
    client.post(f"/demo/{first.pk}/")
    before = client.session.session_key
    client.post(f"/demo/{second.pk}/")
    assert client.session["_auth_user_id"] == str(second.pk)
    assert client.session.session_key != before


@pytest.mark.django_db
def test_demo_is_shut_when_a_real_account_is_there(client: Client) -> None:
    account = make_account()
    make_account(email="maj.ekdahl@kommun.se")
    desk = make_desk()
    for page in (
        "",
        "sign-in-mails/",
        "mail/",
        f"mail/{desk.slug}/",
        f"mail/{desk.slug}/1/",
        f"mail/{desk.slug}/1/html/",
    ):
        assert client.get(f"/demo/{page}").status_code == 403, page
    assert client.post(f"/demo/{account.pk}/").status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_demo_is_not_there_without_demo_mode(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    account = make_account()
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{account.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("base_url", "public", "routes"),
    [
        ("http://127.0.0.1:8000", "", "True"),
        ("https://support.kommun.example", "", "refused"),
        ("https://support.kommun.example", "yes", "refused"),
        ("https://support.kommun.example", "yes, everybody may sign in as anybody", "True"),
    ],
)
def test_demo_mode_starts_on_loopback_or_on_purpose_only(
    tmp_path: Path, base_url: str, public: str, routes: str
) -> None:
    assert _start(tmp_path, VAXEL_DEMO="true", VAXEL_BASE_URL=base_url, VAXEL_DEMO_PUBLIC=public) == routes


def test_demo_addresses_do_not_exist_in_production(tmp_path: Path) -> None:
    assert _start(tmp_path, VAXEL_DEMO="false", VAXEL_BASE_URL="https://support.kommun.example") == "False"


@pytest.mark.parametrize(
    ("base_url", "cookie"),
    [("https://support.kommun.example", "__Host-vaxel True"), ("http://127.0.0.1:8000", "vaxel False")],
)
def test_session_cookie_is_bound_to_the_host_over_https(tmp_path: Path, base_url: str, cookie: str) -> None:
    source = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    assert _run(tmp_path, source, VAXEL_BASE_URL=base_url).stdout.strip() == cookie


def _start(folder: Path, **variables: str) -> str:
    """Whether a process with these variables has the demonstration's addresses, or "refused" to start."""
    source = (
        "import django; django.setup()\n"
        "from vaxel.surfaces.signin import urls\n"
        "print(any(str(one.pattern) == 'demo/' for one in urls._own))"
    )
    done = _run(folder, source, **variables)
    return "refused" if "VAXEL_DEMO lets everybody sign in as anybody" in done.stderr else done.stdout.strip()


def _run(folder: Path, source: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own interpreter and text
        [sys.executable, "-c", source],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")},
            "DJANGO_SETTINGS_MODULE": "vaxel.project.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "VAXEL_DATA": str(folder),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _names(client: Client) -> list[str]:
    page = unescape(client.get("/demo/").content.decode())
    main = page[page.index("<main") : page.index("</main>")]
    return [name.strip() for name in re.findall(r"<button[^>]*>([^<]*)</button>", main)]
