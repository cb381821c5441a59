"""A conversation's first words as a question: the way that it comes, its urgency, and the form as it was filled in."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, Final

from vaxel.domain.tickets.question import CHECKED, IMPACT, OnBehalfOf, Question, impact_said
from vaxel.insight.transfer.demo.cast import CastPerson
from vaxel.insight.transfer.demo.deciding import Decider
from vaxel.insight.transfer.demo.files import Conversation, ConversationFile
from vaxel.insight.transfer.demo.wording import Words
from vaxel.rules.policy import Decision

_CASE_REFERENCE: Final = "case-reference"
_LONG: Final = "long-text"
_PORTAL: Final = "portal"
_MAIL: Final = "mail"
#: Those who call have filled in no form. Whoever wrote a mail has been asked for the details and told them: a history
#: shows the question as it was then.
_WITH_FORM: Final = frozenset({_PORTAL, "widget", _MAIL})


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody is about to ask."""

    conversation: Conversation
    form: ConversationFile
    words: Words
    random: Random
    asker: CastPerson
    decider: Decider
    at: datetime

    def decision(self, question: Question) -> Decision:
        """What the policy says about it now."""
        return self.decider.decide(self.decider.facts(question, asker=self.asker, at=self.at), self.at)


def question_of(asking: Asking) -> Question:
    """The question as its asker sends it. Who tries a way that is closed to them asks in the portal instead."""
    question = _first_words(asking)
    decision = asking.decision(question)
    if not decision.usable:
        question = replace(question, channel=_PORTAL)
        decision = asking.decision(question)
    return _with_form(question, decision, asking) if question.channel in _WITH_FORM else question


def _first_words(asking: Asking) -> Question:
    conversation, words, random = asking.conversation, asking.words, asking.random
    channel = random.choice(conversation.channel)
    return Question(
        kind=conversation.kind,
        product=conversation.product,
        topic=conversation.topic,
        channel=channel,
        subject=words.choose(conversation.subject).say(words),
        text=words.choose(conversation.turn[0].asks).say(words),
        priority=random.choice(conversation.priority),
        urgent=channel == "phone" or random.random() < conversation.urgent,
        language=conversation.language,
    )


def _with_form(question: Question, decision: Decision, asking: Asking) -> Question:
    """With the answers to the form's fields: the long ones stand in the text too, as the portal sends them."""
    answers = _answers(decision, asking)
    fields = asking.decider.policy.file.fields
    own = next((asked.name for asked in decision.fields if fields[asked.name].type == _LONG), None)
    long = [
        f"{fields[name].label.in_(question.language)}\n{answer}"
        for name, answer in answers.items()
        if fields[name].type == _LONG
    ]
    filled: dict[str, Any] = {
        **({} if own is None else {own: question.text}),
        **answers,
        **({CHECKED: list(decision.checklist)} if decision.checklist else {}),
        **_impact(question, asking),
    }
    is_for_colleague = asking.random.random() < asking.conversation.on_behalf
    return replace(
        question,
        text="\n\n".join([question.text, *long]),
        fields=filled,
        on_behalf_of=_colleague(asking.words) if is_for_colleague else None,
    )


def _impact(question: Question, asking: Asking) -> dict[str, Any]:
    """The answers about impact that come nearest to the priority. A mail gives none, nor does a wish for work."""
    policy = asking.decider.policy
    asked, order = policy.file.priorities.guidance, list(policy.file.priorities.levels)
    if not asked or question.channel == _MAIL or policy.file.kinds[question.kind].scope != "in":
        return {}
    most = order.index(question.priority)
    answered = [(each, min(each.answers, key=lambda one: abs(order.index(one.suggests) - most))) for each in asked]
    return {IMPACT: impact_said(answered, languages=policy.languages)}


def _answers(decision: Decision, asking: Asking) -> dict[str, str]:
    """What was filled in: all that is required, and some of the rest."""
    shares = {**asking.form.form_share, _CASE_REFERENCE: asking.conversation.in_case}
    chosen = [name for name in decision.optional_fields if asking.random.random() < shares.get(name, 0.0)]
    wanted = [name for name in (*decision.required_fields, *chosen) if name in asking.form.form]
    answers = {name: _answer(name, asking) for name in wanted}
    return {name: answer for name, answer in answers.items() if answer}


def _answer(name: str, asking: Asking) -> str:
    own = asking.form.form_en if asking.conversation.language == "en" else {}
    return asking.words.choose(own.get(name, asking.form.form[name])).say(asking.words)


def _colleague(words: Words) -> OnBehalfOf:
    return OnBehalfOf(name=words.look_up("colleague"), phone=words.look_up("phone"))
