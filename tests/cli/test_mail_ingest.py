"""`vaxel mail ingest` as somebody pipes mails into it: one line for each file, whatever is in it."""

import json
import os
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.cli.programs import Run, vaxel
from tests.faults.installation import copy_installation, made_installation
from tests.settings import RUN

SERVER = "mx.kompass.example"
RONJA = "ronja.ask@norrvik.example"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation with one desk and its customers; nothing of it runs."""
    return copy_installation(made_installation(Path(os.environ[RUN])), tmp_path_factory.mktemp("ingest") / "var")


def letter(name: str, *, sender: str = RONJA, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={sender.rpartition('@')[2]}"
    mail["From"], mail["To"] = sender, "support@kompass.example"
    mail["Subject"], mail["Message-ID"] = "Oväntat fel när jag sparar", f"<{name}@norrvik.example>"
    for header, value in headers.items():
        mail[header.replace("_", "-")] = value
    mail.set_content("Det står att ett oväntat fel har inträffat.")
    return mail.as_bytes()


def bounce() -> bytes:
    report = (
        "From: MAILER-DAEMON@norrvik.example\r\nTo: support@kompass.example\r\nSubject: Undelivered\r\n"
        "Message-ID: <b@norrvik.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; norrvik.example\r\n\r\n"
        "Final-Recipient: rfc822; uno@norrvik.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    return report.encode()


def ingest(files: list[Path], *, data: Path) -> list[dict[str, Any]]:
    """What is said of each file; the call itself must have gone well."""
    named = [str(each) for each in files]
    done = vaxel("mail", "ingest", "--desk", "kompass", "--json", *named, data=data, VAXEL_MAIL_AUTHSERV_ID=SERVER)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in told] == named
    return told


def written(folder: Path, **mails: bytes) -> list[Path]:
    for name, raw in mails.items():
        (folder / f"{name}.eml").write_bytes(raw)
    return [folder / f"{name}.eml" for name in mails]


def test_ingest_tells_what_became_of_each_file(data: Path, tmp_path: Path) -> None:
    question = letter("first")
    mails = written(
        tmp_path,
        question=question,
        copy=question,
        answer=letter("second", In_Reply_To="<first@norrvik.example>"),
        stranger=letter("third", sender="maj@okand.example"),
        away=letter("fourth", Auto_Submitted="auto-replied"),
        bounce=bounce(),
        torn=b"\x00\xff" * 400,
    )
    told = ingest([*mails, tmp_path / "missing.eml", tmp_path], data=data)

    assert [(one["outcome"], one["reason"]) for one in told] == [
        ("ticket", "new-question"),
        ("duplicate", "copy"),
        ("reply", "answer"),
        ("quarantine", "stranger"),
        ("ignored", "automatic"),
        ("bounce", "came-back-unknown"),
        ("quarantine", "no-sender"),
        ("ignored", "no-file"),
        ("ignored", "no-file"),
    ]
    name = told[0]["ticket"]
    assert [one["ticket"] for one in told] == [name, name, name, *[None] * 6]
    assert name.startswith("KOM-")
    assert told[-2]["detail"] == "The file cannot be opened: No such file or directory."


def test_ingest_works_beside_everything_that_runs(data: Path, tmp_path: Path) -> None:
    run = Run(data)
    try:
        run.wait_until_ready()
        told = ingest(written(tmp_path, **{f"n{each}": letter(f"beside{each}") for each in range(20)}), data=data)
        assert {one["outcome"] for one in told} == {"ticket"}
        assert len({one["ticket"] for one in told}) == 20
        assert run.answers()
        run.end()
    finally:
        run.clean_up()
