"""The mail server of a demonstration: takes every mail and sends none. The mail viewer reads the outbox itself."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class DemoBackend(BaseEmailBackend):
    """Builds each mail as it would leave, so that a faulty one is noticed here too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken: all of them."""
        return sum(1 for mail in email_messages if mail.message().as_bytes())
