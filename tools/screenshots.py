"""Make the pictures of README and docs anew: the demonstration, started on a free port, as its people see it.

    python tools/screenshots.py

Each picture shows the English interface, as the docs are in English; what customers write stays in their language.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
#: CSS pixels; one of them is one of the picture, so that files stay small.
WIDTH, HEIGHT = 1232, 640
MARGIN = 24
#: Seconds that a first start with its demo data may take.
PATIENCE = 240
CONTACT, AGENT = "Anna-Karin Ståhlbrand", "Jonas Ekvall"
QUESTION = "An unexpected error appears when I save"


def main() -> int:
    """Start the demonstration, take every picture, stop it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        take_demo(browser, address)
        take_portal(browser, address)
        take_workspace(browser, address)
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size // 1000} kB")
    return 0


@contextmanager
def demonstration() -> Iterator[str]:
    """A `vaxel run` of its own with both example desks; its address."""
    with tempfile.TemporaryDirectory(prefix="vaxel-pictures-") as folder:
        port = free_port()
        program = subprocess.Popen(
            [sys.executable, "-m", "vaxel.cli.main", "run", "--port", str(port), "--processes", "1"],
            env={**os.environ, "VAXEL_DEMO": "true", "VAXEL_DATA": f"{folder}/var"},
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port, program)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.terminate()
            program.wait(60)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int, program: subprocess.Popen[bytes]) -> None:
    """Until somebody listens; fails when the program ends or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and program.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demonstration did not start; what it says stands above.")


def take_demo(browser: Browser, address: str) -> None:
    """Whom one can be."""
    page = arrive(browser)
    page.goto(f"{address}/demo/")
    take(page, "demo")


def take_portal(browser: Browser, address: str) -> None:
    """A contact's start page, a ticket, and the last step of asking."""
    page = sign_in(browser, address, CONTACT)
    take(page, "portal")
    page.goto(f"{address}/kompass/tickets/?state=finished")
    page.locator(".list__link").first.click()
    take(page, "ticket")
    page.goto(f"{address}/kompass/ask/")
    page.get_by_role("textbox").fill(QUESTION)
    go_on(page)
    page.get_by_role("radio", name="Unexpected error").check()
    page.locator("input[name=product]").first.check()
    go_on(page)
    page.get_by_role("radio", name="Yes, in another way").check()
    page.get_by_role("checkbox", name="I have looked in the manual").check()
    go_on(page)
    take(page, "review", down_to=".columns")


def take_workspace(browser: Browser, address: str) -> None:
    """An agent's list, and a ticket that has been answered."""
    page = sign_in(browser, address, AGENT)
    page.goto(f"{address}/kompass/workspace/tickets/?view=open")
    take(page, "inbox")
    page.get_by_role("row").filter(has_text="Waiting for customer").get_by_role("link").first.click()
    page.locator(".editor").first.wait_for()
    take(page, "workspace-ticket")


def arrive(browser: Browser) -> Page:
    """A new browser with the light colours."""
    context = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/Stockholm",
        color_scheme="light",
        reduced_motion="reduce",
        viewport={"width": WIDTH, "height": HEIGHT},
    )
    return context.new_page()


def sign_in(browser: Browser, address: str, name: str) -> Page:
    """Be one of the demo people, who then reads English."""
    page = arrive(browser)
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=name).first.click()
    page.locator("button[name=language][value=en]").evaluate("button => button.click()")
    page.locator("html[lang=en]").wait_for()
    return page


def go_on(page: Page) -> None:
    """To the next step."""
    page.get_by_role("button", name="Continue", exact=True).click()


def take(page: Page, name: str, *, down_to: str = "") -> None:
    """What the window shows, or the page from its top down to the end of a part of it."""
    # The list and a ticket hold a stream open: there the network never rests.
    page.wait_for_load_state("load" if "/workspace/" in page.url else "networkidle")
    height = HEIGHT
    if down_to:
        height = round(page.locator(down_to).evaluate("part => part.getBoundingClientRect().bottom")) + MARGIN
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
