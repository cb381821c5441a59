"""What is copied is what the doors would have written."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.models import Clock, ClockInterval, Event, Message, Note, Ticket
from vaxel.insight.transfer.demo import files
from vaxel.insight.transfer.demo.bulk import copy_history
from vaxel.insight.transfer.demo.cast import make_cast
from vaxel.insight.transfer.demo.fill import seat_limits
from vaxel.insight.transfer.demo.history import Plan, plan_history
from vaxel.insight.transfer.demo.play import play
from vaxel.insight.transfer.demo.scripts import TicketScript
from vaxel.insight.transfer.demo.stage import Stage, make_desk, set_stage

NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)
#: Ids differ, and what refers to them is compared by what it means.
_IDS = {"id", "ticket_id", "message_id", "clock_id"}
Row = dict[str, Any]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", files.DESKS)
def test_copied_history_equals_the_played_one(slug: str) -> None:
    stage = _stage(slug)
    scripts = _scripts(stage, count=90)

    def written(write: Callable[[Iterable[TicketScript]], None]) -> dict[str, list[Row]]:
        Ticket.unscoped.all().delete()
        Desk.objects.update(last_number=1000)
        write(scripts)
        return {model.__name__: list(_rows(model)) for model in (Ticket, Message, Note, Event, Clock)} | {
            "ClockInterval": list(_rows(ClockInterval))
        }

    def by_doors(scripts: Iterable[TicketScript]) -> None:
        for script in scripts:
            play(_without_pictures(script), stage=stage)

    def by_copy(scripts: Iterable[TicketScript]) -> None:
        copy_history(scripts, stage=stage)

    played = written(by_doors)
    copied = written(by_copy)
    assert copied == played


def _stage(slug: str) -> Stage:
    part = files.desk_file(slug)
    desk = make_desk(part.desk, now=NOW)
    cast = make_cast(part, files.name_file(), seed=4, today=NOW.date())
    return set_stage(desk, cast, limits=seat_limits(desk))


def _scripts(stage: Stage, *, count: int) -> list[TicketScript]:
    conversations = files.conversation_file(stage.desk.slug)
    policy = current_policy(stage.desk)
    plan = Plan(cast=stage.cast, conversations=conversations, policy=policy, seed=4, count=count, now=NOW)
    return list(plan_history(plan))


def _without_pictures(script: TicketScript) -> TicketScript:
    return TicketScript(**{name: getattr(script, name) for name in TicketScript.__slots__} | {"pictures": 0})


def _rows(model: type[models.Model]) -> Iterator[Row]:
    for row in model._default_manager.order_by("pk").values():
        yield _without_ids(row)


def _without_ids(row: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in _IDS}
    if isinstance(kept.get("data"), dict):
        kept["data"] = {name: value for name, value in kept["data"].items() if name not in {"message", "note"}}
    return kept
