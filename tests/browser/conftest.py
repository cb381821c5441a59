"""A real Chromium in front of the whole product."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import shell
from tests.browser.looking import Windows
from tests.browser.stack import Site, running_site
from tests.browser.visitors import PATIENCE_MS, Visitors
from tests.settings import RUN

# Playwright keeps an event loop in this thread, for which Django would refuse to prepare the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The one that all tests of a worker share."""
    return shell()


@pytest.fixture(scope="session")
def site(django_db_setup: None, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One installation for all tests of a worker: each test changes only what is its own."""
    data = tmp_path_factory.mktemp("site") / "var"
    with running_site(Path(os.environ[RUN]), f"vaxel_browser_{worker_id}", data) as site:
        yield site


@pytest.fixture(scope="session")
def windows(browser: Browser, site: Site) -> Iterator[Windows]:
    """Windows of readers who only look; what a page complained about is told by its look."""
    visitors = Visitors(browser, site)
    yield Windows(visitors)
    visitors.leave()


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[Visitors]:
    """Browsers of the people in the world; what any of them complained about fails the test."""
    visitors = Visitors(browser, site)
    yield visitors
    visitors.leave()
    assert visitors.faults == []
