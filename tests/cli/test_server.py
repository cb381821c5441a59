"""The web server's own program."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from tests.cli.programs import environment, free_port, kill, lives, wait_until


def test_server_that_is_told_to_stop_before_it_serves_ends_at_once(tmp_path: Path) -> None:
    server = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "vaxel.cli.server", "127.0.0.1", str(free_port()), "2"],
        env=environment(tmp_path / "var"),
        stderr=subprocess.PIPE,
        text=True,
    )
    own = psutil.Process(server.pid)
    wait_until(lambda: len(own.children()) == 2 or server.poll() is not None)
    children = own.children()
    own.terminate()

    try:
        assert server.communicate(timeout=4)[1] == ""
        assert (server.returncode, [lives(one) for one in children]) == (0, [False, False])
    finally:
        with suppress(psutil.NoSuchProcess):
            kill(*own.children(), own)
