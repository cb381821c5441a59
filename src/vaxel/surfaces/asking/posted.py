"""What a form of the asking flow sent: into the draft's answers, whether it is right or not."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict

from vaxel.domain.administration.people_list import one_line
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.asking.answers import Answers, clean
from vaxel.surfaces.asking.case_numbers import in_its_form
from vaxel.surfaces.asking.problems import FACT, FIELD, IMPACT

#: The product's value for "no product in particular".
NO_PRODUCT = "none"


def read_words(sent: QueryDict, answers: Answers) -> Answers:
    """The first step."""
    return replace(answers, words=clean(sent.get("words", answers.words)))


def read_kind(sent: QueryDict, answers: Answers, *, policy: Policy) -> Answers:
    """The second step. The only product of a desk is chosen by itself."""
    product = sent.get("product", answers.product)
    if len(policy.file.products) == 1:
        product = next(iter(policy.file.products))
    kind = sent.get("kind", answers.kind)
    return replace(
        answers,
        kind=kind if kind in policy.file.kinds else "",
        product=product if product in policy.file.products else "",
        topic=_known(sent.get("topic", answers.topic), policy.file.topics),
    )


def read_details(sent: QueryDict, answers: Answers, *, policy: Policy, own_words: str | None) -> Answers:
    """The third step. Boxes that are not ticked are not sent, so the page must hold all of them."""
    fields = {
        name: in_its_form(clean(sent.get(FIELD + name, "")), field)
        for name, field in policy.file.fields.items()
        if FIELD + name in sent
    }
    words = fields.pop(own_words, answers.words) if own_words is not None else clean(sent.get("words", answers.words))
    facts = {name: clean(sent.get(FACT + name, "")) for name in policy.file.facts if FACT + name in sent}
    return replace(
        answers,
        words=words,
        fields={**answers.fields, **fields},
        declared={**answers.declared, **facts},
        checked=tuple(dict.fromkeys(sent.getlist("checked"))),
        impact=_impact(sent, answers, policy=policy),
        priority=_known(sent.get("priority", answers.priority), policy.file.priorities.levels),
        standstill=clean(sent.get("standstill", answers.standstill)),
        urgent="urgent" in sent,
        colleague_name=_line(sent, "colleague_name", answers.colleague_name),
        colleague_phone=_line(sent, "colleague_phone", answers.colleague_phone),
        colleague_email=_line(sent, "colleague_email", answers.colleague_email),
        colleague_copy="colleague_copy" in sent,
        language=_known(sent.get("language", answers.language), dict.fromkeys(policy.languages)),
    )


def _impact(sent: QueryDict, answers: Answers, *, policy: Policy) -> tuple[str, ...]:
    before = dict(enumerate(answers.impact))
    count = len(policy.file.priorities.guidance)
    return tuple(sent.get(f"{IMPACT}{number}", before.get(number, "")) for number in range(count))


def _known(value: str, names: Mapping[str, object]) -> str:
    return value if value in names else ""


def _line(sent: QueryDict, name: str, before: str) -> str:
    return one_line(clean(sent.get(name, before)))[:254]
