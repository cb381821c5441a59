"""Reports as PDF: letters stay letters, and whoever sets them can reach nothing (trust 38)."""

import io
import json
import re
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from pypdf import PdfReader

from vaxel.insight.reports.meeting_report import Bar, Chart, MeetingReport, Section, Table
from vaxel.insight.reports.printing import child
from vaxel.insight.reports.printing.printer import LONGEST_REPORT, PrintingError, print_data, print_report

REPORT = MeetingReport(
    language="sv",
    title="Åsklinge kommun",
    subtitle="Support från 1 december 2025 till 22 november 2026",
    desk="Kompass",
    made="gjord 22 november 2026",
    sections=(
        Section(
            heading="Löften vi höll",
            text="Vi höll tre av fyra.",
            facts=(("Första svar, median", "1 timme"),),
            chart=Chart(told="Löften månad för månad", lower="Hållna", upper="Inte hållna", bars=(Bar("dec", 3, 1),)),
            tables=(Table(caption="Löften", columns=("Månad", "Antal"), numbers=(1,), rows=(("december", "4"),)),),
        ),
    ),
    footnote="Så räknas det.",
)
#: What would be read, run, linked or fetched if it were markup.
MARKUP = (
    '#read("/etc/passwd")',
    '#image("http://169.254.169.254/latest/meta-data")',
    '#import "@preview/cetz:0.3.0": *',
    '#eval("1+1") $x^2$ *fet* _kursiv_ `kod` @ref <etikett>',
    "]#sys.inputs[ // kommentar /* och slut */ \\#",
    '#plugin("file:///etc/shadow")',
)


def words_of(pdf: bytes) -> str:
    """The text of all pages, its lines made one."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def bare(text: str) -> str:
    """Without spaces and hyphens, which come and go at the ends of lines."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_report_has_its_words_title_and_language() -> None:
    pdf = print_report(REPORT)

    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Åsklinge kommun – Support från 1 december 2025 till 22 november 2026"
    root = {name: str(value) for name, value in reader.root_object.items()}
    assert (root["/Lang"], root["/MarkInfo"]) == ("sv", "{'/Marked': True, '/Suspects': False}")
    assert "/StructTreeRoot" in root
    assert all(words in words_of(pdf) for words in ("Löften vi höll", "Vi höll tre av fyra.", "december 4"))


@pytest.mark.parametrize("text", MARKUP)
def test_t38_what_people_wrote_comes_out_as_letters(text: str) -> None:
    report = replace(
        REPORT,
        title=text,
        sections=(Section(heading=text, text=text, tables=(Table(caption=text, columns=(text,), rows=((text,),)),)),),
    )

    assert bare(words_of(print_report(report))).count(bare(text)) == 6


def test_t38_child_can_open_neither_file_nor_socket() -> None:
    # What runs in the child after the door is locked, in place of the setting.
    tries = (
        "import socket, sys; from vaxel.insight.reports.printing import child; child._lock_the_door()\n"
        "for reach in (lambda: open('/etc/passwd'), socket.socket, lambda: open('/tmp/x', 'w')):\n"
        "    try: reach()\n"
        "    except OSError as error: print(error.errno)\n"
    )

    done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  # our own words

    assert done.stdout.split() == ["24", "24", "24"]


def test_t38_template_that_reads_a_file_fails_in_the_child() -> None:
    tries = (
        "from vaxel.insight.reports.printing import child; child._lock_the_door()\n"
        "child._set({'main.typ': b'#read(\"/etc/hostname\")', 'report.json': b'{}'})\n"
    )

    done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  # our own words

    assert (done.returncode, "TypstError" in done.stderr) == (1, True)


def test_t38_child_has_only_so_much_memory() -> None:
    tries = (
        "from vaxel.insight.reports.printing import child; child._lock_the_door()\n"
        "try: bytearray(2 * child.MEMORY)\n"
        "except MemoryError: print('refused')\n"
    )

    done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  # our own words

    assert done.stdout.split() == ["refused"]


@pytest.mark.parametrize("name", ["😀 kommun", "日本 kommun", "\x01 kommun"])
def test_letters_that_no_font_has_cost_no_report(name: str) -> None:
    assert "kommun" in words_of(print_report(replace(REPORT, title=name)))


def test_right_to_left_and_long_names_are_set() -> None:
    pdf = print_report(replace(REPORT, title="مكتب البلدية " + "Räddningstjänstförbundet" * 12))

    assert len(PdfReader(io.BytesIO(pdf)).pages) >= 1


def test_t38_report_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(PrintingError, match=r"more than 0\.001 seconds"):
        print_data(json.dumps(asdict(REPORT)).encode(), seconds=0.001)


def test_report_that_is_too_long_is_not_begun() -> None:
    with pytest.raises(PrintingError, match="at most"):
        print_data(b" " * (LONGEST_REPORT + 1))


@pytest.mark.parametrize("data", [b"", b"{}", b"no json", json.dumps({**asdict(REPORT), "sections": 1}).encode()])
def test_data_that_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(PrintingError, match="broke"):
        print_data(data)


def test_template_lies_beside_the_child() -> None:
    assert child._TEMPLATE.is_file()
