"""What the report for a customer meeting says: the customer reads it too, so nothing in it is for colleagues alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.insight.reports.customer_reads import AskedSeen
from vaxel.insight.reports.customer_record import CustomerRecord
from vaxel.insight.reports.meeting_report import Bar, Chart, MeetingReport, Section, Table
from vaxel.insight.reports.promises_kept import Period
from vaxel.surfaces.workspace.customers import shown
from vaxel.surfaces.workspace.customers.shown import Reading

#: Kinds of question that have a row of their own.
_MOST_KINDS: Final = 12


def report_in_words(record: CustomerRecord, *, name: str, period: Period, reading: Reading) -> MeetingReport:
    """The report in the active language, which is that of `reading`."""
    days = {"first": _long(period.first, reading), "last": _long(period.last, reading)}
    return MeetingReport(
        language=reading.labels.language,
        title=name,
        subtitle=_("Support from %(first)s to %(last)s") % days,
        desk=reading.place.desk.name,
        made=_("made %(day)s") % {"day": _long(reading.today, reading)},
        sections=tuple(_sections(record, period=period, reading=reading)),
        footnote=_(
            "A promise counts in the month when it was met, or passed without an answer. The median is open time: "
            "nights, holidays and waiting for you do not count."
        ),
    )


def _sections(record: CustomerRecord, *, period: Period, reading: Reading) -> Iterator[Section]:
    yield _questions(record.asked, period=period, reading=reading)
    yield _promises(record, reading=reading)
    yield _agreements(record, reading=reading)
    if record.contacts:
        yield _contacts(record, reading=reading)
    if record.jobs is not None:
        yield Section(
            heading=_("Small jobs and hours"), facts=shown.job_facts(record.jobs, language=reading.labels.language)
        )
    if record.projects:
        yield _projects(record, reading=reading)
    if record.wishes:
        yield _wishes(record, reading=reading)


def _questions(asked: Sequence[AskedSeen], *, period: Period, reading: Reading) -> Section:
    language = reading.labels.language
    total, done = sum(each.asked for each in asked), sum(each.done for each in asked)
    by_month, by_kind, done_of_kind = Counter[date](), Counter[str](), Counter[str]()
    for each in asked:
        by_month[each.month] += each.asked
        by_kind[each.kind] += each.asked
        done_of_kind[each.kind] += each.done
    kinds = [
        (reading.labels.names.kinds.get(kind, kind), str(many), str(done_of_kind[kind]))
        for kind, many in sorted(by_kind.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_KINDS]
    ]
    months = tuple(period.months)
    chart = Chart(
        told=_("Questions month by month. The table has the same figures."),
        lower=_("Questions"),
        bars=tuple(Bar(_short(month, reading), by_month[month]) for month in months),
    )
    return Section(
        heading=_("Questions"),
        text=_on_questions(total, done),
        chart=chart if total else None,
        tables=(
            Table(
                caption=_("What the questions were about"),
                columns=(_("Kind of question"), _("Asked"), _("Solved")),
                numbers=(1, 2),
                rows=tuple(kinds),
            ),
            Table(
                caption=_("Questions month by month"),
                columns=(_("Month"), _("Questions")),
                numbers=(1,),
                rows=tuple((format_date(month, "LLLL y", locale=language), str(by_month[month])) for month in months),
            ),
        )
        if total
        else (),
    )


def _on_questions(total: int, done: int) -> str:
    if not total:
        return _("No questions came in these days.")
    said = ngettext(
        "%(num)d question came, and %(done)d is solved.", "%(num)d questions came, and %(done)d are solved.", total
    )
    return said % {"num": total, "done": done}


def _promises(record: CustomerRecord, *, reading: Reading) -> Section:
    promises = record.promises
    if not promises.given:
        return Section(heading=_("Promises kept"), text=_("No promise fell due in these days."))
    rows = [shown.month_row(each, reading=reading) for each in promises.months]
    share = shown.percent_in_words(promises.share or 0)
    figures = {"kept": promises.kept, "given": promises.given, "share": share}
    told = _("We kept %(kept)d of %(given)d promises, which is %(share)s.") % figures
    return Section(
        heading=_("Promises kept"),
        text=f"{told} {shown.cut_in_words(promises)}".strip(),
        facts=((_("First answer, median"), reading.span(promises.median)),),
        chart=shown.promise_chart(promises, language=reading.labels.language),
        tables=(
            Table(
                caption=_("Promises month by month"),
                columns=(_("Month"), _("Promises"), _("Kept"), _("Share kept"), _("First answer, median")),
                numbers=(1, 2, 3, 4),
                rows=tuple((row.month, str(row.given), str(row.kept), row.share, row.median) for row in rows),
            ),
        ),
    )


def _agreements(record: CustomerRecord, *, reading: Reading) -> Section:
    made = [shown.agreement_shown(each, reading=reading) for each in record.agreements]
    quotas = tuple(
        (quota.name, quota.per, str(quota.used), str(quota.limit), str(quota.beyond))
        for each in made
        for quota in each.quotas
    )
    tables = [
        Table(
            caption=_("What you have"),
            columns=(_("Plan"), _("Products"), _("Holds"), _("Seats")),
            rows=tuple((each.plan, "; ".join(each.products), each.period, each.seats) for each in made),
        )
    ]
    if quotas:
        tables.append(
            Table(
                caption=_("Quotas now"),
                columns=(_("Quota"), _("Period"), _("Used"), _("Included"), _("Beyond that")),
                numbers=(2, 3, 4),
                rows=quotas,
            )
        )
    return Section(
        heading=_("Your agreement"),
        facts=() if record.renewal is None else ((_("Next renewal"), _long(record.renewal, reading)),),
        tables=tuple(tables) if made else (),
    )


def _contacts(record: CustomerRecord, *, reading: Reading) -> Section:
    rows = [shown.contact_row(each, reading=reading) for each in record.contacts]
    people = ngettext("%(num)d person has access.", "%(num)d people have access.", record.people)
    return Section(
        heading=_("Your contacts"),
        text=people % {"num": record.people},
        tables=(
            Table(
                caption=_("Support contacts and local support"),
                columns=(_("Name"), _("Part"), _("Certificate")),
                rows=tuple((row.name, row.part, row.certificate) for row in rows),
            ),
        ),
    )


def _projects(record: CustomerRecord, *, reading: Reading) -> Section:
    rows = [shown.project_row(each, reading=reading) for each in record.projects]
    return Section(
        heading=_("Projects"),
        tables=(
            Table(
                caption=_("Projects, the newest first"),
                columns=(_("Project"), _("State"), _("Project manager"), _("Period")),
                rows=tuple((row.name, row.state, row.manager, row.period) for row in rows),
            ),
        ),
    )


def _wishes(record: CustomerRecord, *, reading: Reading) -> Section:
    """Under the titles that staff gave them: a wisher's own words are for the wisher and the staff."""
    titled = [shown.wish_line(each, reading=reading) for each in record.wishes if each.title]
    unsorted = len(record.wishes) - len(titled)
    said = ngettext(
        "%(num)d wish is new, and we have not sorted it yet.",
        "%(num)d wishes are new, and we have not sorted them yet.",
        unsorted,
    )
    table = Table(
        caption=_("What you have wished for, and how it stands"),
        columns=(_("Wish"), _("How it stands")),
        rows=tuple((row.title, row.state.label) for row in titled),
    )
    return Section(
        heading=_("Your wishes"),
        text=said % {"num": unsorted} if unsorted else "",
        tables=(table,) if titled else (),
    )


def _long(day: date, reading: Reading) -> str:
    return format_date(day, "d MMMM y", locale=reading.labels.language)


def _short(month: date, reading: Reading) -> str:
    return format_date(month, "LLL", locale=reading.labels.language).strip(".")
