"""Permission to read a mailbox at Microsoft 365 or Google, without its password (OAuth 2).

What a registration gives is kept sealed with the mailbox: `client_id`, `client_secret`, and either a `refresh_token`
(somebody has allowed it) or, at Microsoft, nothing more (the organisation has allowed the program itself). `tenant`
names the organisation at Microsoft; `token_address` another place to ask, as national clouds have.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import keep_tokens
from vaxel.domain.mailroom.models import Mailbox
from vaxel.kit.later import later

if TYPE_CHECKING:
    import requests
else:
    # For mailboxes at the two firms that want it.
    requests = later("requests")

_GOOGLE: Final = "https://oauth2.googleapis.com/token"
_MICROSOFT: Final = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_SCOPE: Final = "https://outlook.office365.com/.default"
_SCOPE_OF_A_PERSON: Final = "https://outlook.office365.com/IMAP.AccessAsUser.All offline_access"
#: Seconds to connect, and to wait for an answer.
_PATIENCE: Final = (10, 20)
#: Seconds before its end at which a permission is asked for anew.
_MARGIN: Final = 120
_LONGEST_DETAIL: Final = 300


@dataclass(frozen=True, slots=True)
class _Permission:
    token: str
    #: On the clock of this process, which no change of the hour moves.
    ends: float


_permissions: dict[int, _Permission] = {}
_lock: Final = Lock()


def access_token(mailbox: Mailbox, secrets: Mapping[str, str]) -> str:
    """A token that the mail server takes now; asked for when there is none. Raises MailboxTroubleError."""
    with _lock:
        known = _permissions.get(mailbox.pk)
    if known is not None and known.ends > time.monotonic():
        return known.token
    answer = _ask(mailbox, secrets)
    lasts = float(answer.get("expires_in") or 0) - _MARGIN
    permission = _Permission(token=str(answer["access_token"]), ends=time.monotonic() + lasts)
    if mailbox.pk:
        # A mailbox that is only tried has no row yet.
        _keep(mailbox, permission, answer, secrets)
    return permission.token


def _keep(mailbox: Mailbox, permission: _Permission, answer: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
    with _lock:
        _permissions[mailbox.pk] = permission
    renewed = str(answer.get("refresh_token") or "")
    if renewed and renewed != secrets.get("refresh_token"):
        keep_tokens(mailbox_id=mailbox.pk, tokens={"refresh_token": renewed})


def forget_token(mailbox: Mailbox) -> None:
    """The mail server does not take it any more: the next attempt asks for another."""
    with _lock:
        _permissions.pop(mailbox.pk, None)


def _ask(mailbox: Mailbox, secrets: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        answer = requests.post(
            _address(mailbox, secrets), data=_form(mailbox, secrets), timeout=_PATIENCE, allow_redirects=False
        )
        said = answer.json()
    except requests.RequestException as error:
        raise MailboxTroubleError(MailboxFault.NO_ANSWER, type(error).__name__) from error
    told: dict[str, Any] = said if isinstance(said, dict) else {}
    if answer.ok and told.get("access_token"):
        return told
    reason = f"{told.get('error', '')} {told.get('error_description', '')}"
    raise MailboxTroubleError(MailboxFault.TOKEN, reason.strip()[:_LONGEST_DETAIL])


def _address(mailbox: Mailbox, secrets: Mapping[str, str]) -> str:
    if secrets.get("token_address"):
        return secrets["token_address"]
    if mailbox.sign_in == Mailbox.SignIn.GOOGLE:
        return _GOOGLE
    return _MICROSOFT.format(tenant=secrets.get("tenant") or "common")


def _form(mailbox: Mailbox, secrets: Mapping[str, str]) -> dict[str, str]:
    form = {"client_id": secrets.get("client_id", ""), "client_secret": secrets.get("client_secret", "")}
    if secrets.get("refresh_token"):
        form |= {"grant_type": "refresh_token", "refresh_token": secrets["refresh_token"]}
        scope = _SCOPE_OF_A_PERSON if mailbox.sign_in == Mailbox.SignIn.MICROSOFT else ""
    else:
        form |= {"grant_type": "client_credentials"}
        scope = _SCOPE
    return {**form, "scope": scope} if scope else form
