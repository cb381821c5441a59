"""`vaxel desk …` as somebody types it: from nothing to a desk with people, and what is told when that fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.programs import vaxel
from tests.prepared import copy_prepared_database
from vaxel.kit.embedded import embedded_server

EXAMPLES = Path(__file__).parents[2] / "examples"
KOMPASS = str(EXAMPLES / "desks" / "kompass.toml")
PEOPLE = str(EXAMPLES / "first-desk.toml")
ALVA = ("--admin-name", "Alva Sund", "--admin-mail", "alva.sund@kompass.example")
PASSWORD = "en lång mening om gröna älgar\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of an empty installation, whose database runs."""
    folder = tmp_path_factory.mktemp("installation") / "var"
    copy_prepared_database(folder)
    with embedded_server(folder):
        yield folder


def test_desk_is_made_filled_and_shown(data: Path) -> None:
    first = vaxel("desk", "list", data=data)
    assert first.stdout.splitlines()[-1] == "There is no desk yet: vaxel desk create POLICY.toml makes one."

    made = vaxel("desk", "create", KOMPASS, *ALVA, "--password-stdin", data=data, typed=PASSWORD)
    assert made.stdout.splitlines() == [
        "Kompass support is open and decides by version 1 of kompass.toml.",
        "Alva Sund signs in at http://127.0.0.1:8000/signin/ as alva.sund@kompass.example with the password.",
        (
            "No mail server is set (VAXEL_SMTP_HOST), so no code can be sent: "
            "vaxel desk password MAIL --password-stdin gives somebody a password."
        ),
        "",
        "Still missing:",
        "  There are no customers yet.",
    ]

    tried = vaxel("desk", "load", PEOPLE, "--dry-run", data=data)
    assert tried.stdout.splitlines()[-1] == (
        "Made 17, changed 1, left 0 as they were. Nothing of it was kept: this was a dry run."
    )
    loaded = vaxel("desk", "load", PEOPLE, data=data)
    assert loaded.stdout.splitlines()[-1] == "Made 17, changed 1, left 0 as they were."

    lines = vaxel("desk", "show", data=data).stdout.splitlines()
    assert lines[0] == "Kompass support (kompass), tickets KOM-…, policy version 1, sv, en"
    assert lines[8:12] == [
        "Organisations: 2",
        "  Norrviks kommun · standard: suite, from 2026-01-01 · 1 of 2 seats",
        "    Ronja Ask <ronja.ask@norrvik.example>  contact, local contact, sees all tickets, administers",
        "    Uno Sten <uno.sten@norrvik.example>",
    ]

    given = vaxel("desk", "password", "Ronja.Ask@norrvik.example", "--password-stdin", data=data, typed=PASSWORD)
    assert given.stdout == "Ronja Ask signs in with this password from now on.\n"

    elsewhere = vaxel("desk", "load", PEOPLE, "--desk", "kompas", data=data)
    assert elsewhere.stderr == "vaxel: There is no desk kompas. The desks are: kompass.\n"
    again = vaxel("desk", "create", KOMPASS, *ALVA, data=data)
    assert (again.returncode, again.stderr) == (
        1,
        "vaxel: There is a desk kompass already: vaxel policy publish gives it another policy.\n",
    )


def test_weak_password_and_unknown_names_are_one_sentence_each(data: Path) -> None:
    baver = str(EXAMPLES / "desks" / "baver.toml")
    weak = vaxel("desk", "create", baver, *ALVA, "--password-stdin", data=data, typed="kort\n")
    assert weak.stderr == "vaxel: This password is too short. It must contain at least 12 characters.\n"
    nobody = vaxel("desk", "password", "x@kompass.example", "--password-stdin", data=data, typed=PASSWORD)
    assert nobody.stderr == "vaxel: Nobody has an account with the address x@kompass.example.\n"
    without = vaxel("desk", "forget-second-factor", "Ronja.Ask@norrvik.example", data=data)
    assert without.stderr == "vaxel: Ronja Ask has no second step when signing in. Nothing was changed.\n"
    assert (weak.returncode, nobody.returncode, without.returncode) == (1, 1, 1)


def test_files_that_are_not_there_and_bad_addresses_need_no_database(tmp_path: Path) -> None:
    nowhere = vaxel("desk", "load", "nowhere.toml", data=tmp_path)
    assert nowhere.stderr == "vaxel: nowhere.toml cannot be read: No such file or directory\n"
    named = ("--admin-name", "Alva Sund", "--admin-mail", "alva")
    address = vaxel("desk", "create", KOMPASS, *named, data=tmp_path)
    assert address.stderr == "vaxel: alva is not a mail address.\n"
