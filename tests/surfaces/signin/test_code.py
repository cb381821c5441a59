"""Signing in with a code by mail."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.factories import make_account, make_desk, make_organisation, make_person
from tests.surfaces.signin.conftest import code_in, sent_mails, sign_in
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.models import Account, Session

pytestmark = pytest.mark.django_db

Ask = Callable[[str], str]


@pytest.fixture
def account() -> Account:
    account = make_person(make_organisation(make_desk("kompass", slug="kompass"))).account
    assert account is not None
    return account


def test_code_leads_to_the_portal(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    response = client.post("/signin/code/", {"code": code}, follow=False)
    assert (response.status_code, response["Location"]) == (302, "/signin/places/")
    assert client.get("/signin/places/")["Location"] == "/kompass/"
    entry = AuditEntry.unscoped.get(kind="signed-in")
    assert (entry.by_kind, entry.by_id, entry.data) == (
        "account",
        account.pk,
        {"account_id": account.pk, "method": "code"},
    )


def test_code_may_be_typed_with_spaces_or_bare(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email).replace("-", " ")
    assert client.post("/signin/code/", {"code": f" {code} "}).status_code == 302
    assert "_auth_user_id" in client.session


def test_mail_with_code_is_marked_automatic_and_in_the_language_of_its_reader(client: Client) -> None:
    make_account(email="ann@kund.example", language="en")
    client.post("/signin/", {"email": "Ann@Kund.example"}, headers={"accept-language": "sv"})
    (letter,) = sent_mails()
    assert letter.to == ["ann@kund.example"]
    assert letter.subject == f"{code_in(letter)} is your sign-in code"
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    assert [kind for _, kind in letter.alternatives] == ["text/html"]


def test_next_is_followed_after_the_code(client: Client, account: Account) -> None:
    client.post("/signin/?next=/kompass/tickets/", {"email": account.email, "next": "/kompass/tickets/"})
    code = code_in(sent_mails()[-1])
    response = client.post("/signin/code/", {"code": code, "next": "/kompass/tickets/"})
    assert response["Location"] == "/kompass/tickets/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "http:///evil.example", ""],
)
def test_t61_next_outside_the_installation_is_ignored(
    client: Client, account: Account, ask_for_code: Ask, target: str
) -> None:
    code = ask_for_code(account.email)
    response = client.post("/signin/code/", {"code": code, "next": target})
    assert response["Location"] == "/signin/places/"


def test_t61_mail_does_not_repeat_a_forged_host(client: Client, account: Account) -> None:
    assert client.post("/signin/", {"email": account.email}, headers={"host": "evil.example"}).status_code == 400
    client.post("/signin/", {"email": account.email}, headers={"x-forwarded-host": "evil.example"})
    assert [("evil" in str(one.body), "127.0.0.1:8000" in str(one.body)) for one in sent_mails()] == [(False, True)]


def test_t50_unknown_address_gets_the_same_answer_and_no_mail(client: Client, account: Account) -> None:
    pages = {}
    for email in (account.email, "nobody@kund.example"):
        visitor = Client()
        answer = visitor.post("/signin/", {"email": email})
        page = visitor.get(answer["Location"])
        text = page.content.decode().replace(email, "ADDRESS")
        pages[email] = (answer.status_code, answer["Location"], page.status_code, _without_tokens(text))
    assert pages[account.email] == pages["nobody@kund.example"]
    assert [one.to for one in sent_mails()] == [[account.email]]


def test_t50_wrong_code_says_the_same_for_unknown_addresses(client: Client, account: Account) -> None:
    answers = []
    for email in (account.email, "nobody@kund.example"):
        visitor = Client()
        visitor.post("/signin/", {"email": email})
        answer = visitor.post("/signin/code/", {"code": "0000-0001"})
        answers.append((answer.status_code, _without_tokens(answer.content.decode().replace(email, "ADDRESS"))))
    assert answers[0] == answers[1]


def test_t50_wrong_password_says_the_same_for_unknown_addresses(client: Client, account: Account) -> None:
    account.set_password("krusbär och kanel")
    account.save(update_fields=["password"])
    answers = []
    for email in (account.email, "nobody@kund.example"):
        answer = Client().post("/signin/password/", {"login": email, "password": "fel lösenord"})
        answers.append((answer.status_code, _without_tokens(answer.content.decode().replace(email, "ADDRESS"))))
    assert answers[0] == answers[1]


def test_t50_time_does_not_tell_known_from_unknown(settings: Settings) -> None:
    """What is done for both is counted: the same queries, and nearly as many calls (making the letter is 3 in 100)."""
    settings.DEMO = False
    Client().post("/signin/", {"email": make_account().email})  # what is done once in a process
    known, unknown = (_work_of_asking(email) for email in (make_account().email, "nobody@kund.example"))

    assert known.queries == unknown.queries
    assert known.calls == pytest.approx(unknown.calls, rel=0.04)


@dataclass(frozen=True, slots=True)
class Work:
    """What an answer took: its queries up to their values, and calls of functions."""

    queries: list[str]
    calls: int


def _work_of_asking(email: str) -> Work:
    visitor, calls = Client(), Counter[str]()
    with CaptureQueriesContext(connection) as asked:
        sys.setprofile(lambda _frame, event, _of: calls.update([event]))
        try:
            visitor.post("/signin/", {"email": email})
        finally:
            sys.setprofile(None)
    queries = [re.sub(r"'[^']*'|[0-9]+", "?", query["sql"]) for query in asked]
    return Work(queries=queries, calls=calls["call"] + calls["c_call"])


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_t51_code_works_once(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    client.post("/signin/code/", {"code": code})
    client.post("/signin/out/")
    assert client.post("/signin/code/", {"code": code})["Location"] == "/signin/"
    assert "_auth_user_id" not in client.session


def test_t51_code_is_bound_to_the_browser_that_asked(account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    stranger = Client()
    stranger.post("/signin/", {"email": account.email})
    stranger.post("/signin/code/", {"code": code})
    assert "_auth_user_id" not in stranger.session


def test_t51_code_is_too_old_after_ten_minutes(client: Client, account: Account) -> None:
    with time_machine.travel("2026-11-19T09:00:00Z") as clock:
        client.post("/signin/", {"email": account.email})
        code = code_in(sent_mails()[-1])
        clock.shift(timedelta(minutes=10, seconds=1))
        page = client.post("/signin/code/", {"code": code}, follow=True)
        assert "_auth_user_id" not in client.session
    assert page.redirect_chain == [("/signin/", 302)]
    assert "Koden är för gammal. Be om en ny." in page.content.decode()


@pytest.mark.parametrize("wrong", ["%20", " ", "-", "\x00", "1", "٠٠٠٠-٠٠٠٠", "a" * 5000])
def test_t51_empty_and_odd_codes_do_not_enter(client: Client, account: Account, wrong: str) -> None:
    for email in (account.email, "nobody@kund.example"):
        client.post("/signin/", {"email": email})
        assert client.post("/signin/code/", {"code": wrong}).status_code == 200
        assert "_auth_user_id" not in client.session


def test_t51_scanner_that_opens_the_page_uses_nothing_up(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    for _ in range(5):
        assert client.get("/signin/code/", {"code": code}).status_code == 200
        assert client.head("/signin/code/").status_code == 200
    assert client.post("/signin/code/", {"code": code}).status_code == 302


def test_t51_session_row_does_not_hold_the_code(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert (code in kept, code.replace("-", "") in kept, "login_by_code" in kept) == (False, False, True)


def test_t53_three_wrong_codes_end_the_try(client: Client, account: Account, ask_for_code: Ask) -> None:
    code = ask_for_code(account.email)
    wrong = "0000-0000" if code != "0000-0000" else "0000-0001"
    assert [client.post("/signin/code/", {"code": wrong}).status_code for _ in range(3)] == [200, 200, 302]
    client.post("/signin/code/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_used_up_code_leads_to_a_new_one_and_on_to_the_same_page(
    client: Client, account: Account, ask_for_code: Ask
) -> None:
    code = ask_for_code(account.email)
    wrong = "0000-0000" if code != "0000-0000" else "0000-0001"
    for _ in range(3):
        answer = client.post("/signin/code/?next=/kompass/tickets/", {"code": wrong})

    assert answer.headers["Location"] == "/signin/?next=%2Fkompass%2Ftickets%2F"
    assert "Koden var fel för många gånger" in client.get(answer.headers["Location"]).content.decode()


def test_t53_tries_that_come_at_once_count_each(client: Client, account: Account, ask_for_code: Ask) -> None:
    """Each has read the session before another one wrote into it, so none finds the tries of the others there."""
    code = ask_for_code(account.email)
    as_it_was = Session.objects.values_list("session_data", flat=True).get()
    wrong = ["0000-0000" if code != "0000-0000" else "0000-0001"] * 3
    answers = []
    for tried in [*wrong, code]:
        Session.objects.update(session_data=as_it_was)
        answers.append(client.post("/signin/code/", {"code": tried}))
    assert [(one.status_code, one.headers.get("Location")) for one in answers] == [
        *[(200, None)] * 3,
        (302, "/signin/"),
    ]
    assert "_auth_user_id" not in client.session


def test_t53_flood_of_requests_sends_few_mails_and_leaves_the_victim_a_way(account: Account) -> None:
    for _ in range(100):
        Client().post("/signin/", {"email": account.email}, REMOTE_ADDR="192.0.2.1")
    assert len(sent_mails()) == 5
    victim = Client()
    victim.post("/signin/", {"email": account.email}, REMOTE_ADDR="192.0.2.2")
    victim.post("/signin/code/", {"code": code_in(sent_mails()[-1])}, REMOTE_ADDR="192.0.2.2")
    assert victim.session["_auth_user_id"] == str(account.pk)


def test_t61_invented_forwarding_does_not_get_round_the_limits(account: Account) -> None:
    for number in range(30):
        Client().post("/signin/", {"email": account.email}, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert len(sent_mails()) == 5


@pytest.mark.parametrize("name", ["REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_REMOTE_USER", "HTTP_X_FORWARDED_USER"])
def test_t54_identity_in_a_header_signs_nobody_in(client: Client, account: Account, name: str) -> None:
    client.defaults[name] = account.email
    assert client.get("/signin/account/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_t63_refusals_are_logged_without_address_and_code(
    client: Client, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/signin/", {"email": account.email})
    client.post("/signin/code/", {"code": "1234-0000"})
    client.post("/signin/password/", {"login": account.email, "password": "hemligt ord"})
    written = "\n".join(str(record.msg) for record in caplog.records)
    assert written.count("sign-in refused") == 2
    assert [secret in written for secret in (account.email, "1234-0000", "hemligt ord")] == [False, False, False]


def test_t53_flood_from_many_places_is_limited_too(account: Account) -> None:
    for number in range(30):
        Client().post("/signin/", {"email": account.email}, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(sent_mails()) == 12


def test_t53_flood_from_elsewhere_keeps_nobody_out_of_their_own_browser(client: Client, account: Account) -> None:
    sign_in(client, account)
    client.post("/signin/out/")
    for number in range(30):
        Client().post("/signin/", {"email": account.email}, REMOTE_ADDR=f"192.0.2.{number}")
    client.post("/signin/", {"email": account.email}, REMOTE_ADDR="198.51.100.1")
    client.post("/signin/code/", {"code": code_in(sent_mails()[-1])})
    assert client.session["_auth_user_id"] == str(account.pk)

    stranger = Client()
    stranger.cookies["vaxel_been_here"] = f"{client.cookies['vaxel_been_here'].value}x"
    before = len(sent_mails())
    stranger.post("/signin/", {"email": account.email}, REMOTE_ADDR="198.51.100.2")
    assert len(sent_mails()) == before


def test_t53_password_guessing_stops_and_leaves_the_victim_a_way(account: Account) -> None:
    account.set_password("krusbär och kanel")
    account.save(update_fields=["password"])
    for number in range(100):
        Client().post(
            "/signin/password/", {"login": account.email, "password": f"fel {number}"}, REMOTE_ADDR="192.0.2.1"
        )
    right = {"login": account.email, "password": "krusbär och kanel"}
    attacker, victim = Client(), Client()
    attacker.post("/signin/password/", right, REMOTE_ADDR="192.0.2.1")
    victim.post("/signin/password/", right, REMOTE_ADDR="192.0.2.2")
    assert ("_auth_user_id" in attacker.session, "_auth_user_id" in victim.session) == (False, True)


def test_t55_codes_come_from_a_secure_source(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    account = make_account()
    for _ in range(40):
        client.post("/signin/", {"email": account.email})
    codes = {code_in(one) for one in sent_mails()}
    digits = "".join(codes).replace("-", "")
    assert len(codes) == 40
    assert min(digits.count(digit) for digit in "0123456789") > 10
