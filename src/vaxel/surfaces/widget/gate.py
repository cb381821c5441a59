"""Who may ask in the widget's name: pages of the widget's origins, with a session of ours in the Authorization header.

No cookie is read and none is set, so a page elsewhere can ask for nothing in somebody's name (trust 56, 57). The body
is a form, the answer JSON. What cannot be done is answered with a `code` that the script knows; nothing else is said.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.pace import TooFastError
from vaxel.domain.widgets.identity import Session, SessionOverError, resume
from vaxel.domain.widgets.models import Widget
from vaxel.domain.widgets.queries import open_widget
from vaxel.surfaces.ui.gate import CustomerPlace

P = ParamSpec("P")
#: Seconds for which a browser remembers what it may ask.
_REMEMBERED: Final = 600
_BEARER: Final = "Bearer "
_MINUTE: Final = "60"


class Refusal(Exception):  # noqa: N818  # an answer, not a fault
    """The request cannot be done; `code` is for the script."""

    def __init__(self, status: HTTPStatus, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class WidgetPlace:
    """Somebody at a product, now. `viewer` is None for whoever the product has not named."""

    widget: Widget
    viewer: CustomerViewer | None
    origin: str
    language: str
    now: datetime

    @property
    def desk(self) -> Desk:
        return self.widget.desk

    @property
    def customer(self) -> CustomerPlace:
        """The same place as the asking takes it. Refuses whoever is not known."""
        if self.viewer is None:
            raise Refusal(HTTPStatus.FORBIDDEN, "unknown-person")
        return CustomerPlace(desk=self.desk, viewer=self.viewer, now=self.now)


Body = Mapping[str, Any]
View = Callable[Concatenate[HttpRequest, WidgetPlace, P], Body]
Endpoint = Callable[..., HttpResponse]


def entrance(view: View[P]) -> Endpoint:
    """For pages of the widget's origins that have no session yet."""
    return _endpoint(view, lambda _request, widget, _origin: Session(widget, None), rate="widget_enter")


def session_endpoint(*, rate: str = "widget_read") -> Callable[[View[P]], Endpoint]:
    """For pages of the widget's origins with a session; `rate` is how often one address may ask."""

    def decorated(view: View[P]) -> Endpoint:
        return _endpoint(view, _resumed, rate=rate)

    return decorated


def _resumed(request: HttpRequest, widget: Widget, origin: str) -> Session:
    given = request.headers.get("Authorization", "")
    try:
        return resume(widget, session=given.removeprefix(_BEARER), origin=origin)
    except SessionOverError as error:
        raise Refusal(HTTPStatus.UNAUTHORIZED, "session-over") from error


def _endpoint(view: View[P], session_of: Callable[[HttpRequest, Widget, str], Session], *, rate: str) -> Endpoint:
    @csrf_exempt  # No cookie tells who asks: see above.
    @wraps(view)
    def endpoint(request: HttpRequest, widget: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found, origin = open_widget(widget), request.headers.get("Origin", "")
        if found is None:
            return _refused(Refusal(HTTPStatus.NOT_FOUND, "no-widget"))
        if origin not in found.origins:
            return _refused(Refusal(HTTPStatus.FORBIDDEN, "wrong-origin"))
        if request.method == "OPTIONS":
            return _open_to(origin, HttpResponse(status=HTTPStatus.NO_CONTENT))
        if request.method != "POST":
            return _open_to(origin, _refused(Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "post-only")))

        def answer() -> HttpResponse:
            _keep_pace(request, found, rate=rate)
            session = session_of(request, found, origin)
            place = WidgetPlace(found, session.viewer, origin, _language(request, found.desk), timezone.now())
            with translation.override(place.language):
                return JsonResponse(plain(view(request, place, *args, **kwargs)))

        return _open_to(origin, _answered(answer))

    return endpoint


def _answered(answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return answer()
    except Refusal as refusal:
        return _refused(refusal)
    except TooFastError:
        return _refused(Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too-fast"))


def _keep_pace(request: HttpRequest, widget: Widget, *, rate: str) -> None:
    """By address, and for what opens sessions by widget too (trust 59)."""
    if not ratelimit.consume(request, action=rate, key=widget.public_id):
        raise TooFastError


def _language(request: HttpRequest, desk: Desk) -> str:
    """What the page asks for, where the desk speaks it."""
    wished = request.POST.get("language-of-page", "")
    return wished if wished in desk.languages else str(desk.languages[0])


def _refused(refusal: Refusal) -> HttpResponse:
    response = JsonResponse({"code": refusal.code}, status=refusal.status)
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = _MINUTE
    return response


def _open_to(origin: str, response: HttpResponse) -> HttpResponse:
    """The one origin that asked and may; never with credentials."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Headers"] = "authorization"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Max-Age"] = str(_REMEMBERED)
    response.headers["Vary"] = "Origin"
    return response


def plain(value: Any) -> Any:
    """View-models as JSON takes them."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
