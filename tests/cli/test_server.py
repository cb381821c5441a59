"""The web server's own program."""

import subprocess
import sys

_PROGRAM = """
import os
import signal
import time

from vaxel.cli.server import end_when_told_before_ready

end_when_told_before_ready()
signal.signal(signal.SIGTERM, lambda *_: None)  # as the server's own, which waits for its loop
child = os.fork()
if child == 0:
    time.sleep(60)
    os._exit(0)
os.kill(child, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_process_that_is_told_to_stop_before_it_serves_ends_at_once() -> None:
    ended = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=50)  # noqa: S603  # our own program

    assert ended.stdout == "-15\n"
