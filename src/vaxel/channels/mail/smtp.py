"""Django's SMTP backend with one thing more: it knows whether the words of a mail have left.

Until the server has asked for the words (reply 354 to DATA), it cannot have taken the mail, whatever happens to the
connection; from then on only its final reply tells. `before_words` is called between the two: what it writes is on
disk before the first byte of the mail is out, also if this process is killed a moment later (trust 67).
"""

import smtplib
from collections.abc import Callable
from typing import Final, cast

from django.core.mail.backends.smtp import EmailBackend

_SEND_THE_WORDS: Final = 354


class _Watched(smtplib.SMTP):
    """A connection that calls `before_words` when the server asks for the words."""

    before_words: Callable[[], None] | None = None
    _in_data: bool = False

    def data(self, msg: object) -> tuple[int, bytes]:
        self._in_data = True
        try:
            return super().data(msg)  # type: ignore[arg-type]  # str or bytes-like, as sendmail hands it on
        finally:
            self._in_data = False

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()
        if self._in_data and code == _SEND_THE_WORDS and self.before_words is not None:
            self._ask_leave(self.before_words)
        return code, text

    def _ask_leave(self, before_words: Callable[[], None]) -> None:
        """A refusal hangs up at once: the server now takes whatever it hears, even QUIT, for the mail."""
        try:
            before_words()
        except BaseException:
            self.close()
            raise


class _WatchedTLS(_Watched, smtplib.SMTP_SSL):
    """The same for servers that speak TLS from the first byte."""


class WatchedBackend(EmailBackend):
    """The backend of settings.EMAIL_BACKEND. One connection carries one mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedTLS if self.use_ssl else _Watched

    def watch(self, before_words: Callable[[], None]) -> None:
        """Call `before_words` once the server has asked for the words; raising there keeps them here."""
        cast("_Watched", self.connection).before_words = before_words
