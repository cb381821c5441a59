"""The third step: the fields that the chosen kind asks, as the template shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Attachment
from vaxel.rules.policy.declarations import Fact
from vaxel.surfaces.asking.answers import Answers, effective_priority, suggested_priority
from vaxel.surfaces.asking.case_numbers import named_in
from vaxel.surfaces.asking.form import Asked, Form
from vaxel.surfaces.asking.problems import FACT, FIELD, IMPACT
from vaxel.surfaces.asking.wording import per_language
from vaxel.surfaces.ui.end_of_life import end_of_life_sentence
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.languages import language_options
from vaxel.surfaces.ui.shapes import FieldError, File, Option

Sort = Literal["text", "long-text", "choice", "date", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One question of the form."""

    sort: Sort
    name: str
    label: str
    value: str
    hint: str = ""
    error: str = ""
    required: bool = True
    rows: int = 4
    options: tuple[Option, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody without an account whom the question is asked for (B10)."""

    label: str
    hint: str
    error: str
    name: str
    phone: str
    email: str
    copy: bool
    filled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """Questions about impact, and the priority that follows or is chosen (B9)."""

    guidance: tuple[Input, ...]
    levels: Input
    standstill: Input | None
    further: tuple[Input, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What to do before asking (B1)."""

    options: tuple[Option, ...]
    ticked: tuple[str, ...]
    because: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What is attached already, and what to know about attaching."""

    label: str
    hint: str
    required: bool
    kept: tuple[File, ...]
    error: str
    max_bytes: int
    #: Whether a picture of less than the whole window gets a hint.
    whole_window: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsPage:
    kind: str
    #: Why some of the fields are asked, and whether the product is at its end.
    because: tuple[str, ...]
    inputs: tuple[Input, ...]
    files: Files
    colleague: Colleague | None
    priority: Priority | None
    offers_urgent: bool
    urgent: bool
    when_urgent: tuple[Input, ...]
    checklist: Checklist | None
    languages: tuple[Option, ...]
    language: str
    #: What was chosen on the step before, by names of inputs.
    chosen: tuple[tuple[str, str], ...]


def details_page(
    form: Form, *, kept: Sequence[Attachment], errors: Sequence[FieldError], language: str, may_be_language: str
) -> DetailsPage:
    """The page, with what is wrong beside each field. `may_be_language` is the question's until they choose another."""
    said = _at_fields(errors)
    policy = form.policy
    return DetailsPage(
        # Stands at the end of a sentence, which has a mark of its own ("How do I do this?").
        kind=policy.file.kinds[form.answers.kind].name.in_(language).rstrip("?!."),
        because=(*_form_reasons(form, language), *_ending(form, language)),
        inputs=(*_inputs(form, "always", said, language), *_facts(form, said, language)),
        files=_files(form, kept, said, language),
        colleague=_colleague(form, said, language),
        priority=_priority(form, said, language) if form.asks_priority else None,
        offers_urgent=form.offers_urgent,
        urgent=form.answers.urgent,
        when_urgent=tuple(_inputs(form, "urgent", said, language)),
        checklist=_checklist(form, said, language),
        languages=language_options(policy.languages),
        language=form.answers.language or may_be_language,
        chosen=(("kind", form.answers.kind), ("product", form.answers.product), ("topic", form.answers.topic)),
    )


def _at_fields(errors: Sequence[FieldError]) -> dict[str, str]:
    """What is wrong at each field; several files may each be wrong in a way of their own."""
    said: dict[str, list[str]] = {}
    for error in errors:
        said.setdefault(error.field, []).append(error.text)
    return {field: ". ".join(texts) for field, texts in said.items()}


def _ending(form: Form, language: str) -> tuple[str, ...]:
    file = form.policy.file
    said = end_of_life_sentence(form.answers.product, file=file, today=form.today, language=language)
    return (said,) if said else ()


def _form_reasons(form: Form, language: str) -> tuple[str, ...]:
    rules = {rule.name for rule in form.policy.file.forms}
    return tuple(per_language(each.text, language) for each in form.decision.because if each.rule in rules)


def _inputs(form: Form, when: str, said: Mapping[str, str], language: str) -> Iterator[Input]:
    if when == "always" and form.own_words is None:
        yield _words(form.answers, said)
    for asked in form.asked:
        if asked.when == when and asked.field.type not in {"pictures", "person"}:
            yield _input(asked, form, said, language)


def _words(answers: Answers, said: Mapping[str, str]) -> Input:
    """The own words, where none of the policy's fields holds them."""
    return Input(
        sort="long-text", name="words", label=_("Your question"), value=answers.words, error=said.get("words", "")
    )


def _input(asked: Asked, form: Form, said: Mapping[str, str], language: str) -> Input:
    field, name = asked.field, f"{FIELD}{asked.name}"
    own = asked.name == form.own_words
    versions = form.policy.file.products[form.answers.product].versions if form.answers.product else ()
    sort: Sort = "text"
    if field.type in {"long-text", "choice", "date", "number"}:
        sort = field.type
    return Input(
        sort=sort,
        name=name,
        label=field.label.in_(language),
        value=form.answers.words if own else _value(asked, form),
        hint=_hint(asked, form, language),
        error=said.get(name, ""),
        # What is asked only of some is not called optional: its hint says when to answer.
        required=asked.required or asked.when != "always",
        rows=6 if own else 4,
        options=tuple(Option(value=value, label=label.in_(language)) for value, label in (field.choices or {}).items()),
        known=versions if field.type == "version" else (),
    )


def _value(asked: Asked, form: Form) -> str:
    """The answer; before there is any, a number that the own words name."""
    known = form.answers.fields.get(asked.name)
    return named_in(form.answers.words, asked.field) if known is None else known


def _hint(asked: Asked, form: Form, language: str) -> str:
    parts = [asked.field.help.in_(language)] if asked.field.help is not None else []
    if asked.when == "urgent":
        parts.insert(0, _("Answer when it is urgent."))
    if asked.when == "priority":
        levels = form.policy.file.priorities.levels
        names = ", ".join(levels[name].name.in_(language) for name in asked.levels)
        parts.insert(0, _("Answer when the priority is %(names)s.") % {"names": names})
    if asked.field.example is not None and asked.field.pattern is not None:
        parts.append(_("For example %(example)s.") % {"example": asked.field.example})
    return " ".join(parts)


def _facts(form: Form, said: Mapping[str, str], language: str) -> Iterator[Input]:
    for name, fact in form.declared:
        value = form.answers.declared.get(name, "")
        yield Input(
            sort="number" if fact.number else "choice",
            name=f"{FACT}{name}",
            label=(fact.question or fact.name).in_(language),
            value=value or ("" if fact.default is None else str(fact.default)),
            hint="" if fact.text is None else fact.text.in_(language),
            error=said.get(f"{FACT}{name}", ""),
            required=fact.default is None,
            options=_values(fact, language),
        )


def _values(fact: Fact, language: str) -> tuple[Option, ...]:
    return tuple(
        Option(value=value, label=fact.labels[value].in_(language) if value in fact.labels else value)
        for value in fact.values or ()
    )


def _files(form: Form, kept: Sequence[Attachment], said: Mapping[str, str], language: str) -> Files:
    pictures = next((asked for asked in form.asked if asked.field.type == "pictures"), None)
    limit = _("At most %(size)s for each file.") % {"size": size_in_words(settings.UPLOAD_LIMIT_BYTES)}
    help_text = pictures.field.help.in_(language) if pictures is not None and pictures.field.help is not None else ""
    return Files(
        label=pictures.field.label.in_(language) if pictures is not None else _("Files"),
        hint=f"{help_text} {limit}".strip(),
        required=pictures is not None and pictures.required,
        kept=kept_files(kept),
        error=said.get("files", ""),
        max_bytes=settings.UPLOAD_LIMIT_BYTES,
        whole_window=pictures is not None and pictures.field.whole_window,
    )


def kept_files(kept: Sequence[Attachment]) -> tuple[File, ...]:
    """What an earlier sending stored; `url` is what the remove button sends."""
    return tuple(File(name=each.name, url=each.public_id, facts=size_in_words(each.blob.size)) for each in kept)


def _colleague(form: Form, said: Mapping[str, str], language: str) -> Colleague | None:
    asked = next((each for each in form.asked if each.field.type == "person"), None)
    if asked is None:
        return None
    answers, error = form.answers, said.get("colleague_name", "")
    return Colleague(
        label=asked.field.label.in_(language),
        hint="" if asked.field.help is None else asked.field.help.in_(language),
        error=error,
        name=answers.colleague_name,
        phone=answers.colleague_phone,
        email=answers.colleague_email,
        copy=answers.colleague_copy,
        filled=answers.for_colleague or asked.required or bool(error),
    )


def _priority(form: Form, said: Mapping[str, str], language: str) -> Priority:
    priorities, answers = form.policy.file.priorities, form.answers
    guidance = tuple(
        Input(
            sort="choice",
            name=f"{IMPACT}{number}",
            label=each.question.in_(language),
            value=answers.impact[number] if number < len(answers.impact) else "",
            error=said.get(f"{IMPACT}{number}", ""),
            options=tuple(
                Option(value=str(place), label=answer.text.in_(language)) for place, answer in enumerate(each.answers)
            ),
        )
        for number, each in enumerate(priorities.guidance)
    )
    standstill = form.standstill
    return Priority(
        guidance=guidance,
        levels=_levels(form, said, language),
        standstill=None
        if standstill is None
        else Input(
            sort="long-text",
            name="standstill",
            label=standstill.in_(language),
            value=answers.standstill,
            error=said.get("standstill", ""),
        ),
        further=tuple(_inputs(form, "priority", said, language)),
    )


def _levels(form: Form, said: Mapping[str, str], language: str) -> Input:
    """The priorities; with guidance the first choice is to follow it."""
    priorities, answers = form.policy.file.priorities, form.answers
    options = [
        Option(value=name, label=level.name.in_(language), hint=level.text.in_(language))
        for name, level in priorities.levels.items()
    ]
    suggested = suggested_priority(answers, policy=form.policy)
    if priorities.guidance:
        follow = priorities.levels[suggested].name.in_(language) if suggested else ""
        options.insert(0, Option(value="", label=_("As my answers above suggest"), hint=follow))
    by_vendor = priorities.decided_by == "vendor"
    return Input(
        sort="choice",
        name="priority",
        label=_("Which priority do you wish?") if by_vendor else _("Priority"),
        value=answers.priority or ("" if priorities.guidance else effective_priority(answers, policy=form.policy)),
        error=said.get("priority", ""),
        options=tuple(options),
    )


def _checklist(form: Form, said: Mapping[str, str], language: str) -> Checklist | None:
    if not form.checklist:
        return None
    names = {item.name for item in form.checklist}
    rules = {rule.name for rule in form.policy.file.checklists if names & {item.name for item in rule.items}}
    because = " ".join(per_language(each.text, language) for each in form.decision.because if each.rule in rules)
    return Checklist(
        options=tuple(Option(value=item.name, label=item.text.in_(language)) for item in form.checklist),
        ticked=form.answers.checked,
        because=because,
        error=said.get("checked", ""),
    )
