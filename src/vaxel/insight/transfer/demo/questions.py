"""A conversation's first words as a question: with the form's answers, the way that it comes, and its urgency."""

from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Final

from vaxel.domain.tickets.question import OnBehalfOf, Question
from vaxel.insight.transfer.demo.cast import CastPerson
from vaxel.insight.transfer.demo.deciding import Decider
from vaxel.insight.transfer.demo.files import Conversation, ConversationFile
from vaxel.insight.transfer.demo.wording import Words

_CASE_REFERENCE: Final = "case-reference"
_PORTAL: Final = "portal"


def question_of(
    conversation: Conversation,
    *,
    form: ConversationFile,
    words: Words,
    random: Random,
    asker: CastPerson,
    decider: Decider,
    at: datetime,
) -> Question:
    """The question as its asker sends it. Who tries a way that is closed to them asks in the portal instead."""
    channel = random.choice(conversation.channel)
    question = Question(
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
    decision = decider.decide(decider.facts(question, asker=asker, at=at), at)
    if not decision.usable:
        question = replace(question, channel=_PORTAL)
        decision = decider.decide(decider.facts(question, asker=asker, at=at), at)
    fields = {
        name: _answer(name, form=form, words=words, language=conversation.language)
        for name in (*decision.required_fields, *_chosen(decision.optional_fields, conversation, form, random))
        if name in form.form
    }
    return replace(
        question,
        fields={name: answer for name, answer in fields.items() if answer},
        on_behalf_of=_colleague(words) if random.random() < conversation.on_behalf else None,
    )


def _chosen(optional: tuple[str, ...], conversation: Conversation, form: ConversationFile, random: Random) -> list[str]:
    """The optional fields that are filled in."""
    shares = {**form.form_share, _CASE_REFERENCE: conversation.in_case}
    return [name for name in optional if random.random() < shares.get(name, 0.0)]


def _answer(name: str, *, form: ConversationFile, words: Words, language: str) -> str:
    own = form.form_en if language == "en" else {}
    return words.choose(own.get(name, form.form[name])).say(words)


def _colleague(words: Words) -> OnBehalfOf:
    return OnBehalfOf(name=words.look_up("colleague"), phone=words.look_up("phone"))
