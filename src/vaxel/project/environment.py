"""The installation's settings as the environment gives them: `VAXEL_…` variables, typed and checked."""

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import NonNegativeInt, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from vaxel.channels.mail.services import ServiceName
from vaxel.kit.database import connection_settings
from vaxel.kit.processes import PARENT_VARIABLE

#: Nobody types this by accident.
PUBLIC_DEMO: Final = "yes, everybody may sign in as anybody"
_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
#: Characters; Django's own recommendation.
_SHORTEST_KEY: Final = 50
#: What others on the machine may do with a file or folder.
_OTHERS: Final = 0o007


class Environment(BaseSettings):
    """One field per variable: `VAXEL_DATA`, `VAXEL_DATABASE_URL` and so on.

    Every field may also be given as a file of secrets: a file named like the variable in the folder that
    `VAXEL_SECRETS_DIR` names.
    """

    model_config = SettingsConfigDict(env_prefix="VAXEL_", extra="ignore", frozen=True)

    #: Folder for the database, the attachments and the generated keys.
    data: Path = Path("var")
    #: PostgreSQL 15 or later, as postgresql://user:password@host/name; empty means the embedded one.
    database_url: SecretStr = SecretStr("")
    #: Where people reach the installation; also decides whether cookies are for https only.
    base_url: str = "http://127.0.0.1:8000"
    #: Names that the server answers to, besides the one in `base_url`.
    allowed_hosts: str = ""
    #: Key that signs sessions and links; made and kept in the data folder when it is not given.
    secret_key: SecretStr = SecretStr("")
    #: Earlier keys, separated by commas: what they have signed is still good, and nothing new is signed by them.
    secret_key_fallbacks: SecretStr = SecretStr("")
    #: True only for a demonstration: sign-in by one press, and a page that shows all mail.
    demo: bool = False
    #: Lets a demonstration be reached from other machines, when it says exactly what `PUBLIC_DEMO` says.
    demo_public: str = ""
    #: True when a reverse proxy that we trust sets X-Forwarded-Proto.
    behind_proxy: bool = False
    #: Lets organisations' own sign-ins be on private addresses and without TLS: on the vendor's own network only.
    own_sign_in_inside: bool = False
    #: Largest attachment, in megabytes.
    upload_limit_mb: int = 25
    #: Hand mail over to this delivery service by HTTP instead of to `smtp_host`.
    mail_service: ServiceName | Literal[""] = ""
    mail_service_key: SecretStr = SecretStr("")
    #: The service's other address for its programs, such as one for Europe.
    mail_service_url: str = ""
    #: "user:password" that the service's reports about bounces must give; without it they are refused.
    mail_reports_secret: SecretStr = SecretStr("")
    #: With this the service signs its reports, where it does.
    mail_reports_key: SecretStr = SecretStr("")
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    #: Automatic mails in an hour; the rest waits, and the state of the parts says so.
    automatic_mails_per_hour: int = 5000
    #: Whose Authentication-Results count for mailboxes that name no server of their own.
    mail_authserv_id: str = ""
    #: Days for which the bytes of a mail stay after it became something, and everything of one that was put aside;
    #: 0 keeps them for good.
    mail_kept_days: NonNegativeInt = 90
    ignored_mail_kept_days: NonNegativeInt = 30
    mail_from: str = "support@vaxel.example"

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        """Without scheme and host every page would be refused, with nothing said about the reason."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise PydanticCustomError("address", "It is not a web address. Write it as https://support.example.org")
        return value

    @property
    def secure(self) -> bool:
        """True when people reach us by https; cookies are then never sent in the clear."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names that are answered; anything else is refused (trust 61)."""
        own = urlsplit(self.base_url).hostname or "127.0.0.1"
        more = [name.strip() for name in self.allowed_hosts.split(",") if name.strip()]
        local = ["127.0.0.1", "localhost"] if own in {"127.0.0.1", "localhost"} else []
        return sorted({own, *more, *local})

    @property
    def demo_may_start(self) -> bool:
        """True where a demonstration is reached from this machine alone, or by strangers on purpose."""
        return self.demo_is_public_on_purpose or urlsplit(self.base_url).hostname in _LOOPBACK

    @property
    def demo_is_public_on_purpose(self) -> bool:
        """True when somebody has said that strangers may try the demonstration."""
        return self.demo_public == PUBLIC_DEMO

    @property
    def unsafe(self) -> tuple[str, ...]:
        """What nobody should run with where other machines reach us: a sentence each, with what to do."""
        found = {
            "VAXEL_BASE_URL says http, so passwords travel in the clear: put a proxy with https before us": (
                not self.secure and urlsplit(self.base_url).hostname not in _LOOPBACK
            ),
            "VAXEL_BEHIND_PROXY is not set, so the limits take everybody behind your proxy for one: set it to true": (
                self.secure and not self.behind_proxy
            ),
            "VAXEL_ALLOWED_HOSTS answers to any name: write the names": "*" in self.hosts,
            f"VAXEL_SECRET_KEY is too short: give it at least {_SHORTEST_KEY} random characters, or none": (
                0 < len(self.secret_key.get_secret_value()) < _SHORTEST_KEY
            ),
            "VAXEL_SMTP_TLS is none, so sign-in codes travel to VAXEL_SMTP_HOST in the clear: use starttls or tls": (
                bool(self.smtp_host) and self.smtp_tls == "none" and self.smtp_host not in _LOOPBACK
            ),
        }
        return tuple(sentence for sentence, is_so in found.items() if is_so)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Variables that look like settings and are none, as a misspelt one: a sentence each, with what to do."""
        ours = {name.upper() for name in type(self).model_fields}
        of_others = {"SECRETS_DIR", PARENT_VARIABLE.removeprefix("VAXEL_")}
        given = {name.removeprefix("VAXEL_") for name in os.environ if name.startswith("VAXEL_")}
        nearest = {name: get_close_matches(name, ours, n=1) for name in sorted(given - ours - of_others)}
        return tuple(
            f"VAXEL_{name} is not a setting, so nothing is done with it: "
            + (f"did you mean VAXEL_{close[0]}?" if close else "unset it, or see docs/running.md")
            for name, close in nearest.items()
        )

    @property
    def earlier_secret_keys(self) -> list[str]:
        """The keys that are only read with."""
        return [key.strip() for key in self.secret_key_fallbacks.get_secret_value().split(",") if key.strip()]

    def folder(self, name: str) -> Path:
        """A folder below the data folder, made when it is not there; others on the machine cannot look into it."""
        path = self.data.resolve() / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        rights = stat.S_IMODE(path.stat().st_mode)
        if rights & _OTHERS:
            # On a disk that knows no rights, or as somebody else's: `vaxel check` tells.
            with suppress(OSError):
                path.chmod(rights & ~_OTHERS)
        return path

    def database(self) -> dict[str, Any]:
        """Django's settings of the database: the one that is named, or the embedded one in the data folder."""
        return connection_settings(url=self.database_url.get_secret_value(), data=self.data)

    def resolved_secret_key(self) -> str:
        """The given key, or the one kept in the data folder (made at first use, readable by the owner only).

        It gets its name when it is written: several programs start at once, and a full disk leaves half a file.
        """
        given = self.secret_key.get_secret_value()
        if given:
            return given
        path = self.data / "secret-key"
        if not path.exists() or not path.stat().st_size:
            self.data.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.data) as made:
                made.write(secrets.token_urlsafe(64))
                made.flush()
                with suppress(FileExistsError):
                    os.link(made.name, path)
        return path.read_text().strip()


def read_environment() -> Environment:
    """The settings of this installation; a variable wins over a file of secrets."""
    return Environment(_secrets_dir=os.environ.get("VAXEL_SECRETS_DIR"))
