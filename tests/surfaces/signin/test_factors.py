"""The second factor: an authenticator app, recovery codes, passkeys."""

import base64
import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.factories import make_account, make_desk, make_staff
from tests.surfaces.signin.conftest import sent_mails, sign_in
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import forget_second_factors
from vaxel.domain.people.models import Account

pytestmark = pytest.mark.django_db

ACTIVATE = "/signin/second-factor/app/"


@pytest.fixture
def account() -> Account:
    return make_account()


def test_app_is_added_with_its_first_code(
    client: Client, account: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, account)
    with django_capture_on_commit_callbacks(execute=True):
        answer = _add_app(client)
    assert answer == "/signin/second-factor/recovery-codes/"
    assert set(Authenticator.objects.filter(user=account).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert [one.subject for one in sent_mails()][-1] == "Ditt konto har ändrats"
    assert AuditEntry.unscoped.get(kind="totp-activated").by_id == account.pk


def test_recovery_codes_are_ten_different_ones(client: Client, account: Account) -> None:
    sign_in(client, account)
    _add_app(client)
    assert len(set(_recovery_codes(client))) == 10


def test_t52_session_gets_a_new_id_when_it_may_do_more(client: Client, account: Account) -> None:
    sign_in(client, account)
    before = client.session.session_key
    _add_app(client)
    assert client.session.session_key != before


def test_code_by_mail_is_followed_by_the_second_factor(client: Client, account: Account) -> None:
    secret = _with_app(account)
    sign_in(client, account)
    assert "_auth_user_id" not in client.session
    with time_machine.travel(_later(), tick=False):
        answer = client.post("/signin/second/", {"code": _code(secret)})
    assert (answer["Location"], client.session["_auth_user_id"]) == ("/signin/places/", str(account.pk))


def test_recovery_code_works_once(client: Client, account: Account) -> None:
    owner = Client()
    sign_in(owner, account)
    _add_app(owner)
    code = _recovery_codes(owner)[0]
    results = []
    for _ in range(2):
        visitor = Client()
        sign_in(visitor, account)
        visitor.post("/signin/second/", {"code": code})
        results.append("_auth_user_id" in visitor.session)
    assert results == [True, False]


def test_t53_app_code_works_once(account: Account) -> None:
    secret = _with_app(account)
    results = []
    with time_machine.travel(_later(), tick=False):
        for _ in range(2):
            visitor = Client()
            sign_in(visitor, account)
            visitor.post("/signin/second/", {"code": _code(secret)})
            results.append("_auth_user_id" in visitor.session)
    assert results == [True, False]


def test_t53_guessing_app_codes_stops(client: Client, account: Account) -> None:
    secret = _with_app(account)
    sign_in(client, account)
    for number in range(6):
        client.post("/signin/second/", {"code": f"00000{number}"})
    with time_machine.travel(_later(), tick=False):
        page = client.post("/signin/second/", {"code": _code(secret)})
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_passkey_page_gives_options_and_refuses_an_invented_answer(client: Client) -> None:
    options = client.get("/signin/passkey/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    for invented in ("", "{}", "[]", "null", json.dumps({"id": "AA", "type": "public-key"})):
        answer = client.post("/signin/passkey/", {"credential": invented})
        assert answer["Location"] == "/signin/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("extensions", [b"\x81" * 3000, b"\x9b" + b"\xff" * 8, b"\x1b"])
def test_t26_bytes_that_no_passkey_makes_are_a_wrong_answer(client: Client, extensions: bytes) -> None:
    """Lists in lists without end, and numbers that are cut off: anybody may send them."""
    told = {"type": "webauthn.get", "challenge": _web(bytes(32)), "origin": "https://kompass.example"}
    response = {
        "clientDataJSON": _web(json.dumps(told).encode()),
        "authenticatorData": _web(bytes(32) + b"\x85" + bytes(4) + extensions),
        "signature": _web(b"signed"),
    }
    answer = json.dumps({"id": "QUE", "rawId": "QUE", "type": "public-key", "response": response})
    assert client.post("/signin/passkey/", {"credential": answer})["Location"] == "/signin/"


@pytest.mark.parametrize("invented", ["[" * 100_000, "9" * 10_000])
def test_t26_text_that_no_passkey_makes_is_a_wrong_answer(client: Client, invented: str) -> None:
    assert client.post("/signin/passkey/", {"credential": invented})["Location"] == "/signin/"


def _web(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def test_staff_without_a_factor_are_led_to_add_one_and_then_enter(client: Client) -> None:
    desk = make_desk("kompass", slug="kompass")
    Desk.objects.filter(pk=desk.pk).update(staff_need_second_factor=True)
    staff = make_staff(desk)
    sign_in(client, staff.account)
    assert client.get("/signin/second-factor/").status_code == 200
    _add_app(client)
    records = client.session["account_authentication_methods"]
    assert [record["method"] for record in records] == ["code", "mfa"]


def test_factor_is_removed_only_after_it_is_shown_once_more(client: Client, account: Account) -> None:
    sign_in(client, account)
    _add_app(client)
    with time_machine.travel(timedelta(minutes=6)):
        for path in ("/signin/second-factor/app/remove/", "/signin/passkeys/new/"):
            assert client.get(path)["Location"].partition("?")[0] == "/signin/confirm/code/"
        assert client.post("/signin/second-factor/app/remove/").status_code == 302
    assert Authenticator.objects.filter(user=account, type="totp").count() == 1


def test_t55_rows_of_factors_hold_no_secret_and_another_key_opens_none(
    client: Client, account: Account, settings: Settings
) -> None:
    sign_in(client, account)
    _add_app(client)
    codes = _recovery_codes(client)
    rows = [str(row.data) for row in Authenticator.objects.filter(user=account)]
    assert [word for word in ("'secret': 'gAAAA", "'seed': 'gAAAA") if not any(word in row for row in rows)] == []
    settings.SECRET_KEY = "another one, as after a restore without the old one"
    visitor = Client()
    sign_in(visitor, account)
    for code in (codes[0], _code(base64.b32encode(b"").decode()), ""):
        visitor.post("/signin/second/", {"code": code})
    assert "_auth_user_id" not in visitor.session


def test_lost_factors_are_forgotten_and_end_all_sessions(client: Client, account: Account) -> None:
    sign_in(client, account)
    _add_app(client)
    _recovery_codes(client)
    assert [forget_second_factors(account, by=SYSTEM, now=timezone.now()) for _ in range(2)] == [2, 0]
    assert client.get("/signin/account/").status_code == 302
    sign_in(client, account)
    assert "_auth_user_id" in client.session
    assert AuditEntry.unscoped.filter(kind="second-factor-forgotten").count() == 1


def test_pages_of_a_factor_open_after_confirming(client: Client, account: Account) -> None:
    sign_in(client, account)
    _add_app(client)
    codes = _recovery_codes(client)
    with time_machine.travel(timedelta(minutes=6)):
        client.post("/signin/confirm/code/", {"code": codes[0], "next": "/signin/second-factor/"})
        for path in ("/signin/second-factor/app/remove/", "/signin/second-factor/recovery-codes/new/"):
            assert client.get(path).status_code == 200
        assert client.post("/signin/second-factor/app/remove/")["Location"] == "/signin/second-factor/"
    assert Authenticator.objects.filter(user=account).count() == 0


def _add_app(client: Client) -> str:
    page = client.get(ACTIVATE).content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found is not None
    return str(client.post(ACTIVATE, {"code": _code(found.group(1))})["Location"])


def _with_app(account: Account) -> str:
    """Add an app to the account and give its secret."""
    client = Client()
    sign_in(client, account)
    _add_app(client)
    return decrypt(Authenticator.objects.get(user=account, type="totp").data["secret"])


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _later() -> timedelta:
    """After the code that has been used has gone out."""
    return timedelta(minutes=2)


def _recovery_codes(client: Client) -> list[str]:
    page = client.get("/signin/second-factor/recovery-codes/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)
