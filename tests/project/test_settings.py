"""The settings that an installation gives: each is explained, and secrets may be files."""

import re
from pathlib import Path
from typing import Any

import pytest

from vaxel.project.environment import Environment, read_environment

PAGE = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
EXPLAINED = dict(re.findall(r"^\| `(VAXEL_\w+)` \| (.*?) \|", PAGE, re.MULTILINE))


def test_every_setting_is_explained() -> None:
    assert set(EXPLAINED) == {f"VAXEL_{name.upper()}" for name in Environment.model_fields}


@pytest.mark.parametrize("name", [name for name, field in Environment.model_fields.items()])
def test_explained_default_is_the_real_one(name: str) -> None:
    default = Environment.model_fields[name].default
    plain = default.get_secret_value() if hasattr(default, "get_secret_value") else default
    told = EXPLAINED[f"VAXEL_{name.upper()}"].strip("`")
    words = {"": "empty", False: "false"}.get(plain, str(plain))
    assert told == ("made once" if name == "secret_key" else words)


def test_secret_may_be_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vaxel_smtp_password").write_text("from the file\n")
    monkeypatch.setenv("VAXEL_SECRETS_DIR", str(tmp_path))
    assert read_environment().smtp_password.get_secret_value() == "from the file"


def test_variable_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vaxel_smtp_user").write_text("file")
    monkeypatch.setenv("VAXEL_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("VAXEL_SMTP_USER", "variable")
    assert read_environment().smtp_user == "variable"


def test_made_secret_key_is_kept_and_for_the_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAXEL_SECRET_KEY")
    environment = Environment(data=tmp_path)
    key = environment.resolved_secret_key()
    kept = tmp_path / "secret-key"
    assert (environment.resolved_secret_key(), len(key) >= 64, kept.stat().st_mode & 0o777) == (key, True, 0o600)


def test_empty_file_of_the_secret_key_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk left it so; without a key every page would be a fault."""
    monkeypatch.delenv("VAXEL_SECRET_KEY")
    (tmp_path / "secret-key").touch(mode=0o644)
    key = Environment(data=tmp_path).resolved_secret_key()
    assert (len(key) >= 64, [each.name for each in tmp_path.iterdir()]) == (True, ["secret-key"])
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("base_url", "more", "hosts"),
    [
        ("http://127.0.0.1:8000", "", ["127.0.0.1", "localhost"]),
        ("https://support.kompass.example", "", ["support.kompass.example"]),
        ("https://support.kompass.example", "node1, node2", ["node1", "node2", "support.kompass.example"]),
    ],
)
def test_t61_only_named_hosts_are_answered(base_url: str, more: str, hosts: list[str]) -> None:
    assert Environment(base_url=base_url, allowed_hosts=more).hosts == hosts


def test_cookies_are_for_https_where_people_use_it() -> None:
    assert [Environment(base_url=url).secure for url in ("https://a.example", "http://a.example")] == [True, False]


def test_folders_of_files_are_closed_to_others(tmp_path: Path) -> None:
    """Attachments and exports lie there, and a machine may have more people than the one who runs Växel."""
    open_before = tmp_path / "files"
    open_before.mkdir(mode=0o755)
    environment = Environment(data=tmp_path)
    rights = [environment.folder(name).stat().st_mode & 0o777 for name in ("files", "uploads")]
    assert rights == [0o750, 0o700]


_PUBLIC = "https://support.kompass.example"


@pytest.mark.parametrize(
    ("given", "unsafe"),
    [
        ({}, []),
        ({"base_url": _PUBLIC, "behind_proxy": True}, []),
        ({"base_url": "http://support.kompass.example"}, ["VAXEL_BASE_URL"]),
        ({"base_url": _PUBLIC}, ["VAXEL_BEHIND_PROXY"]),
        ({"allowed_hosts": "node1,*"}, ["VAXEL_ALLOWED_HOSTS"]),
        ({"secret_key": "hemlig"}, ["VAXEL_SECRET_KEY"]),
        ({"secret_key": "h" * 50}, []),
        ({"smtp_host": "mail.kompass.example"}, ["VAXEL_SMTP_TLS"]),
        ({"smtp_host": "mail.kompass.example", "smtp_tls": "starttls"}, []),
        ({"smtp_host": "127.0.0.1"}, []),
    ],
)
def test_unsafe_settings_are_told(given: dict[str, Any], unsafe: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAXEL_SECRET_KEY")
    assert [sentence.split()[0] for sentence in Environment(**given).unsafe] == unsafe


def test_misspelt_settings_are_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VAXEL_SMPT_HOST", "VAXEL_COLOUR", "VAXEL_PARENT", "VAXEL_SECRETS_DIR", "OTHERS"):
        monkeypatch.setenv(name, "x")
    assert Environment().unknown == (
        "VAXEL_COLOUR is not a setting, so nothing is done with it: unset it, or see docs/running.md",
        "VAXEL_SMPT_HOST is not a setting, so nothing is done with it: did you mean VAXEL_SMTP_HOST?",
    )
