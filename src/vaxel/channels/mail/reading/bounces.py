"""Delivery reports."""

from vaxel.channels.mail.reading.parts import Part
from vaxel.kit.mail import Bounce


def read_bounce(mail: Part, text: str) -> Bounce | None:
    """What came back."""
    return None
