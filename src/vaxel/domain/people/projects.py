"""Deliveries to customers: while one runs, its manager is the first to ask (A13)."""

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.changes import Changes, first_values, for_history, insert, lock, take_over
from vaxel.domain.people.models import Organisation, Project, Staff


class ProjectPlan(TypedDict, total=False):
    """Who leads a project, and when. It runs through `ends_on`; None while nobody has said. Left out: as it is."""

    name: str
    manager: Staff
    starts_on: date
    ends_on: date | None


@transaction.atomic
def start_project(organisation: Organisation, *, name: str, plan: ProjectPlan, by: Actor, now: datetime) -> Project:
    """Begin a delivery; `plan` has a manager and a first day. Raises ValueError for an end before the start."""
    _require_order(plan["starts_on"], plan.get("ends_on"))
    project = insert(Project(desk_id=organisation.desk_id, organisation=organisation, name=name), plan)
    _note("project-started", project, by=by, now=now, changes=first_values({"name": name, **plan}))
    return project


@transaction.atomic
def plan_project(project: Project, *, plan: ProjectPlan, seen: str = "", by: Actor, now: datetime) -> tuple[str, ...]:
    """Change who leads the project, when, or what it is called; returns the fields that changed.

    Raises ValueError as `start_project`, and ChangedMeanwhileError when the project is not as it was `seen`.
    """
    lock(project, seen=seen)
    _require_order(plan.get("starts_on", project.starts_on), plan.get("ends_on", project.ends_on))
    changes = take_over(project, plan)
    if changes:
        _note("project-planned", project, by=by, now=now, changes=changes)
    return tuple(changes)


def _require_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise ValueError("a project cannot end before it starts")


def _note(kind: str, project: Project, *, by: Actor, now: datetime, changes: Changes) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=project.desk_id,
        organisation_id=project.organisation_id,
        project_id=project.pk,
        fields=",".join(changes),
        changes=for_history(changes),
    )
