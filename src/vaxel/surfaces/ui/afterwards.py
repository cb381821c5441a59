"""What is done for a request once its answer has gone out, so that nobody waits for it."""

from collections.abc import Callable

import structlog
from django.http import HttpResponseBase

log = structlog.get_logger("vaxel.request")


def once_sent(response: HttpResponseBase, act: Callable[[], None]) -> None:
    """Call `act` when the server closes the answer, which it does for every answer, a broken connection's too.

    A fault in it is the log's to tell, and nobody else's: the answer has been read.
    """

    def careful() -> None:
        try:
            act()
        except Exception:
            log.exception("not done afterwards")

    response._resource_closers.append(careful)  # type: ignore[attr-defined]  # noqa: SLF001  # Django's own; no stub has it
