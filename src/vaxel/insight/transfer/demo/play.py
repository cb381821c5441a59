"""A script played through the doors that people use, at the instants when it happened.

So clocks, events and decisions are what the program itself makes of such a day, and a demonstration is a test too.
"""

from dataclasses import replace

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets import conversation, intake, lifecycle
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.question import Question
from vaxel.insight.transfer.demo.pictures import picture
from vaxel.insight.transfer.demo.scripts import (
    Act,
    Assigns,
    Closes,
    Notes,
    Reclassifies,
    Says,
    SetsPriority,
    Solves,
    TicketScript,
)
from vaxel.insight.transfer.demo.stage import Stage


class OtherDecisionError(RuntimeError):
    """The door decided otherwise than the plan: cast and database do not agree."""


def play(script: TicketScript, *, stage: Stage) -> int:
    """Open the ticket and do everything that happened to it; its number."""
    by = stage.actor(script.stored_by(stage.cast.staff))
    person_id = stage.people[script.asker.index]
    question = _with_pictures(script, stage=stage) if script.pictures else script.question
    ticket = intake.open_ticket(question, desk=stage.desk, person_id=person_id, by=by, now=script.at)
    if ticket.destination != script.decision.destination:
        raise OtherDecisionError(f"{ticket.destination} instead of {script.decision.destination}: {script.question}")
    for act in script.acts:
        _do(act, number=ticket.number, script=script, stage=stage)
    return ticket.number


def _with_pictures(script: TicketScript, *, stage: Stage) -> Question:
    """The question with a draft that holds its pictures, as the form leaves it."""
    asker = script.asker
    organisation_id = stage.organisations[asker.organisation]
    draft = new_draft(
        desk_id=stage.desk.pk,
        organisation_id=organisation_id,
        person_id=stage.people[asker.index],
        data={},
        now=script.at,
    )
    for index in range(script.pictures):
        drawn = picture(script.question.subject, index)
        name = f"skärmbild {index + 1}.png"
        incoming = Incoming(name=name, content_type="image/png", size=len(drawn), chunks=[drawn])
        store_for_draft(incoming, draft=draft, organisation_id=organisation_id, now=script.at)
    return replace(script.question, draft_id=draft.pk)


def _do(act: Act, *, number: int, script: TicketScript, stage: Stage) -> None:
    by, scope = stage.actor(act.by), stage.scope(script.organisation)
    match act:
        case Says():
            _say(act, number=number, by=by, script=script, stage=stage)
        case Notes():
            conversation.note(scope=scope, number=number, text=act.text, by=by, now=act.at)
        case Assigns():
            lifecycle.assign(scope=scope, number=number, staff_id=stage.staff[act.to.index], by=by, now=act.at)
        case SetsPriority():
            lifecycle.set_priority(scope=scope, number=number, priority=act.facts.priority, by=by, now=act.at)
        case Reclassifies():
            lifecycle.reclassify(
                scope=scope, number=number, kind=act.facts.kind, product=script.question.product, by=by, now=act.at
            )
        case Solves():
            lifecycle.solve(scope=scope, number=number, by=by, now=act.at)
        case Closes():
            lifecycle.close(scope=scope, number=number, by=by, now=act.at)


def _say(act: Says, *, number: int, by: Actor, script: TicketScript, stage: Stage) -> None:
    is_staff = by.kind == "staff"
    conversation.reply(
        scope=stage.scope(script.organisation),
        number=number,
        text=act.text,
        by=by,
        now=act.at,
        channel="portal" if is_staff or script.question.channel == "phone" else script.question.channel,
        language=script.question.language,
        then=act.then,
    )
