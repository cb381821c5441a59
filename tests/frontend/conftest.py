"""A real Chromium in front of the preview pages, served with the product's own content policy."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from typing_extensions import override

from tests.browser.chromium import shell
from tests.frontend.preview.render import write_pages
from tests.loopback import running
from vaxel.surfaces.ui.middleware import CONTENT_POLICY


class PreviewHandler(SimpleHTTPRequestHandler):
    """Static files under the strict policy, without a log line for each."""

    @override
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        super().end_headers()

    @override
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def preview_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address below which every preview page lies."""
    folder = tmp_path_factory.mktemp("preview")
    write_pages(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(PreviewHandler, directory=str(folder)))
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The one that all tests of a worker share."""
    return shell()
