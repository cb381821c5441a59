"""Who stands in the product: what the product says under its signature, and the session that follows from it.

A token is good for ten minutes at most and opens one session (trust 58). It names a person whom the desk knows by
their mail address; it makes nobody. A session is a signed text without a row: it says which widget, which person and
which page's origin, and every request looks the person up anew.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core import signing
from django.db import IntegrityError, transaction

from vaxel.domain.mailroom.sealing import SealBrokenError, unseal
from vaxel.domain.people.queries import customer_with_id, customers_with_address
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.widgets.models import UsedToken, Widget
from vaxel.domain.widgets.setting_up import SIGNING_KEY
from vaxel.kit.later import later

if TYPE_CHECKING:
    import jwt
else:
    # 9 MB of cryptography in each process, for those whose product shows the widget.
    jwt = later("jwt")

#: How far ahead a token may expire, and how much two clocks may differ.
LONGEST_TOKEN: Final = timedelta(minutes=10)
_LEEWAY: Final = timedelta(seconds=30)
#: How long a session lasts; the widget asks the product for another token then.
SESSION: Final = timedelta(minutes=30)
_ALGORITHM: Final = "HS256"
#: Characters of a token that are read, and of a `jti`.
_LONGEST: Final = 4000
_SALT: Final = "vaxel.widget.session"


class TokenRefusedError(ValueError):
    """The token opens nothing. `code` says why, for those who set the product up.

    `invalid` (not ours, altered or without a claim), `expired`, `too-long` (expires later than is taken), `used`,
    `unknown-person`, and `several-organisations` where the address alone does not tell who it is.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SessionOverError(ValueError):
    """The session has ended, or was never one of this widget's on this page."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody in a product. `viewer` is None for whoever the product has not named."""

    widget: Widget
    viewer: CustomerViewer | None


def enter(widget: Widget, *, token: str, now: datetime) -> CustomerViewer:
    """The person that the product names. The token is used up, also where the person is unknown.

    Raises TokenRefusedError.
    """
    claims = _claims(widget, token, now=now)
    _use_up(widget, claims, now=now)
    return _person(widget, claims)


def new_session(widget: Widget, viewer: CustomerViewer | None, *, origin: str) -> str:
    """A bearer's text for pages of the origin."""
    person = None if viewer is None else viewer.person_id
    return signing.dumps([widget.pk, widget.key_number, person, origin], salt=_SALT)


def resume(widget: Widget, *, session: str, origin: str) -> Session:
    """The session with its person as they are now. Raises SessionOverError, also when they have left."""
    try:
        widget_id, key_number, person_id, page = signing.loads(session, salt=_SALT, max_age=SESSION)
    except (signing.BadSignature, ValueError) as error:
        raise SessionOverError from error
    if (widget_id, key_number, page) != (widget.pk, widget.key_number, origin):
        raise SessionOverError
    if person_id is None:
        return Session(widget, None)
    viewer = customer_with_id(desk_id=widget.desk_id, person_id=person_id)
    if viewer is None:
        raise SessionOverError
    return Session(widget, viewer)


def _claims(widget: Widget, token: str, *, now: datetime) -> dict[str, Any]:
    if len(token) > _LONGEST:
        raise TokenRefusedError("invalid")
    try:
        key = unseal(widget.key)[SIGNING_KEY]
        # Times are compared with the `now` of the request below, so the library looks at the signature alone.
        options: Any = {"require": ["exp", "jti", "email"], "verify_exp": False, "verify_nbf": False}
        options |= {"verify_iat": False, "verify_aud": False, "verify_sub": False, "verify_jti": False}
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[_ALGORITHM], options=options)
    except (jwt.PyJWTError, SealBrokenError, UnicodeError) as error:
        raise TokenRefusedError("invalid") from error
    expires = claims["exp"]
    texts_are_right = all(isinstance(claims[name], str) and claims[name] for name in ("jti", "email"))
    if not isinstance(expires, int | float) or isinstance(expires, bool) or not texts_are_right:
        raise TokenRefusedError("invalid")
    if expires < (now - _LEEWAY).timestamp():
        raise TokenRefusedError("expired")
    if not expires <= (now + LONGEST_TOKEN + _LEEWAY).timestamp():
        raise TokenRefusedError("too-long")
    return claims


def _use_up(widget: Widget, claims: dict[str, Any], *, now: datetime) -> None:
    """One row per token: of two requests at the same moment the database refuses the second."""
    digest = hashlib.sha256(claims["jti"].encode(errors="surrogatepass")).hexdigest()
    expires_at = datetime.fromtimestamp(claims["exp"], tz=UTC) + _LEEWAY
    UsedToken.objects.filter(expires_at__lt=now - _LEEWAY).delete()
    try:
        with transaction.atomic():
            UsedToken.objects.create(widget=widget, digest=digest, expires_at=expires_at)
    except IntegrityError as error:
        raise TokenRefusedError("used") from error


def _person(widget: Widget, claims: dict[str, Any]) -> CustomerViewer:
    """Somebody with several organisations is told apart by the organisation's name."""
    people = customers_with_address(desk_id=widget.desk_id, address=claims["email"].replace("\x00", ""))
    named = str(claims.get("organisation") or "").casefold()
    if named:
        people = [one for one in people if one.organisation_name.casefold() == named]
    if not people:
        raise TokenRefusedError("unknown-person")
    if len(people) > 1:
        raise TokenRefusedError("several-organisations")
    return people[0]
