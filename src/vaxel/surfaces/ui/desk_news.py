"""Known problems and operating notices as customers read them, in the portal and in the help centre."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.problems.models import KnownProblem, OperatingNotice
from vaxel.domain.problems.operating import Phase, phase_of
from vaxel.domain.problems.queries import Told, notices_ongoing
from vaxel.surfaces.ui.moments import end_of, moment
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.ui.words import paragraphs

#: More at once nobody reads above a page.
_MOST_ONGOING: Final = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads: at which desk, in which language, when."""

    desk: Desk
    language: str
    now: datetime

    def moment(self, at: datetime) -> Moment:
        """An instant as people read it at the desk."""
        return moment(at, now=self.now, zone=ZoneInfo(self.desk.time_zone), language=self.language)

    def end_of(self, start: datetime, end: datetime) -> Moment:
        """The end of a span, to be told after its start."""
        return end_of(start, end, now=self.now, zone=ZoneInfo(self.desk.time_zone), language=self.language)

    def words(self, text: Mapping[str, str]) -> str:
        """A text of the desk in the reader's language, or in the one that there is."""
        return text.get(self.language) or next((each for each in text.values() if each), "")

    def products(self, names: Sequence[str]) -> str:
        """What it is about; empty for all products."""
        known = current_policy(self.desk).file.products if names else {}
        return ", ".join(known[name].name.in_(self.language) if name in known else name for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """An operating notice: what is planned, goes on or is over."""

    title: str
    html: Markup
    products: str
    phase: Phase
    starts: Moment
    #: None while nobody knows.
    ends: Moment | None
    #: The same as it follows after the start: a time alone when it is of the same day.
    span_ends: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateShown:
    """What was told about a problem."""

    at: Moment
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemShown:
    """A known problem. In a list it stands without its updates."""

    number: int
    title: str
    html: Markup
    workaround: Markup
    products: str
    is_open: bool
    state_label: str
    opened: Moment
    updated: Moment
    updates: tuple[UpdateShown, ...] = ()


def notice_shown(notice: OperatingNotice, *, reading: Reading) -> NoticeShown:
    """One notice, for its reader."""
    return NoticeShown(
        title=reading.words(notice.title),
        html=paragraphs(reading.words(notice.text)),
        products=reading.products(notice.products),
        phase=phase_of(notice, now=reading.now),
        starts=reading.moment(notice.starts_at),
        ends=None if notice.ends_at is None else reading.moment(notice.ends_at),
        span_ends=None if notice.ends_at is None else reading.end_of(notice.starts_at, notice.ends_at),
    )


def ongoing(reading: Reading, *, products: Iterable[str] | None = None) -> tuple[NoticeShown, ...]:
    """What goes on now, for the banner; with `products` only what concerns one of them. One query."""
    concerned = None if products is None else set(products)
    found = [
        each
        for each in notices_ongoing(desk_id=reading.desk.pk, now=reading.now)
        if concerned is None or not each.products or concerned & set(each.products)
    ]
    return tuple(notice_shown(each, reading=reading) for each in found[:_MOST_ONGOING])


def problem_shown(told: Told, *, reading: Reading) -> ProblemShown:
    """One problem, for its reader."""
    problem = told.problem
    is_open = problem.state == KnownProblem.State.OPEN
    return ProblemShown(
        number=problem.number,
        title=reading.words(problem.title),
        html=paragraphs(reading.words(problem.text)),
        workaround=paragraphs(reading.words(problem.workaround)),
        products=reading.products(problem.products),
        is_open=is_open,
        state_label=_("Known, not fixed yet") if is_open else _("Fixed"),
        opened=reading.moment(problem.opened_at),
        updated=reading.moment(problem.updated_at),
        updates=tuple(
            UpdateShown(at=reading.moment(each.at), html=paragraphs(reading.words(each.text))) for each in told.updates
        ),
    )
