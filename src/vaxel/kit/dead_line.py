"""Find out that a connection to the database has gone dead: nobody closed it, and nobody answers (trust 71).

The kernel notices a pulled plug (`vaxel.kit.database` asks it to); a proxy or a firewall that has forgotten the
connection may still take every byte, and then only a question without an answer tells.
"""

import asyncio
from typing import Any, Final

import psycopg

#: Seconds in which a living database answers, however busy it is.
_PATIENCE: Final = 8.0


class LineDeadError(ConnectionError):
    """The database does not answer on this connection; it has been let go of."""


async def require_answer(connection: psycopg.AsyncConnection[Any]) -> None:
    """Run an empty query, and raise LineDeadError when not even that is answered; psycopg.Error passes through.

    Cancelling would wait for an answer as well, so the socket is closed under the question.
    """
    asking = asyncio.ensure_future(connection.execute("SELECT 1"))
    done, _ = await asyncio.wait({asking}, timeout=_PATIENCE)
    if done:
        await asking
        return
    asking.add_done_callback(_forget)
    connection.pgconn.finish()
    asking.cancel()
    raise LineDeadError("the database does not answer")


def _forget(asking: "asyncio.Future[Any]") -> None:
    """Take the outcome of the abandoned query, or asyncio would complain that nobody did."""
    if not asking.cancelled():
        asking.exception()
