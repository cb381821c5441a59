"""The browsers that people sit at: signed in, in their language, watched for complaints."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.stack import Site

#: How long Playwright waits for what is to appear: generous, for machines that are busy.
PATIENCE_MS = 60_000


@dataclass  # without slots: Playwright hangs something of its own on whoever listens
class Visitors:
    """Opens browsers, and keeps what pages complain about: script errors, blocked contents, failed answers."""

    browser: Browser
    site: Site
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def arrive(self, role: str = "", *, language: str = "sv", script: bool = True, **more: Any) -> Page:
        """A page of somebody's browser: nobody in particular, or signed in in a role of the world."""
        context = self.browser.new_context(
            locale="sv-SE" if language == "sv" else "en-GB",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            java_script_enabled=script,
            **more,
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if role:
            self.site.speaks(role, language=language)
            key = self.site.world.sessions[role]
            context.add_cookies([{"name": "vaxel", "value": key, "url": self.site.url}])
        context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))
        context.on("console", self._heard)
        context.on("response", self._answered)
        return context.new_page()

    def leave(self) -> None:
        """Close everything."""
        for context in self._contexts:
            context.close()

    def _heard(self, said: ConsoleMessage) -> None:
        """Violations of the content policy are said on the console too. A page's own status is told by `_answered`."""
        if said.type in {"error", "warning"} and "Failed to load resource" not in said.text:
            self.faults.append(f"console: {said.text}")

    def _answered(self, response: Response) -> None:
        """Pages with faults in a form (422) or of others (404, 409) are wanted; parts of a page always come."""
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.url}")
