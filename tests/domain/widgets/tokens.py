"""Tokens as a product makes them, and as nobody should."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import jwt

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.widgets.models import Widget
from vaxel.domain.widgets.setting_up import add_widget

PRODUCT = "https://app.vendor.example"
_serial = count(1)


def make_widget(desk: Desk, **more: Any) -> tuple[Widget, str]:
    """A widget of the desk and its key."""
    settings = {"name": "Planering", "product": "", "origins": [PRODUCT], **more}
    return add_widget(desk=desk, by=SYSTEM, now=world.NOW, **settings)


def token(key: str, *, email: str, now: datetime = world.NOW, **claims: Any) -> str:
    """A token for five minutes, used for the first time; a claim of None is left out."""
    usual = {"email": email, "exp": int((now + timedelta(minutes=5)).timestamp()), "jti": f"once-{next(_serial)}"}
    given = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.encode(given, key, algorithm="HS256")
