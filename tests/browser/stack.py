"""The product as it runs: web server and worker in processes of their own, on a database of their own."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from tests.browser.world import World
from tests.cli.programs import environment, free_port, wait_until
from vaxel.kit.database import EMBEDDED_USER, embedded_socket

_TEMPLATE = "vaxel_template"
#: Models can be imported only when Django knows its settings.
_MAKE_WORLD = "import django; django.setup(); from tests.browser import world; world.print_world()"


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation and what is in it."""

    url: str
    world: World

    def at(self, path: str) -> str:
        """The address of a page."""
        return f"{self.url}{path}"

    @property
    def portal(self) -> str:
        """Where the desk's customers begin."""
        return self.at(f"/{self.world.desk}/")

    @property
    def workspace(self) -> str:
        """Where the desk's staff begin."""
        return self.at(f"/{self.world.desk}/workspace/")


def new_database(run: Path, name: str) -> str:
    """A copy of the template on the test run's server; the address by which programs reach it."""
    socket = str(embedded_socket(run))
    with psycopg.connect(host=socket, user=EMBEDDED_USER, dbname="postgres", autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(_TEMPLATE))
        )
    return f"postgresql:///{name}?{urlencode({'host': socket, 'user': EMBEDDED_USER})}"


@contextmanager
def running_site(database_url: str, data: Path) -> Iterator[Site]:
    """Fill a database that is up to date; web and worker run on it until the block ends."""
    port = free_port()
    settings = environment(
        data,
        VAXEL_DATABASE_URL=database_url,
        VAXEL_BASE_URL=f"http://127.0.0.1:{port}",
        VAXEL_SECRET_KEY="only for tests",
        VAXEL_DEMO="true",
        DJANGO_SETTINGS_MODULE="vaxel.project.settings",
    )
    made = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", _MAKE_WORLD], env=settings, stdout=subprocess.PIPE, check=True, timeout=120
    )
    site = Site(f"http://127.0.0.1:{port}", World(**json.loads(made.stdout.splitlines()[-1])))
    with ExitStack() as stack:
        log = stack.enter_context((data.parent / "site.log").open("wb"))
        for command in (("web", "--port", str(port), "--processes", "1"), ("worker",)):
            program = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-m", "vaxel.cli.main", *command], env=settings, stdout=log, stderr=log
            )
            stack.callback(program.wait, 30)
            stack.callback(program.terminate)
        wait_until(lambda: _answers(port))
        yield site


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/health/web/")
            return connection.getresponse().status == 200
        except OSError:
            return False
