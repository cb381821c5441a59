"""A small OpenID Connect server for tests: it says whatever a test has it say."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import jwt
from django.utils import timezone

from tests.loopback import serving

KEY = "a key that only this test server signs with, and nobody checks"


@dataclass
class Provider:
    """Who it says that the next comer is."""

    issuer: str = ""
    client_id: str = "vaxel"
    claims: dict[str, Any] = field(default_factory=dict)
    #: What the server calls itself, when that is not where it is.
    says_it_is: str = ""
    #: What the second half of the answer says otherwise.
    userinfo: dict[str, Any] = field(default_factory=dict)
    #: What follows every answer, and changes nothing in it.
    padding: str = ""
    status: int = 200
    #: Where it sends everybody on to, with a status that does.
    moved_to: str = ""

    def answer(self, path: str) -> dict[str, Any]:
        """The body for an address."""
        now = int(timezone.now().timestamp())
        if path.endswith("/.well-known/openid-configuration"):
            return {
                "issuer": self.says_it_is or self.issuer,
                **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")},
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path.endswith("/token"):
            issuer = self.says_it_is or self.issuer
            told = {"iss": issuer, "aud": self.client_id, "iat": now, "exp": now + 300, **self.claims}
            return {"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(told, KEY, algorithm="HS256")}
        return {**self.claims, **self.userinfo}


@contextmanager
def running() -> Iterator[Provider]:
    """The server on a loopback address, while the test looks."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (json.dumps(provider.answer(self.path)) + provider.padding).encode()
            self.send_response(provider.status)
            if provider.moved_to:
                self.send_header("Location", provider.moved_to)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # Whoever has read enough goes.
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with serving(Handler) as provider.issuer:
        yield provider
