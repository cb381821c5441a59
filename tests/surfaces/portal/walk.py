"""Walking through the portal as a browser without script does."""

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client

from vaxel.domain.people.models import Person

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page  # what the test client answers with

BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"


def signed_in(person: Person, *, language: str = "sv") -> Client:
    """A browser in which this person has signed in."""
    client = Client(headers={"accept-language": language})
    account = person.account
    assert account is not None
    account.language = language
    account.save(update_fields=["language"])
    client.force_login(account, backend=BACKEND)
    return client


@dataclass(frozen=True, slots=True)
class Asking:
    """A draft that somebody is on the way with."""

    client: Client
    desk: str
    draft: str

    def at(self, step: str) -> str:
        """The address of a step."""
        return f"/{self.desk}/ask/{self.draft}/{step}/"

    def post(self, step: str, **answers: Any) -> "Page":
        """Fill in a step and press the button."""
        return self.client.post(self.at(step), answers)

    def get(self, step: str) -> "Page":
        """Look at a step."""
        return self.client.get(self.at(step))


def begin(client: Client, desk: str, words: str) -> Asking:
    """Write the first words on the start page."""
    response = client.post(f"/{desk}/ask/", {"words": words})
    assert response.status_code == 302, text_of(response)
    return Asking(client, desk, response.headers["Location"].split("/")[3])


def text_of(response: "Page") -> str:
    """What stands on a page, without its markup."""
    content = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())


def errors_of(response: "Page") -> list[tuple[str, str]]:
    """The error summary: the field that each line leads to, and its words."""
    summary = re.search(r"data-error-summary.*?</ul>", response.content.decode(), flags=re.DOTALL)
    found = re.findall(r'href="#([^"]+)">([^<]+)</a>', summary.group() if summary else "")
    return [(field, html.unescape(words)) for field, words in found]
