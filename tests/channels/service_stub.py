"""A delivery service that answers as it is told, in the words of Postmark's interface."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Final

from tests.loopback import running

ACCEPTED_AS: Final = "0a129aee-e1cd-480d-b08d-4f48548ff48d"


class ServiceStub:
    """`status` is its answer by HTTP; "drop" hangs up after having read the mail."""

    def __init__(self) -> None:
        self.status: int | str = 200
        self.taken: list[dict[str, Any]] = []
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        self.taken.append(json.loads(asked.rfile.read(int(asked.headers["Content-Length"]))))
        if self.status == "drop":
            asked.close_connection = True
            return
        body = {"ErrorCode": 0, "MessageID": ACCEPTED_AS, "To": self.taken[-1]["To"], "Message": "OK"}
        words = json.dumps(body if self.status == 200 else {"ErrorCode": 10, "Message": "no"}).encode()
        asked.send_response(int(self.status))
        asked.send_header("Content-Type", "application/json")
        asked.send_header("Content-Length", str(len(words)))
        asked.end_headers()
        asked.wfile.write(words)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name that the library calls
                stub.answer(self)

            def log_message(self, *_words: object) -> None:
                """Nothing on the terminal."""

        return Handler


@contextmanager
def service_stub() -> Iterator[ServiceStub]:
    """A running service on a port of its own."""
    stub = ServiceStub()
    with running(stub.server):
        yield stub
