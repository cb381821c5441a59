"""Whether an organisation's server answers as one that people can sign in by: asked before its address is kept.

Only servers outside are asked, within limits (`kit.outside`, trust 60). What the server says is judged, never shown.
"""

from enum import StrEnum
from typing import Any, Final

import requests
from django.utils.translation import gettext as _

from vaxel.kit.outside import OutsideSession, led_inside, led_nowhere

#: Where an OpenID Connect server says what it is, below its issuer.
_DISCOVERY: Final = "/.well-known/openid-configuration"
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint")
#: From this status on it is the server that has trouble, not the address.
_TROUBLE: Final = 500


class ServerFault(StrEnum):
    """What is wrong with a server. AWAY may pass by itself; the others need another address, or another server."""

    AWAY = "away"
    INSIDE = "inside"
    NOWHERE = "nowhere"
    CERTIFICATE = "certificate"
    MOVED = "moved"
    NO_SERVER = "no-server"
    ANOTHER = "another"


def fault_of(issuer: str) -> ServerFault | None:
    """None for a server that is as it should be. Takes some seconds at most, and belongs in no transaction."""
    issuer = issuer.rstrip("/")
    try:
        with OutsideSession() as session:
            answer = session.get(f"{issuer}{_DISCOVERY}")
        said = answer.json() if answer.ok else None
    except requests.TooManyRedirects:
        return ServerFault.MOVED
    except requests.exceptions.SSLError:
        return ServerFault.CERTIFICATE
    except (requests.ConnectionError, requests.Timeout) as error:
        return _unreached(error)
    except (requests.RequestException, ValueError):
        return ServerFault.NO_SERVER
    if answer.status_code >= _TROUBLE:
        return ServerFault.AWAY
    return _judged(said, issuer=issuer)


def _unreached(error: requests.RequestException) -> ServerFault:
    if led_inside(error):
        return ServerFault.INSIDE
    return ServerFault.NOWHERE if led_nowhere(error) else ServerFault.AWAY


def _judged(said: Any, *, issuer: str) -> ServerFault | None:
    """What the server says of itself, whatever shape it has."""
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in (*_ENDPOINTS, "issuer")):
        return ServerFault.NO_SERVER
    return None if said["issuer"].rstrip("/") == issuer else ServerFault.ANOTHER


def in_words(fault: ServerFault) -> str:
    """What is wrong, and what to do about it."""
    return {
        ServerFault.AWAY: _("We do not reach the server just now, so the sign-in is saved untried. Try it yourself."),
        ServerFault.INSIDE: _("The address leads to a network inside, which we do not ask. Write one on the internet"),
        ServerFault.NOWHERE: _("There is no server with that name. Check the address"),
        ServerFault.CERTIFICATE: _("The server's certificate does not hold. Have it renewed, or check the address"),
        ServerFault.MOVED: _("The server sends us on to another address. Write the one that it sends us to"),
        ServerFault.NO_SERVER: _("Nothing there answers as an OpenID Connect server. Check the address"),
        ServerFault.ANOTHER: _("The server says that it has another address (issuer). Write it as the server says it"),
    }[fault]
