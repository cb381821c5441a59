"""A form that was sent after its session had ended: kept until its writer has signed in again.

It lies in the session of whoever is about to sign in, for an hour at most, and is shown on the page that it was sent
from; nothing is stored anywhere else before they press the button again. Files are not kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, QueryDict

_KEY: Final = "kept_form"
_MOST: Final = 60_000
_HOUR: Final = timedelta(hours=1)
#: Fields that hold what nobody but their owner may read: of a mailbox, and of an organisation's own sign-in. They are
#: neither kept nor written onto a page, and have to be typed once more (trust 63).
SECRET_FIELDS: Final = frozenset({"password", "secret", "client_secret", "refresh_token"})


def keep_form(request: HttpRequest, *, page: str, now: datetime) -> None:
    """Remember what was sent for the page with that path; larger forms than people write are let go."""
    left_out = {"csrfmiddlewaretoken", *SECRET_FIELDS}
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in left_out}
    if sum(len(name) + len(str(value)) for name, values in fields.items() for value in values) <= _MOST:
        request.session[_KEY] = {"page": page, "until": (now + _HOUR).isoformat(), "fields": fields}


def kept_form(request: HttpRequest, *, now: datetime, below: Sequence[str] = ()) -> QueryDict | None:
    """What was sent from this page and did not arrive, or None. Reading it changes nothing.

    `below`: where the page's forms go, as `reply/`. After a fault a browser stands there and sends from there.
    """
    kept = request.session.get(_KEY)
    if kept is None or datetime.fromisoformat(kept["until"]) < now:
        return None
    if kept["page"] not in {request.path, *(f"{request.path}{each}" for each in below)}:
        return None
    sent = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        sent.setlist(name, values)
    return sent


def is_form_kept(request: HttpRequest) -> bool:
    """Whether something waits for its writer to sign in."""
    return _KEY in request.session


def forget_form(request: HttpRequest) -> None:
    """It has arrived now."""
    request.session.pop(_KEY, None)
