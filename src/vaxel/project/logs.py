"""Structured logs on standard error: JSON, or readable lines on a terminal. They hold ids, never contents.

The message of an exception may hold what somebody wrote ("Key (email)=(…) already exists"), so a log line gets the
exception's type and the places it passed, and no message (trust 63).
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

from vaxel.kit.later import as_if_missing

# It draws tracebacks with rich where it finds it. Ours are types and places, and rich is 3 MB in each process.
with as_if_missing("rich"):
    import structlog

#: Libraries whose lines repeat ours, or hold addresses as people typed them.
_QUIETER: Final = {
    "django.request": logging.ERROR,
    "django.security": logging.ERROR,
    "django.server": logging.ERROR,
    "procrastinate": logging.WARNING,
    "psycopg.pool": logging.ERROR,
    "asyncio": logging.WARNING,
    # The receiver's library: every command of every conversation.
    "mail.log": logging.WARNING,
}


def configure_logs(settings: dict[str, str]) -> None:
    """Django's hook: send our own lines and those of the libraries through one formatter."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exception_without_message,
    ]
    on_terminal = sys.stderr.isatty()
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings["level"])
    logging.getLogger("django").handlers = []
    logging.getLogger("django.security.DisallowedHost").addFilter(_as_warning)
    logging.getLogger("django.request").addFilter(_without_address)
    for name, level in _QUIETER.items():
        logging.getLogger(name).setLevel(level)


def _without_address(record: logging.LogRecord) -> bool:
    """Django tells the address that failed, and an address may hold a key (trust 63); our own line has the route."""
    said, found, _ = str(record.msg).rpartition(": %s")
    if found and isinstance(record.args, tuple):
        record.msg, record.args = said, record.args[:-1]
    return True


def _as_warning(record: logging.LogRecord) -> bool:
    """Whoever asks for a foreign host is turned away with 400: nothing of ours is broken, and the name is theirs."""
    record.msg, record.args = "foreign host refused", ()
    record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def exception_without_message(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace `exc_info` by the chain of exception types, and the places in the code that the last one passed."""
    found = _exception_of(event.pop("exc_info", None))
    if found is not None:
        event["exception"] = " < ".join(type(one).__name__ for one in _chain(found))
        event["places"] = [
            f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(found.__traceback__)
        ]
    return event


def _exception_of(given: object) -> BaseException | None:
    """What Python's logging takes as `exc_info`: an exception, a triple, or True for the one being handled."""
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        error: BaseException | None = given[1]
        return error
    return sys.exc_info()[1] if given else None


def _chain(error: BaseException) -> list[BaseException]:
    """The exception, and those that it was raised from."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    return chain
