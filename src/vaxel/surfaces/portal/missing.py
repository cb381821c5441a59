"""What a question by mail lacked, as a form of only those questions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.tickets.details import Details, wanted_with
from vaxel.domain.tickets.lacking import CHECKLIST, FACT, FIELD, KIND, PRODUCT, TOPIC, own_words_field
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import last_words
from vaxel.domain.tickets.question import CHECKED
from vaxel.domain.tickets.redeciding import policy_for
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.asking.answers import Answers, as_question, clean
from vaxel.surfaces.asking.form import Asked, Form

#: What is told by choosing a kind, a product and a topic.
_ABOUT = {KIND, PRODUCT, TOPIC}


def answers_of(ticket: Ticket, *, words: str) -> Answers:
    """What is known of a ticket, as a draft would hold it."""
    said = {name: str(value) for name, value in ticket.fields.items() if not name.startswith("_") and value}
    return Answers(
        words=words,
        kind=ticket.kind,
        product=ticket.product,
        topic=ticket.topic,
        fields=said,
        declared={name: str(value) for name, value in ticket.facts["declared"].items()},
        checked=tuple(ticket.fields.get(CHECKED, ())),
        priority=ticket.priority,
    )


def asks_about(ticket: Ticket) -> bool:
    """Whether nobody has said yet what the question is about."""
    return bool(_ABOUT & set(ticket.details_missing))


def missing_form(ticket: Ticket, answers: Answers, *, desk: Desk, now: datetime) -> Form:
    """The questions that the answers' kind and product leave open. Raises FactsError when these do not go together."""
    policy = policy_for(ticket, desk=desk)
    kind = policy.file.kinds.get(answers.kind)
    if kind is None or answers.topic not in (kind.topics or ()):
        answers = replace(answers, topic="")
    wanted = wanted_with(ticket, kind=answers.kind, product=answers.product, topic=answers.topic, desk=desk, now=now)
    items = {item.name: item for rule in policy.file.checklists for item in rule.items}
    return Form(
        policy=policy,
        answers=answers,
        facts=wanted.facts,
        decision=wanted.decision,
        # No review follows, where quotas are told.
        agreement_starts=None,
        today=desk.day_of(now),
        asked=tuple(
            Asked(name, field, required=True, when="always")
            for name, field in policy.file.fields.items()
            if FIELD + name in wanted.lacks
        ),
        checklist=tuple(items[name] for name in wanted.decision.checklist) if CHECKLIST in wanted.lacks else (),
        declared=tuple((name, fact) for name, fact in policy.file.facts.items() if FACT + name in wanted.lacks),
        # The words of the mail stand in the ticket: the form asks for them under no name.
        own_words=own_words_field(policy, (field.name for field in wanted.decision.fields)) or "",
        asks_priority=False,
        offers_urgent=False,
    )


def details_of(form: Form) -> Details:
    """The answers to the form's questions, and to no others."""
    question = as_question(form.answers, policy=form.policy, asked=_asked(form))
    return Details(
        kind=question.kind,
        product=question.product,
        topic=question.topic,
        fields={name: question.fields[name] for name in _asked(form) if question.fields.get(name)},
        declared={name: question.declared[name] for name, _fact in form.declared if name in question.declared},
        checked=form.answers.checked if form.checklist else (),
        on_behalf_of=question.on_behalf_of,
    )


def _asked(form: Form) -> tuple[str, ...]:
    return tuple(asked.name for asked in form.asked)


def told(form: Form, *, ticket: Ticket, language: str) -> str:
    """The answers as the asker's next message, each under its question."""
    return "\n\n".join(f"{question}\n{answer}" for question, answer in _told(form, ticket, language))


def _told(form: Form, ticket: Ticket, language: str) -> Iterator[tuple[str, str]]:
    answers, file = form.answers, form.policy.file
    if asks_about(ticket):
        yield _("Kind"), _about(answers, policy=form.policy, language=language)
    for asked in form.asked:
        value = answers.fields.get(asked.name, "")
        chosen = asked.field.choices.get(value) if asked.field.choices else None
        if asked.field.type == "person":
            value = ", ".join(filter(None, (answers.colleague_name, answers.colleague_phone, answers.colleague_email)))
        if value and asked.field.type != "pictures":
            yield asked.field.label.in_(language), value if chosen is None else chosen.in_(language)
    for name, fact in form.declared:
        value = answers.declared.get(name, "")
        if value:
            label = fact.labels[value].in_(language) if value in fact.labels else value
            yield (fact.question or file.facts[name].name).in_(language), label
    if form.checklist:
        yield _("Done before asking"), "\n".join(item.text.in_(language) for item in form.checklist)


def _about(answers: Answers, *, policy: Policy, language: str) -> str:
    file = policy.file
    names = [file.kinds[answers.kind].name.in_(language)]
    if answers.product in file.products:
        names.append(file.products[answers.product].name.in_(language))
    if answers.topic in file.topics:
        names.append(file.topics[answers.topic].name.in_(language))
    return ", ".join(names)


def posted_words(sent: QueryDict, *, policy: Policy, language: str) -> str:
    """The answers in words of a form that was sent, each under its question."""
    said = {name: clean(sent.get(FIELD + name, "")) for name in policy.file.fields}
    return "\n\n".join(
        f"{policy.file.fields[name].label.in_(language)}\n{words}" for name, words in said.items() if words
    )


def has_said(ticket: Ticket, *, sent: QueryDict, by: Actor) -> bool:
    """Whether this form has arrived already: their last message holds all its answers."""
    last = last_words(ticket, by=by)
    return all(clean(sent.get(name, "")) in last for name in sent if name.startswith(FIELD))
