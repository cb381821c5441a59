"""The product as it runs: web server and worker in processes of their own, on a database of their own."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlencode

import psycopg
from filelock import FileLock
from psycopg import sql

from tests.browser.world import World
from tests.cli.programs import environment, free_port, wait_until
from tests.prepared import copy_folder
from vaxel.kit.database import EMBEDDED_NAME, EMBEDDED_USER, embedded_socket

#: Models can be imported only when Django knows its settings.
_MAKE_WORLD: Final = "import django; django.setup(); from tests.browser import world; world.print_world()"
#: The database that sites begin with a copy of.
_WORLD: Final = "vaxel_world"


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation and what is in it."""

    url: str
    world: World
    web: "Web" = field(repr=False, compare=False)
    database: psycopg.Connection[tuple[object, ...]] = field(repr=False, compare=False)

    def at(self, path: str) -> str:
        """The address of a page."""
        return f"{self.url}{path}"

    def speaks(self, role: str, *, language: str) -> None:
        """Let the account of a role have chosen a language, whatever it chose in another test."""
        account = self.world.accounts[role]
        self.database.execute("UPDATE people_account SET language = %s WHERE id = %s", [language, account])

    @property
    def portal(self) -> str:
        """Where the desk's customers begin."""
        return self.at(f"/{self.world.desk}/")

    @property
    def workspace(self) -> str:
        """Where the desk's staff begin."""
        return self.at(f"/{self.world.desk}/workspace/")


@dataclass(slots=True)
class Web:
    """The web server of a site, which may be away for a while."""

    port: int
    settings: Mapping[str, str]
    log: IO[bytes]
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Come to answer on the port."""
        process = _started("web", "--port", str(self.port), "--processes", "1", settings=self.settings, log=self.log)
        self._process = process
        wait_until(lambda: process.poll() is not None or _answers(self.port))
        assert process.poll() is None, f"the web server has ended; {self.log.name} tells why"

    def stop(self) -> None:
        """Be gone, so that nobody answers."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(60)
            self._process = None


@contextmanager
def running_site(run: Path, name: str, data: Path) -> Iterator[Site]:
    """Web and worker on a world of their own, in a new database of that name, until the block ends."""
    with FileLock(run / "world.lock"):
        world = _made_world(run)
        database_url = _new_database(run, name, of=_WORLD)
    copy_folder(run / "world" / "var", data)
    port = free_port()
    settings = _settings(data, database_url, port=port)
    with ExitStack() as stack:
        database = stack.enter_context(psycopg.connect(database_url, autocommit=True))
        log = stack.enter_context((data.parent / "site.log").open("wb"))
        web = Web(port, settings, log)
        stack.callback(web.stop)
        worker = _started("worker", settings=settings, log=log)
        stack.callback(worker.wait, 60)
        stack.callback(worker.terminate)
        web.start()
        yield Site(f"http://127.0.0.1:{port}", world, web, database)


def _made_world(run: Path) -> World:
    """Made by whichever worker of the run asks first; only copied, nothing of it runs."""
    made = run / "world"
    said = made / "world.json"
    if not said.exists():
        data = made / "var"
        data.mkdir(parents=True)
        settings = _settings(data, _new_database(run, _WORLD, of=EMBEDDED_NAME), port=8000)
        maker = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-c", _MAKE_WORLD], env=settings, stdout=subprocess.PIPE, check=True, timeout=240
        )
        said.write_bytes(maker.stdout.splitlines()[-1])
    return World(**json.loads(said.read_bytes()))


def _new_database(run: Path, name: str, *, of: str) -> str:
    """A copy of a database on the test run's server; the address by which programs reach it."""
    socket = str(embedded_socket(run))
    with psycopg.connect(host=socket, user=EMBEDDED_USER, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(of)))
    return f"postgresql:///{name}?{urlencode({'host': socket, 'user': EMBEDDED_USER})}"


def _settings(data: Path, database_url: str, *, port: int) -> dict[str, str]:
    return environment(
        data,
        VAXEL_DATABASE_URL=database_url,
        VAXEL_BASE_URL=f"http://127.0.0.1:{port}",
        VAXEL_SECRET_KEY="only for tests, and as long as a key has to be: " + "x" * 20,
        VAXEL_DEMO="true",
        DJANGO_SETTINGS_MODULE="vaxel.project.settings",
    )


def _started(*command: str, settings: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "vaxel.cli.main", *command], env=settings, stdout=log, stderr=log
    )


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/health/web/")
            return connection.getresponse().status == 200
        except OSError:
            return False
