"""Known problems: the list, opening and describing one, telling about it, and solving its tickets."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.problems import known
from vaxel.domain.problems.known import Description, ProblemChangedError, ProblemClosedError, ProblemMissingError
from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.problems.queries import Told, open_tickets_on, people_affected, problems_for_staff, told_to_staff
from vaxel.domain.problems.solving import solve_tickets
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.words import paragraphs
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import labels_of, options_of
from vaxel.surfaces.workspace.panel import in_language
from vaxel.surfaces.workspace.problems.frame import (
    PROBLEMS,
    Texts,
    faults_of_texts,
    fields_of,
    in_every,
    show,
    typed_texts,
)
from vaxel.surfaces.workspace.problems.rows import problem_row, ticket_rows, update_rows

_DESCRIBED: Final = ("title", "text", "workaround")
_MOST: Final = 200


@require_safe
@staff_page
def problems(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All of the desk's, open ones first; one query."""
    labels = labels_of(place.desk, now=place.now)
    rows = [problem_row(each, place=place, labels=labels) for each in problems_for_staff(place.scope)[:_MOST]]
    new_url = workspace_url("problem_new", place)
    return show(request, place, "list", title=_("Known problems"), part=PROBLEMS, rows=rows, new_url=new_url)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Make a fault known."""
    texts = typed_texts(request, _DESCRIBED, languages=place.desk.languages)
    chosen = _products(request, place)
    errors = faults_of_texts(texts, optional=["workaround"]) if request.method == "POST" else ()
    if request.method != "POST" or errors:
        return _describe(request, place, texts, chosen, errors=errors)
    made = known.open_problem(_description(texts, chosen), desk=place.desk, by=place.by, now=place.now)
    say(request, _("The problem is known now. Customers see it in the help centre and while they ask."))
    return _back(place, made.number)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def description(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """Put the description right; nobody is told."""
    found = _found(place, number).problem
    if request.method != "POST":
        stored = {"title": found.title, "text": found.text, "workaround": found.workaround}
        described = {name: in_every(text, place.desk.languages) for name, text in stored.items()}
        return _describe(request, place, described, tuple(found.products), problem=found)
    texts = typed_texts(request, _DESCRIBED, languages=place.desk.languages)
    chosen = _products(request, place)
    errors = faults_of_texts(texts, optional=["workaround"])
    if errors:
        return _describe(request, place, texts, chosen, problem=found, errors=errors)
    try:
        known.describe_problem(
            _description(texts, chosen),
            scope=place.scope,
            number=number,
            seen_version=_seen_version(request),
            by=place.by,
            now=place.now,
        )
    except ProblemChangedError:
        return _describe(request, place, texts, chosen, problem=found, changed=True)
    say(request, _("The description is changed."))
    return _back(place, number)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def problem(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """A problem with its updates and tickets; by POST an update is told to everybody affected."""
    found = _found(place, number)
    texts = typed_texts(request, ["told"], languages=place.desk.languages)
    if request.method != "POST":
        return _show(request, place, found, texts)
    state = request.POST.get("state", "")
    errors = faults_of_texts(texts)
    if state not in KnownProblem.State.values:
        errors = (*errors, FieldError(field="state", text=_("Choose how it stands now")))
    if errors:
        return _show(request, place, found, texts, state=state, errors=errors)
    try:
        known.tell_about_problem(
            texts["told"],
            scope=place.scope,
            number=number,
            seen_version=_seen_version(request),
            state=state,
            by=place.by,
            now=place.now,
        )
    except (ProblemChangedError, ProblemClosedError):
        return _show(request, place, found, texts, state=state, changed=True)
    say(request, _("Everybody affected is told, each in their language."))
    return _back(place, number)


@require_POST
@staff_page
def solving(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """Solve the chosen ones of its tickets."""
    chosen = [each for each in map(number_in, request.POST.getlist("ticket")) if each is not None]
    try:
        solved = solve_tickets(chosen, scope=place.scope, problem_number=number, by=place.by, now=place.now)
    except ProblemMissingError:
        raise Http404 from None
    count = len(solved)
    say(request, ngettext("%(count)d ticket is solved.", "%(count)d tickets are solved.", count) % {"count": count})
    return _back(place, number)


def _found(place: StaffPlace, number: int) -> Told:
    try:
        return told_to_staff(place.scope, number=number)
    except ProblemMissingError:
        raise Http404 from None


def _seen_version(request: HttpRequest) -> int:
    return number_in(request.POST.get("version", "")) or 0


def _products(request: HttpRequest, place: StaffPlace) -> tuple[str, ...]:
    """Those chosen that there are; all is the same as none."""
    there = current_policy(place.desk).file.products
    chosen = tuple(each for each in there if each in request.POST.getlist("product"))
    return () if len(chosen) == len(there) else chosen


def _description(texts: Texts, products: tuple[str, ...]) -> Description:
    return Description(title=texts["title"], text=texts["text"], workaround=texts["workaround"], products=products)


def _back(place: StaffPlace, number: int) -> HttpResponse:
    return HttpResponseRedirect(workspace_url("problem", place, number=str(number)), status=HTTPStatus.SEE_OTHER)


def _status(errors: Sequence[FieldError], *, changed: bool) -> HTTPStatus:
    if changed:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _describe(
    request: HttpRequest,
    place: StaffPlace,
    texts: Texts,
    chosen: tuple[str, ...],
    *,
    problem: KnownProblem | None = None,
    errors: Sequence[FieldError] = (),
    changed: bool = False,
) -> HttpResponse:
    back = {} if problem is None else {"number": str(problem.number)}
    products = labels_of(place.desk, now=place.now).names.products
    return show(
        request,
        place,
        "describe",
        title=_("New known problem") if problem is None else _("Change the description"),
        part=PROBLEMS,
        status=_status(errors, changed=changed),
        errors=errors,
        changed=changed,
        is_new=problem is None,
        fields=fields_of(texts, errors),
        products=options_of(products) if len(products) > 1 else [],
        chosen=chosen,
        version=problem.version if problem else 0,
        back_url=workspace_url("problem" if problem else "problems", place, **back),
    )


def _show(
    request: HttpRequest,
    place: StaffPlace,
    found: Told,
    texts: Texts,
    *,
    state: str = KnownProblem.State.OPEN.value,
    errors: Sequence[FieldError] = (),
    changed: bool = False,
) -> HttpResponse:
    problem, labels = found.problem, labels_of(place.desk, now=place.now)
    row, number = problem_row(problem, place=place, labels=labels), str(problem.number)
    is_open = problem.state == KnownProblem.State.OPEN
    return show(
        request,
        place,
        "problem",
        title=row.title,
        part=PROBLEMS,
        status=_status(errors, changed=changed),
        errors=errors,
        changed=changed,
        row=row,
        text=paragraphs(in_language(problem.text, labels.language)),
        workaround=paragraphs(in_language(problem.workaround, labels.language)),
        opened_by=problem.opened_by_name,
        opened=labels.moment(problem.opened_at),
        updates=update_rows(found.updates, labels=labels),
        tickets=ticket_rows(open_tickets_on(place.scope, problem_id=problem.pk), place=place, labels=labels),
        is_open=is_open,
        told_to=len(people_affected(problem_id=problem.pk)) if is_open else 0,
        fields=fields_of(texts, errors),
        states=_states(),
        state=state,
        state_error=next((error.text for error in errors if error.field == "state"), ""),
        version=problem.version,
        describe_url=workspace_url("problem_description", place, number=number),
        solve_url=workspace_url("problem_solving", place, number=number),
        help_url=address("helpcentre:problem", desk=place.desk.slug, language=labels.language, number=number),
        back_url=workspace_url("problems", place),
    )


def _states() -> list[Option]:
    return [
        Option(value="open", label=_("It is still there")),
        Option(value="fixed", label=_("It is fixed"), hint=_("Then you choose which tickets are solved.")),
        Option(value="withdrawn", label=_("It was no fault"), hint=_("Customers see it no more.")),
    ]
