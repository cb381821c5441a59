"""Somebody who uses the portal over HTTP, as a browser without script does, and notices what is acknowledged."""

import re
import urllib.error
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Final
from urllib.parse import urlencode

from urllib3.filepost import encode_multipart_formdata

_TOKEN: Final = "vaxel-form"
#: What the kind of question `unexpected-error` of Kompass asks for.
DETAILS: Final = {"field-description": "Det blir fel", "impact-0": "1", "checked": "read-manual"}


class NotAcknowledgedError(Exception):
    """The server did not say yes: nobody may count on what was sent."""


class Visitor:
    """A browser of somebody's own; `port` is where the stack listens on this machine."""

    def __init__(self, port: int, *, desk: str = "kompass", patience: float = 20) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.desk = desk
        #: How often the server has answered.
        self.answered = 0
        self._patience = patience
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        """Look at a page."""
        return self._open(urllib.request.Request(self.address + path))[1]  # noqa: S310  # ours

    def post(self, path: str, files: tuple[tuple[str, bytes], ...] = (), **fields: str) -> tuple[str, str]:
        """Send a form: the address that it led to, and the page there."""
        sent: list[tuple[str, str | tuple[str, bytes]]] = list(fields.items())
        if files:
            body, kind = encode_multipart_formdata([*sent, *(("files", file) for file in files)])
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "X-CSRFToken": self._token()}
        return self._open(urllib.request.Request(self.address + path, body, headers))  # noqa: S310  # ours

    def sign_in(self, mail: str, password: str) -> None:
        """By password; raises NotAcknowledgedError when the server does not let them in."""
        self.get("/signin/password/")
        landed, page = self.post("/signin/password/", login=mail, password=password)
        if "/signin/" in landed and "places" not in landed:
            raise NotAcknowledgedError(f"not signed in: {landed} {page[:200]}")

    def begin(self, words: str) -> str:
        """Write the first words of a question; the draft's name."""
        return self._led_to(self.post(f"/{self.desk}/ask/", words=words)[0], r"/ask/([\w-]+)/kind/")

    def fill_in(self, draft: str, *files: tuple[str, bytes], words: str = DETAILS["field-description"]) -> None:
        """Answer everything that is asked before the review; the first words are asked for once more."""
        self.post(f"/{self.desk}/ask/{draft}/kind/", kind="unexpected-error", product="suite")
        landed, page = self.post(f"/{self.desk}/ask/{draft}/details/", files, **DETAILS | {"field-description": words})
        self._led_to(landed, r"/review/$", page=page)

    def send(self, draft: str) -> str:
        """Press the button that sends; the ticket's name as the receipt tells it."""
        landed, page = self.post(f"/{self.desk}/ask/{draft}/review/")
        self._led_to(landed, r"/sent/$", page=page)
        return self._led_to(page, r"([A-ZÅÄÖ]{2,5}-\d+)")

    def _led_to(self, text: str, pattern: str, *, page: str = "") -> str:
        found = re.search(pattern, text)
        if found is None:
            raise NotAcknowledgedError(f"{pattern} is not in {text[:300]} {page[:300]}")
        return found[found.re.groups]

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self._cookies if cookie.name == _TOKEN), "")

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        try:
            with self._opener.open(request, timeout=self._patience) as answer:
                page = answer.read().decode()
                self.answered += 1
                return answer.geturl(), page
        except urllib.error.HTTPError as refused:
            with refused:
                raise NotAcknowledgedError(f"{refused.code} {refused.read().decode(errors='replace')}") from refused
        except (OSError, HTTPException) as error:
            raise NotAcknowledgedError(str(error)) from error
