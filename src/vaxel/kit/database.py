"""Where the database is: a PostgreSQL that the installation names, or the embedded one in the data folder."""

from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

EMBEDDED_NAME = "vaxel"
EMBEDDED_USER = "postgres"

_FORM = "postgresql://user:password@host:5432/name"
#: PostgreSQL writes its socket's folder on this line (counted from 0) of postmaster.pid.
_SOCKET_LINE = 4


class DatabaseAddressError(ValueError):
    """The given address of the database cannot be used; the message says what to do."""


def connection_settings(*, url: str, data: Path) -> dict[str, Any]:
    """Django's database settings for `url`, or for the embedded server below `data` when it is empty."""
    parts = _named(url) if url else _embedded(data)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _named(url: str) -> dict[str, Any]:
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise DatabaseAddressError(
            f"VAXEL_DATABASE_URL is not an address of a PostgreSQL database. Write it as {_FORM}"
        ) from error
    if not url.startswith(("postgresql://", "postgres://")) or not given.get("dbname"):
        raise DatabaseAddressError(f"VAXEL_DATABASE_URL must name a PostgreSQL database. Write it as {_FORM}")
    options = {key: value for key, value in given.items() if key not in _DJANGO_NAMES}
    named = {name: str(given.get(key) or "") for key, name in _DJANGO_NAMES.items()}
    return {**named, "OPTIONS": {"connect_timeout": 5, **options}}


_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def _embedded(data: Path) -> dict[str, Any]:
    return {
        "NAME": EMBEDDED_NAME,
        "USER": EMBEDDED_USER,
        "HOST": str(embedded_socket(data) or embedded_folder(data)),
        "OPTIONS": {"connect_timeout": 5},
    }


def embedded_folder(data: Path) -> Path:
    """The folder that the embedded server keeps its files in."""
    return data.resolve() / "postgres"


def embedded_socket(data: Path) -> Path | None:
    """The folder of the running embedded server's socket, or None when it has not been started."""
    try:
        lines = (embedded_folder(data) / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return Path(lines[_SOCKET_LINE]) if len(lines) > _SOCKET_LINE and lines[_SOCKET_LINE] else None
