"""Servers that customers name are asked only where they are outside (trust 60)."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from pytest_django import Settings

from vaxel.kit.outside import OutsideSession, led_inside


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A port inside, behind which somebody would notice a knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def refused(address: str) -> bool:
    """Whether an address is refused as one inside; False for another fault."""
    with OutsideSession() as session, pytest.raises(requests.ConnectionError) as fault:
        session.get(address)
    return led_inside(fault.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_t60_nobody_knocks_at_a_port_inside(host: str, scheme: str) -> None:
    with listening() as server:
        port = server.getsockname()[1]
        assert refused(f"{scheme}://{host}:{port}/")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[fe80::1]", "10.0.0.1", "169.254.169.254"])
def test_t60_a_closed_port_inside_reads_as_an_open_one(host: str) -> None:
    assert refused(f"https://{host}:1/")


def test_t60_a_name_that_leads_outside_and_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_asked: object, **_how: object) -> list[object]:
        return [(2, 1, 6, "", (address, 443)) for address in ("9.9.9.9", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert refused("https://both.kund.example/")


def test_a_name_that_leads_nowhere_is_another_fault() -> None:
    assert not refused("https://finns-inte.invalid/")


def test_a_server_inside_is_asked_where_the_installation_allows_it(settings: Settings) -> None:
    settings.OWN_SIGN_IN_INSIDE = True
    with listening() as server:
        with OutsideSession() as session, pytest.raises(requests.Timeout):
            session.get(f"http://localhost:{server.getsockname()[1]}/", timeout=0.2)
        server.accept()[0].close()
