"""What is wrong with the answers to the form, and how to put it right: sentences with the field they belong to."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from vaxel.domain.administration.people_list import LONGEST_NAME, NameFault
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.declarations import Fact, FormField
from vaxel.rules.policy.patterns import fits
from vaxel.surfaces.asking.answers import MOST_WORDS, Answers, effective_priority, value_of
from vaxel.surfaces.asking.form import Asked, Form
from vaxel.surfaces.ui.naming import name_words
from vaxel.surfaces.ui.shapes import FieldError

#: What the inputs of the form are called; an input's id is its name.
FIELD: Final = "field-"
FACT: Final = "fact-"
IMPACT: Final = "impact-"
#: As many as the shortest number that anybody answers (112).
_FEWEST_DIGITS: Final = 3


def words_problems(words: str) -> tuple[FieldError, ...]:
    """The first step: there must be words, and not a book."""
    if not words:
        return (FieldError(field="words", text=_("Describe what you need help with")),)
    if len(words) > MOST_WORDS:
        return (FieldError(field="words", text=_too_long(_("your question"), MOST_WORDS)),)
    return ()


def kind_problems(answers: Answers, *, policy: Policy, language: str) -> tuple[FieldError, ...]:
    """The second step: a kind, and a product and a topic that go with it."""
    kind = policy.file.kinds.get(answers.kind)
    if kind is None:
        return (FieldError(field="kind", text=_("Choose what your question is about")),)
    found: list[FieldError] = []
    fitting = kind.products or tuple(policy.file.products)
    if not (answers.product in fitting or (not answers.product and kind.without_product)):
        names = ", ".join(policy.file.products[name].name.in_(language) for name in fitting)
        text = _("This kind of question is about a product. Choose which: %(products)s") % {"products": names}
        found.append(FieldError(field="product", text=text))
    topics = kind.topics or ()
    if (answers.topic and topics and answers.topic not in topics) or (kind.topic_required and not answers.topic):
        found.append(FieldError(field="topic", text=_("Choose what it concerns")))
    return tuple(found)


def details_problems(form: Form, *, files: int, language: str) -> tuple[FieldError, ...]:
    """The third step: everything that the chosen kind asks, in the order of the page."""
    return (
        *_fields(form, files=files, language=language, when="always"),
        *_declared(form, language=language),
        *_priority(form, language=language),
        *_fields(form, files=files, language=language, when="priority"),
        *_fields(form, files=files, language=language, when="urgent"),
        *_checklist(form, language=language),
    )


def _fields(form: Form, *, files: int, language: str, when: str) -> Iterator[FieldError]:
    for asked in form.asked:
        if asked.when != when or not any(field.name == asked.name for field in form.decision.fields):
            continue
        text = _field(asked, form=form, files=files, language=language)
        if text:
            yield FieldError(field=_place(asked), text=text)
    if form.own_words is None and when == "always":
        yield from words_problems(form.answers.words)


def _place(asked: Asked) -> str:
    """The id of the input to move to."""
    if asked.field.type == "pictures":
        return "files"
    return "colleague_name" if asked.field.type == "person" else f"{FIELD}{asked.name}"


def _field(asked: Asked, *, form: Form, files: int, language: str) -> str:
    field = asked.field
    label = field.label.in_(language)
    if field.type == "pictures":
        return _("Add at least one picture") if asked.required and not files else ""
    if field.type == "person":
        return _person(form.answers, required=asked.required)
    own = asked.name == form.own_words
    value = form.answers.words if own else form.answers.fields.get(asked.name, "")
    if not value:
        return missing(label) if asked.required else ""
    most = field.max_length or MOST_WORDS
    if len(value) > most:
        return _too_long(label, most)
    return _wrong(field, value, label=label, language=language)


def missing(label: str) -> str:
    """What to do about an empty answer, in the label's own words."""
    if label.endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}


def _too_long(label: str, most: int) -> str:
    return _("Shorten “%(label)s” to at most %(most)d characters") % {"label": label, "most": most}


def _wrong(field: FormField, value: str, *, label: str, language: str) -> str:
    """The value is there and does not have the form that it must have."""
    if field.pattern is not None and not fits(field.pattern, value):
        if field.wrong is not None:
            return field.wrong.in_(language)
        return _("Write “%(label)s” like this: %(example)s") % {"label": label, "example": field.example or ""}
    if field.type == "choice" and value not in (field.choices or {}):
        return _("Choose one of the answers to “%(label)s”") % {"label": label}
    if field.type == "number" and not value.isdecimal():
        return _("Write “%(label)s” with digits only, for example 12") % {"label": label}
    if field.type == "date" and not _is_day(value):
        return _("Write “%(label)s” as year-month-day, for example 2026-11-27") % {"label": label}
    return ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _person(answers: Answers, *, required: bool) -> str:
    """A colleague needs a name and a way to be reached (B10)."""
    if not answers.for_colleague:
        return _("Write whom you ask for") if required else ""
    if not 0 < len(answers.colleague_name) <= LONGEST_NAME:
        return name_words(NameFault.TOO_LONG) if answers.colleague_name else _("Write your colleague's name")
    return _way_to(answers)


def _way_to(answers: Answers) -> str:
    """Where the colleague can be reached, and where a copy would go."""
    if not (answers.colleague_phone or answers.colleague_email):
        return _("Write your colleague's phone number or e-mail address")
    if answers.colleague_phone and sum(map(str.isdecimal, answers.colleague_phone)) < _FEWEST_DIGITS:
        return _("Write your colleague's phone number with digits, for example 0555-123 45")
    if answers.colleague_email and not _is_address(answers.colleague_email):
        return _("Write your colleague's e-mail address, for example name@municipality.example")
    if answers.colleague_copy and not answers.colleague_email:
        return _("Write your colleague's e-mail address, so that the copy arrives")
    return ""


def _is_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _declared(form: Form, *, language: str) -> Iterator[FieldError]:
    for name, fact in form.declared:
        text = _fact(fact, form.answers.declared.get(name, ""), language=language)
        if text:
            yield FieldError(field=f"{FACT}{name}", text=text)


def _fact(fact: Fact, value: str, *, language: str) -> str:
    label = (fact.question or fact.name).in_(language)
    if not value:
        return missing(label) if fact.default is None else ""
    if value_of(fact, value) is not None:
        return ""
    if not fact.number:
        return missing(label)
    low, high = fact.min or 0, fact.max
    if high is None:
        return _("Write “%(label)s” with digits only, for example 12") % {"label": label}
    return _("Write “%(label)s” as a number from %(low)d to %(high)d") % {"label": label, "low": low, "high": high}


def _priority(form: Form, *, language: str) -> Iterator[FieldError]:
    if not form.asks_priority:
        return
    answers, priorities = form.answers, form.policy.file.priorities
    if not answers.priority:
        for number, guidance in enumerate(priorities.guidance):
            if number >= len(answers.impact) or not answers.impact[number]:
                yield FieldError(field=f"{IMPACT}{number}", text=missing(guidance.question.in_(language)))
    if not effective_priority(answers, policy=form.policy):
        yield FieldError(field="priority", text=_("Choose a priority"))
    if form.standstill is not None and not answers.standstill:
        yield FieldError(field="standstill", text=missing(form.standstill.in_(language)))


def _checklist(form: Form, *, language: str) -> Iterator[FieldError]:
    left = [item for item in form.checklist if item.name not in form.answers.checked]
    if len(form.checklist) == 1 and left:
        said = {"thing": left[0].text.in_(language)}
        yield FieldError(field="checked", text=_("Tick “%(thing)s” when you have done it") % said)
    elif left:
        yield FieldError(field="checked", text=_("Tick each thing when you have done it"))
