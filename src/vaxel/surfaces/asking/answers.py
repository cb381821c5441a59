"""What somebody has answered so far: the contents of a draft, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from unicodedata import category

from pydantic import TypeAdapter

from vaxel.domain.tickets.question import (
    CHECKED,
    IMPACT,
    SITUATION,
    STANDS_STILL,
    SUGGESTED_PRIORITY,
    OnBehalfOf,
    Question,
    impact_said,
)
from vaxel.kit.numbers import number_in
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.declarations import Fact, Guidance, GuidanceAnswer
from vaxel.surfaces.asking.titles import title_of

#: Where a question comes in, unless its answers say otherwise.
PORTAL: Final = "portal"
MOST_WORDS: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Which showing of a form changed an answer last, and another page's text that it was put beside."""

    page: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One draft. Names are those of the desk's policy; "" and empty stand for what is not answered yet.

    Answers of a kind that is no longer chosen stay here, so that going back and forth loses nothing; what is sent
    is only what the chosen kind asks.
    """

    #: The question in the asker's own words: what they wrote first, and what the form's first long field holds.
    words: str = ""
    kind: str = ""
    product: str = ""
    topic: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    #: The number of the answer to each guidance question, "" for none.
    impact: tuple[str, ...] = ()
    #: The priority that they chose themselves; "" follows the impact.
    priority: str = ""
    standstill: str = ""
    urgent: bool = False
    colleague_name: str = ""
    colleague_phone: str = ""
    colleague_email: str = ""
    colleague_copy: bool = False
    language: str = ""
    #: The surface that it is asked in, as the policy names channels.
    channel: str = PORTAL
    #: What the product told of where the asker stood (A8), by names of `question.SITUATION`.
    situation: Mapping[str, str] = field(default_factory=dict)
    #: Of several questions asked at once: which of them this is, of how many, and the draft that comes before it.
    nth: int = 0
    of: int = 0
    follows: str = ""
    #: The id of the question to the local contacts that this one brings to the vendor (A12).
    passed_on: int = 0
    #: Who wrote what, where one draft is open on several pages (`together.py`), by names of inputs.
    written: Mapping[str, Written] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For the draft's column."""
        return asdict(self)

    @property
    def subject(self) -> str:
        """The first sentence that says something."""
        return title_of(self.words)

    @property
    def for_colleague(self) -> bool:
        """True when anything of a colleague is filled in (B10)."""
        return bool(self.colleague_name or self.colleague_phone or self.colleague_email)


_ADAPTER: Final = TypeAdapter(Answers)


def from_data(data: Mapping[str, Any]) -> Answers:
    """The answers that a draft holds; a draft that was sent holds none."""
    return _ADAPTER.validate_python(dict(data))


def kept_answers(data: Mapping[str, Any], *, policy: Policy) -> Answers:
    """The answers of a draft, as far as the policy of today still knows what was chosen: the rest is asked again."""
    answers, file = from_data(data), policy.file
    return replace(
        answers,
        kind=answers.kind if answers.kind in file.kinds else "",
        product=answers.product if answers.product in file.products else "",
        topic=answers.topic if answers.topic in file.topics else "",
        priority=answers.priority if answers.priority in file.priorities.levels else "",
    )


def clean(text: str) -> str:
    """Typed text without what no database takes: line ends as one sign, nothing around it; "" if none is seen."""
    typed = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return typed if any(category(sign) not in _INVISIBLE for sign in typed) else ""


#: Signs that steer others, as those that join, break or turn around; controls; spaces; marks without a letter.
_INVISIBLE: Final = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})


def suggested_priority(answers: Answers, *, policy: Policy) -> str:
    """The highest priority that the answers about impact suggest; "" when there is none."""
    order = list(policy.file.priorities.levels)
    suggested = [answer.suggests for _guidance, answer in _impact(answers, policy=policy)]
    return max(suggested, key=order.index, default="")


def _impact(answers: Answers, *, policy: Policy) -> list[tuple[Guidance, GuidanceAnswer]]:
    """The questions about impact that are answered with one of their answers."""
    return [
        (guidance, guidance.answers[number])
        for guidance, answer in zip(policy.file.priorities.guidance, answers.impact, strict=False)
        if (number := number_in(answer)) is not None and number < len(guidance.answers)
    ]


def effective_priority(answers: Answers, *, policy: Policy) -> str:
    """What they chose, or what their answers suggest, or the policy's default."""
    return answers.priority or suggested_priority(answers, policy=policy) or policy.file.priorities.default or ""


def as_question(
    answers: Answers, *, policy: Policy, asked: Iterable[str] = (), draft_id: int | None = None, language: str = ""
) -> Question:
    """The question as every door takes it; `asked` names the fields whose answers go with it."""
    names = set(asked)
    own = own_words_field(policy, names)
    fields: dict[str, Any] = {
        name: answers.fields[name] for name in policy.file.fields if name in names and answers.fields.get(name)
    }
    if own is not None:
        fields[own] = answers.words
    fields |= _kept_beside(answers, policy=policy)
    return Question(
        kind=answers.kind,
        channel=answers.channel,
        subject=answers.subject,
        text=_text(answers, policy=policy, names=names, language=language),
        product=answers.product,
        topic=answers.topic,
        priority=effective_priority(answers, policy=policy),
        urgent=answers.urgent,
        fields=fields,
        declared=_declared(answers, policy=policy),
        on_behalf_of=_on_behalf_of(answers, policy=policy, names=names),
        language=answers.language or language,
        draft_id=draft_id,
        passed_on_from=answers.passed_on or None,
    )


def own_words_field(policy: Policy, names: Iterable[str]) -> str | None:
    """The form's first long field among `names`: it holds the words that the asker began with, asked once only."""
    wanted = set(names)
    return next(
        (name for name, asked in policy.file.fields.items() if name in wanted and asked.type == "long-text"), None
    )


def _kept_beside(answers: Answers, *, policy: Policy) -> dict[str, Any]:
    """The checklist (B1), what was said about priority (B9), and where the asker stood in the product (A8)."""
    kept: dict[str, Any] = {}
    if answers.checked:
        kept[CHECKED] = list(answers.checked)
    if impact := _impact(answers, policy=policy):
        kept[IMPACT] = impact_said(impact, languages=policy.languages)
    suggested = suggested_priority(answers, policy=policy)
    if suggested and answers.priority and answers.priority != suggested:
        kept[SUGGESTED_PRIORITY] = suggested
    if answers.standstill:
        kept[STANDS_STILL] = answers.standstill
    if answers.situation:
        kept[SITUATION] = dict(answers.situation)
    return kept


def _text(answers: Answers, *, policy: Policy, names: set[str], language: str) -> str:
    """The first message: the own words, then the other long answers under their questions (B7)."""
    own = own_words_field(policy, names)
    parts = [answers.words]
    for name, asked in policy.file.fields.items():
        if name in names and name != own and asked.type == "long-text" and answers.fields.get(name):
            parts.append(f"{asked.label.in_(language)}\n{answers.fields[name]}")
    level = policy.file.priorities.levels.get(effective_priority(answers, policy=policy))
    if answers.standstill and level is not None and level.asks is not None:
        parts.append(f"{level.asks.in_(language)}\n{answers.standstill}")
    return "\n\n".join(part for part in parts if part)


def _declared(answers: Answers, *, policy: Policy) -> dict[str, str | int]:
    """The facts that the policy asks the form for, as far as they are answered with what may be answered.

    The policy decides on the rest as on what is not answered yet; the form says what is wrong with it.
    """
    found: dict[str, str | int] = {}
    for name, answer in answers.declared.items():
        fact = policy.file.facts.get(name)
        value = None if fact is None or fact.source != "form" else value_of(fact, answer)
        if value is not None:
            found[name] = value
    return found


def value_of(fact: Fact, answer: str) -> str | int | None:
    """What an answer says of a fact that the form asks for; None for an answer that cannot be."""
    if not fact.number:
        return answer if answer in (fact.values or ()) else None
    number = number_in(answer)
    if number is None or number < (fact.min or 0) or (fact.max is not None and number > fact.max):
        return None
    return number


def _on_behalf_of(answers: Answers, *, policy: Policy, names: set[str]) -> OnBehalfOf | None:
    asked = any(name in names and each.type == "person" for name, each in policy.file.fields.items())
    if not (asked or answers.passed_on) or not answers.for_colleague:
        return None
    return OnBehalfOf(
        name=answers.colleague_name,
        phone=answers.colleague_phone,
        email=answers.colleague_email,
        copy=answers.colleague_copy,
    )
