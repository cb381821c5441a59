"""Signing in as people do: by the pages, with the codes out of the mails."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from vaxel.domain.people.models import Account
from vaxel.surfaces.signin import letters

Post = EmailMultiAlternatives


@pytest.fixture(autouse=True)
def _own_mail(settings: Settings) -> Iterator[None]:
    """Read here, and none that another test has left on its way."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    yield
    letters.wait_until_sent()


def sent_mails() -> list[Post]:
    """All sign-in mails, those that were still being sent too."""
    letters.wait_until_sent()
    return [one for one in mail.outbox if isinstance(one, Post)]


def code_in(letter: Post) -> str:
    """The code that a mail carries."""
    found = re.search(r"\d{4}-\d{4}", str(letter.body))
    assert found is not None
    return found.group()


@pytest.fixture
def ask_for_code(client: Client) -> Callable[[str], str]:
    """Ask for a code at the entrance and read it in the mail."""

    def ask(email: str) -> str:
        client.post("/signin/", {"email": email})
        return code_in(sent_mails()[-1])

    return ask


def sign_in(client: Client, account: Account) -> None:
    """Come in by a code, as a person would."""
    client.post("/signin/", {"email": account.email})
    client.post("/signin/code/", {"code": code_in(sent_mails()[-1])})
