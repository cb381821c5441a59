"""A browser's share of the work: one open connection, cookies, forms. Quick, so that the server is measured."""

import re
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from time import monotonic
from urllib.parse import urlencode

#: The server closes a connection that is idle for longer; browsers open a new one then, and so do we.
_IDLE_SECONDS = 5.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class UnexpectedAnswerError(RuntimeError):
    """The server answered something else than what is measured."""


class Client:
    """Somebody who is signed in."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._used_at = 0.0
        #: What the server has asked to keep, the session among it.
        self.cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self, account_id: int) -> None:
        """As the page of the demonstration does it, by one press."""
        self._token = self._token_of(self.get("/demo/"))
        self.post(f"/demo/{account_id}/")
        self._token = self._token_of(self.get("/signin/account/"))

    def get(self, path: str) -> str:
        """A page. UnexpectedAnswerError for anything but a page."""
        response, body = self._send("GET", path)
        if response.status != HTTPStatus.OK:
            raise UnexpectedAnswerError(f"GET {path}: {response.status} {response.getheader('location')}")
        return body.decode()

    def post(self, path: str, *, to: str = "", **values: str) -> str:
        """Send a form; the address that it leads to.

        UnexpectedAnswerError when it leads nowhere, or to another place than an address with `to` in it: a form that
        comes back to be corrected leads somewhere too.
        """
        form = urlencode({"csrfmiddlewaretoken": self._token, **values})
        response, _ = self._send("POST", path, form)
        if response.status not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
            raise UnexpectedAnswerError(f"POST {path}: {response.status}")
        address = response.getheader("location", "")
        if to not in address:
            raise UnexpectedAnswerError(f"POST {path} leads to {address}")
        return address

    def _send(self, method: str, path: str, form: str | None = None) -> tuple[HTTPResponse, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if monotonic() - self._used_at > _IDLE_SECONDS:
            self._connection.close()
        self._connection.request(method, path, form, headers)
        response = self._connection.getresponse()
        body = response.read()
        self._used_at = monotonic()
        for line in response.headers.get_all("set-cookie", ()):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return response, body

    def _token_of(self, page: str) -> str:
        found = _TOKEN.search(page)
        if found is None:
            raise UnexpectedAnswerError("the page has no form")
        return found[1]
