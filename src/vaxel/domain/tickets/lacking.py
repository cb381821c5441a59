"""What a question by mail has not told of all that the form would have asked; pure.

Each thing has a name: "kind", "product" and "topic", "field-NAME" and "fact-NAME" by the policy's names, "checklist".
A form cannot be sent without them; a mail can, so they are asked back (`details`).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from vaxel.domain.tickets.question import CHECKED, Question
from vaxel.rules.policy import Decision, Policy

KIND: Final = "kind"
PRODUCT: Final = "product"
TOPIC: Final = "topic"
CHECKLIST: Final = "checklist"
FIELD: Final = "field-"
FACT: Final = "fact-"


def lacking(question: Question, *, policy: Policy, decision: Decision) -> tuple[str, ...]:
    """The names of what is missing, in the order in which a form asks; () where no ticket is made of it."""
    if not decision.ticket:
        return ()
    return (
        *_about(question, policy=policy),
        *_fields(question, policy=policy, decision=decision),
        *_facts(question, policy=policy),
        *([CHECKLIST] if set(decision.checklist) - set(question.fields.get(CHECKED, ())) else []),
    )


def _about(question: Question, *, policy: Policy) -> Iterator[str]:
    """A guess is asked back, unless there is nothing else that it could be."""
    if KIND in question.guessed and len(policy.file.kinds) > 1:
        yield KIND
    if PRODUCT in question.guessed and len(policy.file.products) > 1:
        yield PRODUCT
    if policy.file.kinds[question.kind].topic_required and not question.topic:
        yield TOPIC


def _fields(question: Question, *, policy: Policy, decision: Decision) -> Iterator[str]:
    own = own_words_field(policy, (field.name for field in decision.fields))
    for name in decision.required_fields:
        match policy.file.fields[name].type:
            case "pictures":
                told = question.pictures > 0
            case "person":
                told = question.on_behalf_of is not None
            case _:
                told = name == own or bool(question.fields.get(name))
        if not told:
            yield FIELD + name


def _facts(question: Question, *, policy: Policy) -> Iterator[str]:
    for name, fact in policy.file.facts.items():
        if fact.source == "form" and fact.default is None and name not in question.declared:
            yield FACT + name


def own_words_field(policy: Policy, names: Iterable[str]) -> str | None:
    """The form's first long field among `names`: the asker's own words are its answer, by whatever channel."""
    wanted = set(names)
    return next(
        (name for name, asked in policy.file.fields.items() if name in wanted and asked.type == "long-text"), None
    )
