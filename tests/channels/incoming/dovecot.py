"""A real Dovecot on loopback, with its own configuration and mails below a test's folder.

It runs without its master's privileges being needed: one user, a password file, everything under one folder.
"""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "hemligt-losen"
_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = {ssl}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
# Nobody guesses here: the third wrong password need not wait for seconds.
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_uid = {user}
mail_gid = {user}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {internal_group}
{permissions}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""

#: Dovecot asks the sign-in service itself whose a token is.
_PERMISSIONS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {file}
}}
"""
_TOKENS = """
tokeninfo_url = {address}?access_token=
username_attribute = email
"""


@dataclass(frozen=True)
class Dovecot:
    """Where it listens."""

    folder: Path
    port: int
    tls_port: int

    @contextmanager
    def mailbox(self, user: str) -> Iterator[imaplib.IMAP4]:
        """The user's mailbox, as their mail program has it."""
        with imaplib.IMAP4("127.0.0.1", self.port) as imap:
            imap.login(user, PASSWORD)
            yield imap

    def put(self, user: str, *mails: bytes) -> None:
        """Lay mails into the user's inbox."""
        with self.mailbox(user) as imap:
            for mail in mails:
                assert imap.append("INBOX", "", "", mail)[0] == "OK"

    def number_anew(self, user: str) -> None:
        """What happens when a server is restored: the same mails, other UIDs and another UIDVALIDITY."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.folder / "mail" / user / name).unlink(missing_ok=True)
        validity = self.folder / "mail" / user / "dovecot-uidvalidity"
        for path in validity.parent.glob("dovecot-uidvalidity*"):
            path.unlink()

    def flags(self, user: str) -> list[bytes]:
        """What is noted at each mail."""
        with self.mailbox(user) as imap:
            imap.select("INBOX", readonly=True)
            return [each for each in imap.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]


@contextmanager
def running_dovecot(folder: Path, *, tokens: str = "") -> Iterator[Dovecot]:
    """Dovecot, from start to end of the block; `tokens` is the address where it asks whose a token is (OAuth 2)."""
    port, tls_port = _free_port(), _free_port()
    (folder / "mail").mkdir(parents=True)
    (folder / "run").mkdir()
    people = _people(folder)
    _certificate(folder)
    config = folder / "dovecot.conf"
    ways = _sign_in_by_token(folder, tokens) if tokens else {"mechanisms": "", "permissions": ""}
    config.write_text(
        _CONFIG.format(folder=folder, port=port, tls_port=tls_port, password=PASSWORD, ssl="yes", **people, **ways)
    )
    executable = shutil.which("dovecot") or "/usr/sbin/dovecot"
    process = subprocess.Popen([executable, "-F", "-c", str(config)], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port, process, folder)
        yield Dovecot(folder, port, tls_port)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _sign_in_by_token(folder: Path, tokens: str) -> dict[str, str]:
    file = folder / "tokens.conf"
    file.write_text(_TOKENS.format(address=tokens))
    return {"mechanisms": "xoauth2 oauthbearer", "permissions": _PERMISSIONS.format(file=file)}


def _people(folder: Path) -> dict[str, str]:
    """Whom its processes run as: root's children must be others, anybody else's are their own."""
    if os.getuid() != 0:
        me, us = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        return {"user": me, "group": us, "internal": me, "login": me, "internal_group": us}
    for path in (folder, folder / "mail", folder / "run"):
        path.chmod(0o755)
    shutil.chown(folder / "mail", "nobody", "nogroup")
    return {
        "user": "nobody",
        "group": "nogroup",
        "internal": "dovecot",
        "login": "dovenull",
        "internal_group": "dovecot",
    }


def _certificate(folder: Path) -> None:
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(  # noqa: S603
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files],  # noqa: S607
        check=True,
        capture_output=True,
    )


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, (folder / "log").read_text()
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text())
