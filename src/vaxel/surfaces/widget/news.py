"""What goes on at the desk: operating notices, known problems, and “I meet this too” instead of a question."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.facts import customer_facts
from vaxel.domain.problems import known
from vaxel.domain.problems.known import ProblemClosedError, ProblemMissingError
from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.problems.queries import is_affected, problem_told, shown_problems
from vaxel.insight.search.problems import ProblemLike, problems_like
from vaxel.kit.numbers import number_in
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.ui.desk_news import NoticeShown, Reading, ongoing, problem_shown
from vaxel.surfaces.widget.gate import Body, Refusal, WidgetPlace, session_endpoint

#: More known problems at once nobody reads in a panel.
_MOST: Final = 3
#: Characters of a question that are compared with the problems.
_LONGEST: Final = 2000
_LARGEST_NUMBER: Final = 999_999_999


@session_endpoint()
def news(request: HttpRequest, place: WidgetPlace) -> Body:
    """What goes on now and which problems are open, as far as the organisation's products are concerned.

    With `words` only the problems that a question in these words is like. Whoever nobody has named gets neither.
    """
    if place.viewer is None:
        return {"notices": [], "problems": []}
    words = clean(request.POST.get("words", ""))[:_LONGEST]
    if words:
        found = problems_like(words, desk_id=place.desk.pk, language=place.language, product=_product(request, place))
        return {"notices": [], "problems": _rows(found, place)}
    products = _products(place)
    problems = shown_problems(desk_id=place.desk.pk, now=place.now, products=products)
    still_open = problems.filter(state=KnownProblem.State.OPEN)[:_MOST]
    notices = ongoing(_reading(place), products=products)
    return {"notices": [_notice(each) for each in notices], "problems": _rows(still_open, place)}


@session_endpoint()
def problem(request: HttpRequest, place: WidgetPlace) -> Body:
    """One problem, what has been told about it, and whether this person has said “me too”."""
    return _problem(_number(request), place)


@session_endpoint(rate="widget_write")
def me_too(request: HttpRequest, place: WidgetPlace) -> Body:
    """The person meets it too, or with `meets=not-i` no more; a problem that was fixed a moment ago says just that."""
    number, customer = _number(request), place.customer
    door = known.not_me if request.POST.get("meets") == "not-i" else known.me_too
    try:
        door(
            person_id=customer.viewer.person_id,
            scope=customer.scope,
            problem_number=number,
            by=customer.by,
            now=place.now,
        )
    except ProblemMissingError as error:
        raise _missing() from error
    except ProblemClosedError:
        pass
    return _problem(number, place)


def _problem(number: int, place: WidgetPlace) -> Body:
    customer = place.customer
    try:
        told = problem_told(desk_id=place.desk.pk, number=number)
    except ProblemMissingError as error:
        raise _missing() from error
    shown = problem_shown(told, reading=_reading(place))
    return {
        "number": shown.number,
        "title": shown.title,
        "state": shown.state_label,
        "is_open": shown.is_open,
        "html": shown.html,
        "workaround": shown.workaround if shown.is_open else "",
        "updates": [{"at": each.at.exact, "html": each.html} for each in shown.updates],
        "said": is_affected(person_id=customer.viewer.person_id, problem_id=told.problem.pk),
    }


def _missing() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "no-problem")


def _number(request: HttpRequest) -> int:
    sent = request.POST.get("number", "")
    number = number_in(sent, most=_LARGEST_NUMBER)
    if number is None:
        raise _missing()
    return number


def _notice(shown: NoticeShown) -> Body:
    return {"title": shown.title, "html": shown.html, "ends": "" if shown.ends is None else shown.ends.exact}


def _rows(found: Iterable[KnownProblem | ProblemLike], place: WidgetPlace) -> list[Body]:
    reading = _reading(place)
    return [{"number": each.number, "title": reading.words(each.title)} for each in found]


def _reading(place: WidgetPlace) -> Reading:
    return Reading(place.desk, place.language, place.now)


def _product(request: HttpRequest, place: WidgetPlace) -> str:
    return clean(request.POST.get("product", "")) or place.widget.product


def _products(place: WidgetPlace) -> list[str]:
    """What the organisation has."""
    policy, viewer = current_policy(place.desk), place.customer.viewer
    customer = customer_facts(
        person_id=viewer.person_id,
        desk_id=viewer.desk_id,
        product="",
        today=place.desk.day_of(place.now),
        certificates=policy.file.certificates,
    )
    return sorted(customer.products)
