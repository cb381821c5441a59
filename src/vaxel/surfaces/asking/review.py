"""The last look before sending: every answer, with the way to change it, and where the question goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.tickets.models import Attachment
from vaxel.surfaces.asking.answers import effective_priority
from vaxel.surfaces.asking.form import Asked, Form
from vaxel.surfaces.asking.way import Way, way_of
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import day
from vaxel.surfaces.ui.quota_words import per_words
from vaxel.surfaces.ui.shapes import SummaryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    subject: str
    rows: tuple[SummaryRow, ...]
    way: Way
    send_label: str


def review_page(
    form: Form, *, files: Sequence[Attachment], place: CustomerPlace, language: str, step_url: Callable[[str], str]
) -> ReviewPage:
    """Everything that is sent; `step_url` gives the way to change "words", "kind" and "details"."""
    way = way_of(form.decision, policy=form.policy, kind=form.answers.kind, place=place, language=language)
    return ReviewPage(
        subject=form.answers.subject,
        rows=_rows(form, files=files, place=place, language=language, step_url=step_url),
        way=replace(way, costs=(*way.costs, *_drawn(form))),
        send_label=_send_label(way),
    )


def _drawn(form: Form) -> Iterator[str]:
    """How much is used of the quota that the question draws on."""
    billing = form.decision.billing
    if billing is None or billing.draws is None:
        return
    quota, used = form.policy.file.facts[billing.draws], form.facts.declared.get(billing.draws)
    limit = (quota.limits or {}).get(form.facts.plan)
    if quota.per is not None and limit is not None and isinstance(used, int):
        said = {"used": used, "limit": limit, "per": per_words()[quota.per]}
        yield _("%(used)d of %(limit)d are used %(per)s, before this question.") % said


def _send_label(way: Way) -> str:
    if way.sort == "role" and way.people:
        return _("Send to %(name)s") % {"name": way.people[0].name}
    if way.sort == "local-contacts":
        return _("Send to your colleagues")
    return _("Send the question")


def _rows(
    form: Form, *, files: Sequence[Attachment], place: CustomerPlace, language: str, step_url: Callable[[str], str]
) -> tuple[SummaryRow, ...]:
    answers, file = form.answers, form.policy.file
    to = {name: step_url(name) for name in ("words", "kind", "details")}
    own = file.fields[form.own_words].label.in_(language) if form.own_words else _("Your question")
    rows = [
        SummaryRow(name=own, value=answers.words, change_url=to["details" if form.decision.ticket else "words"]),
        SummaryRow(name=_("Kind"), value=file.kinds[answers.kind].name.in_(language), change_url=to["kind"]),
    ]
    if answers.product:
        name = file.products[answers.product].name.in_(language)
        rows.append(SummaryRow(name=_("Product"), value=name, change_url=to["kind"]))
    if answers.topic:
        rows.append(
            SummaryRow(name=_("Concerns"), value=file.topics[answers.topic].name.in_(language), change_url=to["kind"])
        )
    if form.decision.ticket:
        today = place.now.astimezone(ZoneInfo(place.desk.time_zone)).date()
        rows += [
            SummaryRow(name=name, value=value, change_url=to["details"])
            for name, value in _details_rows(form, files, language, today=today)
        ]
    return tuple(rows)


def _details_rows(form: Form, files: Sequence[Attachment], language: str, *, today: date) -> list[tuple[str, str]]:
    answers, policy = form.answers, form.policy
    sent = set(form.sent_fields)
    rows = [
        (asked.field.label.in_(language), _value(asked, form, files, language, today=today))
        for asked in form.asked
        if asked.name in sent and asked.name != form.own_words
    ]
    if answers.passed_on and not any(asked.field.type == "person" for asked in form.asked):
        rows.append((pgettext("colleague", "On behalf of"), answers.colleague_name))
    if not any(asked.field.type == "pictures" for asked in form.asked) and files:
        rows.append((_("Files"), ", ".join(each.name for each in files)))
    rows += [
        ((fact.question or fact.name).in_(language), answers.declared.get(name, "")) for name, fact in form.declared
    ]
    if form.asks_priority:
        level = policy.file.priorities.levels.get(effective_priority(answers, policy=policy))
        rows.append((_("Priority"), "" if level is None else level.name.in_(language)))
    if form.standstill is not None:
        rows.append((form.standstill.in_(language), answers.standstill))
    if form.offers_urgent:
        rows.append((_("Urgent"), pgettext("urgent", "Yes") if answers.urgent else pgettext("urgent", "No")))
    if form.checklist:
        rows.append((_("Done before asking"), "\n".join(item.text.in_(language) for item in form.checklist)))
    return rows


def _value(asked: Asked, form: Form, files: Sequence[Attachment], language: str, *, today: date) -> str:
    answers, field = form.answers, asked.field
    if field.type == "pictures":
        return ", ".join(each.name for each in files)
    if field.type == "person":
        parts = (answers.colleague_name, answers.colleague_phone, answers.colleague_email)
        return ", ".join(part for part in parts if part)
    value = answers.fields.get(asked.name, "")
    if field.type == "date" and value:
        return day(date.fromisoformat(value), today=today, language=language)
    if field.choices and value in field.choices:
        return field.choices[value].in_(language)
    return value
