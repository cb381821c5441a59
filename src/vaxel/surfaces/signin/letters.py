"""The mails of sign-in: a code to enter, and notices that something about the account was changed.

They are sent at once and by this process: a code is good for ten minutes and must not lie readable in a queue.
Sending happens beside the request, so that the answer takes as long for an address that nobody has.
"""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connections
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

log = structlog.get_logger("vaxel.signin")

LOGIN_CODE: Final = "account/email/login_code"
#: What a notice says, by the library's name of it.
NOTICES: Final = {
    "account/email/password_changed": gettext_lazy("Your password has been changed."),
    "account/email/password_set": gettext_lazy("A password has been set for your account."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app has been added to your account."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app has been removed from your account."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes have been made for your account."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey has been added to your account."),
    "socialaccount/email/account_connected": gettext_lazy("Your account is connected to your organisation's sign-in."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey has been removed from your account."),
}

#: In the shared cache, in a demonstration only.
_KEPT: Final = "demo-sign-in-mails"
_KEPT_COUNT: Final = 20

#: Seconds that sending waits. It takes a part of the process, and an answer that were made meanwhile would come later
#: where there is somebody to send to (trust 50).
_ANSWER_FIRST: Final = 0.1

#: One at a time: a person waits for one mail, and a slow mail server must not fill the process with waiting threads.
_SENDER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="signin-mail")


def code_letter(*, to: str, code: str, language: str) -> EmailMultiAlternatives:
    """The mail with a sign-in code."""
    with translation.override(language):
        subject = gettext("%(code)s is your sign-in code") % {"code": code}
        return _letter("code", to=to, subject=subject, code=code)


def notice_letter(name: str, *, to: str, language: str) -> EmailMultiAlternatives:
    """The mail that tells the owner of an account what was changed; `name` is a key of NOTICES."""
    with translation.override(language):
        subject = gettext("Your account has been changed")
        return _letter("notice", to=to, subject=subject, what=str(NOTICES[name]))


def _letter(template: str, *, to: str, subject: str, **facts: str) -> EmailMultiAlternatives:
    context = {"subject": subject, "language": translation.get_language(), "host": settings.BASE_URL, **facts}
    letter = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"signin/mail/{template}.txt.jinja", context),
        to=[to],
        # Nobody's absence note shall answer, and no other help desk either (trust 14).
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    letter.attach_alternative(render_to_string(f"signin/mail/{template}.html.jinja", context), "text/html")
    return letter


def send_beside(letter: EmailMultiAlternatives) -> Future[None]:
    """Send without keeping the request waiting; a failure is logged, and the asker asks again."""
    if settings.DEMO:
        _keep_for_viewing(letter)
    return _SENDER.submit(_send, letter)


def _send(letter: EmailMultiAlternatives) -> None:
    time.sleep(_ANSWER_FIRST)
    try:
        letter.send()
    except Exception as error:  # noqa: BLE001  # nobody waits for this thread: the log is the fault's only way out
        log.warning("sign-in mail failed", error=type(error).__name__)
    finally:
        connections.close_all()


def letters_of_the_demonstration() -> list[dict[str, str]]:
    """The newest sign-in mails, newest first: a demonstration sends none, so they are read here."""
    kept: list[dict[str, str]] = cache.get(_KEPT, [])
    return kept


def _keep_for_viewing(letter: EmailMultiAlternatives) -> None:
    newest = {"to": letter.to[0], "subject": str(letter.subject), "text": str(letter.body)}
    cache.set(_KEPT, [newest, *letters_of_the_demonstration()][:_KEPT_COUNT])


def wait_until_sent() -> None:
    """Come back when all that was handed over has been sent."""
    _SENDER.submit(lambda: None).result()
