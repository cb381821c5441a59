"""`vaxel mail read` as scripts use it: one JSON line per file, in order, and never a failure."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from tests.channels.reading.made import file_part, multipart, plain
from vaxel.cli.mail import mail_app


def read_files(*files: Path | str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(mail_app, ["read", "--json", *map(str, files)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_mail_is_told_by_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(multipart("Content-Type: text/plain; charset=utf-8\r\n\r\nHej\r\n> gammalt", file_part("år.pdf")))

    assert read_files(file) == [
        {
            "file": str(file),
            "kind": "message",
            "reason": None,
            "subject": "Fel i rapporten",
            "from": {"address": "eva@kund.example", "name": "Eva Ek"},
            "to": [{"address": "support@leverantor.example", "name": ""}],
            "cc": [],
            "reply_to": [],
            "message_id": "",
            "in_reply_to": "",
            "references": [],
            "text": "Hej",
            "quoted": "> gammalt",
            "html": None,
            "attachments": [
                {
                    "name": "år.pdf",
                    "content_type": "application/pdf",
                    "size": 5,
                    "sha256": hashlib.sha256(b"%PDF-").hexdigest(),
                    "inline": False,
                }
            ],
            "bounce": None,
            "automatic": None,
            "warnings": [],
        }
    ]


def test_files_are_told_in_order_whatever_they_are(tmp_path: Path) -> None:
    names = [tmp_path / f"{number}.eml" for number in range(12)]
    for number, name in enumerate(names):
        name.write_bytes(plain(f"Mejl {number}"))
    missing, folder = tmp_path / "saknas.eml", tmp_path
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told = read_files(*names[:6], missing, folder, pipe, *names[6:])

    assert [one["text"] for one in told if one["kind"] == "message"] == [f"Mejl {number}" for number in range(12)]
    assert [(one["file"], one["kind"]) for one in told[6:9]] == [
        (str(missing), "unreadable"), (str(folder), "unreadable"), (str(pipe), "unreadable"),
    ]  # fmt: skip
    assert [one["reason"] for one in told[6:9]] == [
        "The file cannot be opened: No such file or directory.", "It is not a file.", "It is not a file.",
    ]  # fmt: skip


def test_file_that_is_too_long_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "stor.eml"
    with file.open("wb") as stream:
        stream.truncate(10_000_000_000)
    (told,) = read_files(file)

    assert (told["kind"], told["reason"]) == ("unreadable", "It is 10000 MB long; at most 46 MB are read.")


def test_name_that_is_no_text_is_told_as_text(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/\xff.eml"
    Path(os.fsdecode(file)).write_bytes(plain("Hej"))
    (told,) = read_files(os.fsdecode(file))

    assert (told["file"], told["text"]) == (f"{tmp_path}/\ufffd.eml", "Hej")


def test_reading_loads_no_django() -> None:
    code = "import sys, vaxel.cli.mail; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own words
