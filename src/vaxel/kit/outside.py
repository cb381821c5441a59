"""Requests to servers that customers name: only to addresses outside (trust 60).

A name is looked up once, and its addresses are judged before a connection is tried, so nothing tells whether a port
inside is open. Redirects are not followed. An answer may take so long and be so large and no more, or a slow server
would hold a worker for as long as it likes. VAXEL_OWN_SIGN_IN_INSIDE allows servers on the vendor's own network.
"""

import ipaddress
import socket
import time
from collections.abc import Callable
from typing import Any, Final

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

#: Seconds that a customer's server has to begin, and between two pieces of an answer.
_PATIENCE: Final = 5
#: Seconds for a whole answer.
_LONGEST: Final = 10
#: Bytes of an answer; the largest set of keys has a tenth.
LARGEST_ANSWER: Final = 500_000
_PIECE: Final = 16_384
#: Networks whose addresses are other addresses in disguise: the last 32 bits say which (RFC 6052).
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
#: What a look-up says of a name that nobody has, and of one that has no address.
_NO_SUCH_NAME: Final = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


class NotOutsideError(NewConnectionError):
    """The name leads to an address on a network of ours."""


class _Http(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _line(self, super()._new_conn)


class _Https(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _line(self, super()._new_conn)


def _line(connection: HTTPConnection, connect: Callable[[], socket.socket]) -> socket.socket:
    """A line to the address that was judged: a second look at the name could find another."""
    if settings.OWN_SIGN_IN_INSIDE:
        return connect()
    name, address = connection.host, _address_outside(connection)
    connection.host = address
    try:
        return connect()
    finally:
        # The certificate is held against the name.
        connection.host = name


def _address_outside(connection: HTTPConnection) -> str:
    """The first address of a name all of whose addresses are outside."""
    try:
        found = socket.getaddrinfo(connection.host.strip("[]"), connection.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NewConnectionError(connection, "the name leads nowhere") from error
    addresses = [str(place[0]) for *_how, place in found]
    if not all(is_outside(address) for address in addresses):
        raise NotOutsideError(connection, "the address is not outside")
    return addresses[0]


def led_inside(error: requests.RequestException) -> bool:
    """Whether a request failed because its address is not outside."""
    return isinstance(_reason(error), NotOutsideError)


def led_nowhere(error: requests.RequestException) -> bool:
    """Whether a request failed because nobody has that name; False while names cannot be looked up just now."""
    looked_up = getattr(_reason(error), "__cause__", None)
    return isinstance(looked_up, socket.gaierror) and looked_up.errno in _NO_SUCH_NAME


def _reason(error: requests.RequestException) -> object:
    cause = error.args[0] if error.args else None
    return getattr(cause, "reason", cause)


def is_outside(address: str) -> bool:
    """Whether an address is one that anybody on the internet reaches, however it is written."""
    reached = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(reached, ipaddress.IPv6Address):
        hidden = reached.ipv4_mapped or reached.sixtofour
        if reached in _TRANSLATED:
            hidden = ipaddress.IPv4Address(int(reached) & 0xFFFFFFFF)
        return (hidden or reached).is_global
    return reached.is_global


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _OutsideAdapter(HTTPAdapter):
    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}


class OutsideSession(requests.Session):
    """Asks servers outside, patiently but not for long."""

    def __init__(self) -> None:
        super().__init__()
        self.max_redirects = 0
        # The environment's proxies would be reached instead, and they are inside.
        self.trust_env = False
        self.mount("http://", _OutsideAdapter())
        self.mount("https://", _OutsideAdapter())

    @override
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().request(*args, **{"timeout": _PATIENCE, **kwargs, "stream": True})
        _read(answer)
        return answer


def _read(answer: requests.Response) -> None:
    """All of the answer, where the library looks for it. Raises RequestException for one that is too long or slow."""
    until, content = time.monotonic() + _LONGEST, bytearray()
    for piece in answer.iter_content(_PIECE):
        content += piece
        if len(content) > LARGEST_ANSWER or time.monotonic() > until:
            answer.close()
            raise requests.RequestException("the answer has no end")
    answer._content = bytes(content)  # noqa: SLF001  # as `Response.content` keeps what it has read
