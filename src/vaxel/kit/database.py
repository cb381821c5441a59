"""Where the database is: a PostgreSQL that the installation names, or the embedded one in the data folder."""

from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

EMBEDDED_NAME: Final = "vaxel"
EMBEDDED_USER: Final = "postgres"
#: The oldest PostgreSQL that everything here works with, as the server numbers itself.
OLDEST_VERSION: Final = 150000

#: The queries of `kit.compiled` are prepared the first time that a connection runs them; all others never are.
_PREPARE_AT_ONCE: Final = 0

_FORM: Final = "postgresql://user:password@host:5432/name"
#: Seconds to wait for a server that does not answer.
_PATIENCE: Final = 5
#: A connection that went away silently (a pulled plug) is noticed in half a minute, not in two hours (trust 71).
_KEEPALIVE: Final = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_DJANGO_NAMES: Final = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}
#: PostgreSQL writes its socket's folder on this line (counted from 0) of postmaster.pid.
_SOCKET_LINE: Final = 4


class DatabaseAddressError(ValueError):
    """The given address of the database cannot be used; the message says what to do."""


def connection_settings(*, url: str, data: Path) -> dict[str, Any]:
    """Django's database settings for `url`, or for the embedded server below `data` when it is empty."""
    parts = _named(url) if url else _embedded(data)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        "OPTIONS": {**parts["OPTIONS"], "prepare_threshold": _PREPARE_AT_ONCE},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _named(url: str) -> dict[str, Any]:
    given = _parsed(url)
    options = {key: value for key, value in given.items() if key not in _DJANGO_NAMES}
    named = {name: str(given.get(key) or "") for key, name in _DJANGO_NAMES.items()}
    return {**named, "OPTIONS": {"connect_timeout": _PATIENCE, **_KEEPALIVE, **options}}


def _parsed(url: str) -> dict[str, Any]:
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise DatabaseAddressError(
            f"VAXEL_DATABASE_URL is not an address of a PostgreSQL database. Write it as {_FORM}"
        ) from error
    if not url.startswith(("postgresql://", "postgres://")) or not given.get("dbname"):
        raise DatabaseAddressError(f"VAXEL_DATABASE_URL must name a PostgreSQL database. Write it as {_FORM}")
    return dict(given)


def _embedded(data: Path) -> dict[str, Any]:
    return {
        "NAME": EMBEDDED_NAME,
        "USER": EMBEDDED_USER,
        "HOST": str(embedded_socket(data) or embedded_folder(data)),
        "OPTIONS": {"connect_timeout": _PATIENCE},
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


def require_usable(url: str) -> None:
    """Connect to the named database once; a `DatabaseAddressError` says in one sentence what is wrong."""
    given = _parsed(url)
    try:
        with psycopg.connect(url, connect_timeout=_PATIENCE) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        raise DatabaseAddressError(_why_not(given, str(error))) from error
    if version < OLDEST_VERSION:
        raise DatabaseAddressError(
            f"The database that VAXEL_DATABASE_URL names is PostgreSQL {version // 10000}; "
            f"Växel needs {OLDEST_VERSION // 10000} or later. Upgrade it, or name another one."
        )


def _why_not(given: dict[str, Any], said: str) -> str:
    """The sentence for what the server (or the network) said. Its words are English in every locale of libpq's."""
    if "@" in str(given.get("host")):
        # What stands before it is a part of the password, which no message repeats.
        return (
            "The password in VAXEL_DATABASE_URL holds a sign with a meaning in addresses. Write @ as %40 and / as %2F."
        )
    where = f"{given.get('host') or 'this machine'}:{given.get('port') or 5432}"
    name, user = given["dbname"], given.get("user") or "the current user"
    if "does not exist" in said and "database" in said:
        return f'There is no database "{name}" at {where}. Create it: createdb --host … --owner {user} {name}'
    if "authentication failed" in said or "no password supplied" in said or 'role "' in said:
        return f"The database at {where} refuses {user}. Check the user and the password in VAXEL_DATABASE_URL."
    if "translate host name" in said or "resolve" in said:
        return f"No machine is called {given.get('host')}. Check the host name in VAXEL_DATABASE_URL."
    if "refused" in said or "timeout" in said or "No such file" in said or "unreachable" in said:
        return (
            f"No PostgreSQL answers at {where}. Start it, or correct host and port in VAXEL_DATABASE_URL; "
            "without that variable Växel uses a database of its own."
        )
    last = said.strip().splitlines()[-1]
    return f"The database at {where} cannot be used ({last}). Check VAXEL_DATABASE_URL."
