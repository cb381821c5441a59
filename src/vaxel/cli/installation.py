"""Read the installation's settings and start Django: every fault in them is one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import typer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pydantic import ValidationError

from vaxel.cli.faults import require_data_folder, unwritable
from vaxel.cli.prepared import is_prepared
from vaxel.cli.start_error import StartError
from vaxel.kit.database import DatabaseAddressError, embedded_folder, require_usable
from vaxel.kit.embedded import EmbeddedDatabaseError, embedded_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaxel.project.settings")


def read_settings() -> Any:
    """The settings of the environment (`vaxel.project.environment.Environment`); raises `StartError`.

    `cli` lies below `project` and names it only in DJANGO_SETTINGS_MODULE.
    """
    try:
        return settings.ENV
    except ValidationError as error:
        raise StartError(_first_fault(error)) from error
    except (DatabaseAddressError, ImproperlyConfigured) as error:
        raise StartError(str(error)) from error
    except OSError as error:
        data = Path(os.environ.get("VAXEL_DATA", "var")).resolve()
        raise StartError(unwritable(data, error)) from error


def tell_of_unknown(env: Any) -> None:
    """Say which variables look like settings and are none: with one misspelt, another installation comes up."""
    for sentence in env.unknown:
        typer.echo(f"vaxel: {sentence}", err=True)


def start_django() -> None:
    """Make models, logs and texts usable; raises `StartError`."""
    read_settings()
    django.setup()


@contextmanager
def usable_database() -> Iterator[None]:
    """The named database, checked; or the embedded one, running for as long as the block lasts.

    Raises `StartError`.
    """
    env = read_settings()
    url = env.database_url.get_secret_value()
    try:
        if url:
            require_usable(url)
            yield
            return
        require_data_folder(env.data.resolve())
        with embedded_server(env.data):
            # Where its socket is was not known before it ran.
            connection.settings_dict.update(env.database())
            yield
    except (DatabaseAddressError, EmbeddedDatabaseError) as error:
        raise StartError(str(error)) from error


@contextmanager
def existing_database() -> Iterator[None]:
    """As `usable_database`, of an installation that is there and up to date: asking makes none. Raises `StartError`."""
    env = read_settings()
    if not env.database_url.get_secret_value() and not embedded_folder(env.data).is_dir():
        raise StartError(
            f"There is no installation in {env.data.resolve()}. Name its data folder with VAXEL_DATA, "
            "or make one: vaxel run"
        )
    with usable_database():
        if not is_prepared(settings.INSTALLED_APPS, connection.settings_dict, demo=False):
            raise StartError("The database is not up to date. Bring it there first: vaxel setup")
        yield


def _first_fault(error: ValidationError) -> str:
    """The variable that is wrong, what it holds is wrong about, and where to read on."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = "VAXEL_" + "_".join(str(part) for part in first["loc"]).upper()
    return f"{name} is wrong: {first['msg']}. All settings are explained in docs/running.md"
