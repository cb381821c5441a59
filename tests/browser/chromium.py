"""Debian's Chromium, which asks nobody for anything; playwright downloads none."""

from pathlib import Path
from typing import Any, Final

_WHOLE: Final = Path("/usr/bin/chromium")
#: The same without windows, tabs and an address field: half of the work of a page that nobody sees.
_SHELL: Final = Path("/usr/bin/chromium-headless-shell")
_QUIET: Final = ("gpu", "quic", "background-networking", "component-update", "sync")
_FLAGS: Final = ("--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in _QUIET))
#: No page lives long enough for what its scripts gain by being optimised: that was a sixth of all that pages cost.
_SHORT_LIVES: Final = "--js-flags=--no-opt --no-maglev --single-threaded-gc"
#: Nor is a second process wanted that waits for a page of another site. This takes the place of Playwright's own list,
#: of which the other two matter here: pages are seen as soon as they come, and asked for by the address that was given.
_NO_SPARE: Final = "--disable-features=SpareRendererForSitePerProcess,PaintHolding,HttpsUpgrades"


def shell() -> dict[str, Any]:
    """How Playwright launches it. Frames that may do nothing get processes of their own, as in a whole Chromium."""
    program = _SHELL if _SHELL.exists() else _WHOLE
    return {"executable_path": str(program), "args": [*_FLAGS, _SHORT_LIVES, _NO_SPARE, "--site-per-process"]}


def whole() -> dict[str, Any]:
    """With tabs: whoever is asked which tab may be seen chooses the one that asks."""
    return {"executable_path": str(_WHOLE), "args": [*_FLAGS, "--auto-accept-this-tab-capture"]}
