"""The child process that sets one report: JSON comes in on standard input, a PDF goes out on standard output.

`python -m vaxel.insight.reports.printing.child`, started by `printer`, which watches the wall clock. Before it looks
at the report it gives up the right to open anything: no file and no socket can be had with no descriptors left.
"""

import resource
import signal
import sys
from pathlib import Path
from typing import Final

import typst

#: Seconds of processor time, and bytes of memory, for one report.
SECONDS: Final = 10.0
MEMORY: Final = 1024 * 1024 * 1024
_TEMPLATE: Final = Path(__file__).with_name("report.typ")
#: Readable by programs that read aloud (ISO 14289-1): refused when a letter has no picture in our fonts.
_ACCESSIBLE: Final = "ua-1"


def main() -> None:
    """Read, lock the door, set, write."""
    template, report = _TEMPLATE.read_bytes(), sys.stdin.buffer.read()
    _lock_the_door()
    sys.stdout.buffer.write(_set({"main.typ": template, "report.json": report}))


def _lock_the_door() -> None:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _set(files: dict[str, bytes]) -> bytes:
    try:
        return _pdf(files, standards=[_ACCESSIBLE])
    except typst.TypstError as error:
        # Emoji and scripts that we have no letters for: better a box in their place than no report.
        if "could not be displayed" not in str(error):
            raise
        return _pdf(files, standards=[])


def _pdf(files: dict[str, bytes], *, standards: list[str]) -> bytes:
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its types lack the dictionary that its manual has
        files, format="pdf", ignore_system_fonts=True, pdf_standards=standards
    )
    return made


if __name__ == "__main__":
    main()
