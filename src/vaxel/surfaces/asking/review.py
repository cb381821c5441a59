"""The last look before sending: every answer, with the way to change it, and where the question goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.tickets.counts import Quota, renews_on
from vaxel.domain.tickets.models import Attachment
from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.used_up import used_up
from vaxel.surfaces.asking.answers import effective_priority
from vaxel.surfaces.asking.form import Asked, Form
from vaxel.surfaces.asking.way import Way, way_of
from vaxel.surfaces.ui.end_of_life import end_of_life
from vaxel.surfaces.ui.field_answers import field_answer
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.languages import language_name, language_options
from vaxel.surfaces.ui.quota_words import renewal_in_words, used_in_words
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
        way=replace(way, costs=(*way.costs, *_drawn(form, place=place, language=language))),
        send_label=_send_label(way),
    )


def _drawn(form: Form, *, place: CustomerPlace, language: str) -> Iterator[str]:
    """How much is used of the quota that the question draws on, or would if there were anything left."""
    billing = form.decision.billing
    name = None if billing is None else billing.draws or used_up(form.policy, form.facts, place.now)
    quota = None if name is None else _quota(name, form)
    if quota is None:
        return
    if quota.left:
        yield _("Before this question: %(used)s.") % {"used": used_in_words(quota)}
    else:
        said = {"used": used_in_words(quota), "renewal": renewal_in_words(quota, language=language)}
        yield (_("Nothing is left of what is included: %(used)s. %(renewal)s") % said).strip()


def _quota(name: str, form: Form) -> Quota | None:
    fact, counted = form.policy.file.facts[name], form.facts.declared.get(name)
    limit = (fact.limits or {}).get(form.facts.plan)
    if fact.per is None or limit is None or not isinstance(counted, int):
        return None
    renewed = renews_on(fact.per, today=form.today, starts=form.agreement_starts)
    return Quota(fact=name, per=fact.per, counted=counted, limit=limit, renews_on=renewed)


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
        ends = end_of_life(answers.product, file=file, today=form.today, language=language)
        rows.append(SummaryRow(name=_("Product"), value=", ".join(filter(None, (name, ends))), change_url=to["kind"]))
    if answers.topic:
        rows.append(
            SummaryRow(name=_("Concerns"), value=file.topics[answers.topic].name.in_(language), change_url=to["kind"])
        )
    if form.decision.ticket:
        rows += [
            SummaryRow(name=name, value=value, change_url=to["details"])
            for name, value in _details_rows(form, files, language)
        ]
    return tuple(rows)


def _details_rows(form: Form, files: Sequence[Attachment], language: str) -> list[tuple[str, str]]:
    answers, policy = form.answers, form.policy
    sent = set(form.sent_fields)
    rows = [
        (asked.field.label.in_(language), _value(asked, form, files, language))
        for asked in form.asked
        if asked.name in sent and asked.name != form.own_words
    ]
    if answers.passed_on and not any(asked.field.type == "person" for asked in form.asked):
        rows.append((pgettext("colleague", "On behalf of"), answers.colleague_name))
    if not any(asked.field.type == "pictures" for asked in form.asked) and files:
        rows.append((_("Files"), ", ".join(each.name for each in files)))
    rows += [
        ((fact.question or fact.name).in_(language), _named(fact, answers.declared.get(name, ""), language))
        for name, fact in form.declared
    ]
    if form.asks_priority:
        level = policy.file.priorities.levels.get(effective_priority(answers, policy=policy))
        rows.append((_("Priority"), "" if level is None else level.name.in_(language)))
    if form.standstill is not None:
        rows.append((form.standstill.in_(language), answers.standstill))
    if form.offers_urgent:
        rows.append((_("Urgent"), pgettext("urgent", "Yes") if answers.urgent else pgettext("urgent", "No")))
    languages = language_options(policy.languages)
    if len(languages) > 1:
        chosen = language_name(answers.language or language)
        rows.append((_("The question's language"), chosen))
    if form.checklist:
        rows.append((_("Done before asking"), "\n".join(item.text.in_(language) for item in form.checklist)))
    return rows


def _named(fact: Fact, value: str, language: str) -> str:
    """A value as the form called it; a number as it is."""
    return fact.labels[value].in_(language) if value in fact.labels else value


def _value(asked: Asked, form: Form, files: Sequence[Attachment], language: str) -> str:
    answers, field = form.answers, asked.field
    if field.type == "pictures":
        return ", ".join(each.name for each in files)
    if field.type == "person":
        parts = (answers.colleague_name, answers.colleague_phone, answers.colleague_email)
        return ", ".join(part for part in parts if part)
    value = answers.fields.get(asked.name, "")
    return field_answer(field, value, today=form.today, language=language)
