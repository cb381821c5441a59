"""Requests to servers that customers name: only to addresses outside, looked at when the line stands (trust 60).

A name that is looked up twice may be two addresses; what counts is the one that was reached. Redirects are not
followed. VAXEL_OWN_SIGN_IN_INSIDE lets them be on the vendor's own network.
"""

import ipaddress
import socket
from typing import Any, Final

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

#: Seconds that a customer's server has for each answer.
_PATIENCE: Final = 5


class _Http(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _outside(super()._new_conn(), self)


class _Https(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _outside(super()._new_conn(), self)


def _outside(line: socket.socket, connection: HTTPConnection) -> socket.socket:
    """The line, unless it has come to a place inside: then it is closed before a word is said."""
    reached = ipaddress.ip_address(str(line.getpeername()[0]).partition("%")[0])
    mapped = getattr(reached, "ipv4_mapped", None) or reached
    if settings.OWN_SIGN_IN_INSIDE or mapped.is_global:
        return line
    line.close()
    raise NewConnectionError(connection, "the address is not outside")


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
        return super().request(*args, **{"timeout": _PATIENCE, **kwargs})
