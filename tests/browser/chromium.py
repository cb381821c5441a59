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


def shell() -> dict[str, Any]:
    """How Playwright launches it. Frames that may do nothing get processes of their own, as in a whole Chromium."""
    program = _SHELL if _SHELL.exists() else _WHOLE
    return {"executable_path": str(program), "args": [*_FLAGS, _SHORT_LIVES, "--site-per-process"]}


def whole() -> dict[str, Any]:
    """With tabs: whoever is asked which tab may be seen chooses the one that asks."""
    return {"executable_path": str(_WHOLE), "args": [*_FLAGS, "--auto-accept-this-tab-capture"]}
