"""Replaying history before a policy is published."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import factories as world
from tests.cli.programs import vaxel
from tests.prepared import ROOT
from vaxel.cli import published
from vaxel.cli.start_error import StartError
from vaxel.rules.policy import read_policy

STRICTER = world.policy_source("kompass").replace('within = "4h"', 'within = "2h"')


@pytest.mark.django_db
def test_replay_tells_what_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    desk = world.make_desk()
    person = world.make_person(world.make_organisation(desk))
    now = timezone.now()
    ticket = world.ask(person, now=now - timedelta(days=2))
    world.ask(person, kind="change-request", now=now - timedelta(days=1))
    world.ask(person, now=now - timedelta(days=100))

    published._tell(desk, read_policy(STRICTER), back=timedelta(days=90), show=50, language="en")

    assert capsys.readouterr().out.splitlines() == [
        f"KOM-{ticket.number}: targets",
        "2 questions decided again, 1 would change, targets 1.",
    ]


@pytest.mark.django_db
def test_replay_of_the_same_policy_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    desk = world.make_desk()
    world.ask(world.make_person(world.make_organisation(desk)), now=timezone.now())

    published._tell(desk, read_policy(world.policy_source("kompass")), back=timedelta(days=90), show=50, language="en")

    assert capsys.readouterr().out == "1 questions decided again, 0 would change.\n"


def test_a_policy_with_faults_is_not_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(world.policy_source("kompass").replace('promise = "goal"', 'promise = "gaol"', 1))

    with pytest.raises(StartError, match="så inget är gjort"):
        published.checked_policy(file)

    assert "gaol" in capsys.readouterr().err


def test_faults_are_told_in_the_language_of_the_desk_or_the_one_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(world.policy_source("kompass").replace('promise = "goal"', 'promise = "gaol"', 1))

    with pytest.raises(StartError, match="så inget är gjort"):
        published.checked_policy(file)
    assert 'Här ska det stå ett av de tillåtna orden, inte "gaol". Menade du "goal"?' in capsys.readouterr().err
    with pytest.raises(StartError, match="so nothing was done"):
        published.checked_policy(file, "en")
    assert '"gaol" is not one of the words here. Did you mean "goal"?' in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["", "90", "d", "-3d", "90x", "999999d", "٣d"])
def test_a_span_that_cannot_be_read_says_how_to_write_it(typed: str) -> None:
    with pytest.raises(StartError, match="90d"):
        published._span(typed)


@pytest.mark.parametrize("command", ["publish", "replay"])
def test_folder_without_an_installation_is_told_and_gets_no_database(command: str, tmp_path: Path) -> None:
    data = tmp_path / "var"
    ended = vaxel("policy", command, str(ROOT / "examples" / "desks" / "kompass.toml"), data=data)

    told = f"vaxel: There is no installation in {data}. Name its data folder with VAXEL_DATA, or make one: vaxel run\n"
    assert (ended.returncode, ended.stderr) == (1, told)
    assert not (data / "postgres").exists()
