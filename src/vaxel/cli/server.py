"""The web server's own program (`python -m vaxel.cli.server HOST PORT PROCESSES`).

`vaxel web` turns into it once its options are read: reading them takes 12 MB that serving does not need. It loads the
pages once, parts into the processes that serve them, and turns into their keeper.
"""

import os
import signal
import sys
from typing import NoReturn

from vaxel.cli.keeper import become_keeper
from vaxel.cli.serving import load_pages, serve_pages
from vaxel.kit.processes import PARENT_VARIABLE, be_lean, end_with_parent


def become_server(*, host: str, port: int, processes: int) -> NoReturn:
    """Replace this program by the web server."""
    be_lean()
    os.execv(  # noqa: S606  # our own command line
        sys.executable, [sys.executable, "-m", __name__, host, str(port), str(processes)]
    )


def serve(*, host: str, port: int, processes: int) -> NoReturn:
    """Serve the pages until told to stop."""
    end_with_parent(signal.SIGTERM)
    # Those that part from this one end with it, however it ends, and so do their successors.
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    load_pages()
    become_keeper(
        of=[_part(host, port) for _ in range(processes)],
        command=[sys.executable, "-m", "vaxel.cli.serving", host, str(port)],
    )


def _part(host: str, port: int) -> int:
    """The id of a new process that serves, with all that is loaded here."""
    pid = os.fork()
    if pid == 0:
        serve_pages(host=host, port=port)
    return pid


if __name__ == "__main__":
    serve(host=sys.argv[1], port=int(sys.argv[2]), processes=int(sys.argv[3]))
