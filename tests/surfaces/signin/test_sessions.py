"""Sessions begin anew and end when they should."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_account
from tests.surfaces.signin.conftest import code_in, sent_mails, sign_in
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.accounts import close_account, open_account
from vaxel.domain.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make_account()


def _is_in(client: Client) -> bool:
    return client.get("/signin/account/").status_code == 200


def test_t52_session_gets_a_new_id_at_sign_in(client: Client, account: Account) -> None:
    client.post("/signin/", {"email": account.email})
    before = client.cookies["vaxel"].value
    client.post("/signin/code/", {"code": code_in(sent_mails()[-1])})
    assert client.cookies["vaxel"].value != before
    planted = Client()
    planted.cookies["vaxel"] = before
    assert not _is_in(planted)


def test_t52_planted_session_id_is_not_taken_over(client: Client, account: Account) -> None:
    client.cookies["vaxel"] = "planted0planted0planted0planted0"
    sign_in(client, account)
    planted = Client()
    planted.cookies["vaxel"] = "planted0planted0planted0planted0"
    assert (_is_in(client), _is_in(planted)) == (True, False)


def test_t52_signing_out_ends_the_session_at_the_server(client: Client, account: Account) -> None:
    sign_in(client, account)
    kept = client.cookies["vaxel"].value
    client.post("/signin/out/")
    thief = Client()
    thief.cookies["vaxel"] = kept
    assert not _is_in(thief)


def test_t52_signing_out_everywhere_ends_all_sessions(account: Account) -> None:
    phone, desktop = Client(), Client()
    sign_in(phone, account)
    sign_in(desktop, account)
    assert (_is_in(phone), _is_in(desktop)) == (True, True)
    assert phone.post("/signin/everywhere/")["Location"] == "/signin/"
    assert (_is_in(phone), _is_in(desktop)) == (False, False)
    assert AuditEntry.unscoped.filter(kind="signed-out-everywhere", by_id=account.pk).count() == 1


def test_t52_closed_account_is_out_at_the_next_request(client: Client, account: Account) -> None:
    sign_in(client, account)
    close_account(account, by=SYSTEM, now=timezone.now())
    assert not _is_in(client)


def test_t52_sessions_of_a_closed_account_stay_ended_when_it_is_opened_again(client: Client, account: Account) -> None:
    sign_in(client, account)
    close_account(account, by=SYSTEM, now=timezone.now())
    open_account(email=account.email.upper(), name="", language="", by=SYSTEM, now=timezone.now())
    assert not _is_in(client)


def test_closed_account_gets_no_code(client: Client, account: Account) -> None:
    close_account(account, by=SYSTEM, now=timezone.now())
    answer = client.post("/signin/", {"email": account.email})
    assert (answer.status_code, sent_mails()) == (302, [])


def test_closed_account_is_told_so_only_with_the_right_password(client: Client, account: Account) -> None:
    account.set_password("krusbär och kanel")
    account.save(update_fields=["password"])
    close_account(account, by=SYSTEM, now=timezone.now())
    wrong = client.post("/signin/password/", {"login": account.email, "password": "fel"})
    right = client.post("/signin/password/", {"login": account.email, "password": "krusbär och kanel"})
    assert (wrong.status_code, right["Location"]) == (200, "/signin/closed/")
    assert not _is_in(client)


def test_new_password_ends_the_other_sessions_and_is_told_by_mail(account: Account) -> None:
    here, there = Client(), Client()
    sign_in(here, account)
    sign_in(there, account)
    here.post("/signin/account/password/new/", {"password1": "krusbär och kanel"})
    assert (_is_in(here), _is_in(there)) == (True, False)
    assert sent_mails()[-1].subject == "Ditt konto har ändrats"
    assert sent_mails()[-1].to == [account.email]
    assert AuditEntry.unscoped.get(kind="password-set").by_id == account.pk


def test_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client: Client, account: Account) -> None:
    sign_in(client, account)
    cookie = client.cookies["vaxel"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
