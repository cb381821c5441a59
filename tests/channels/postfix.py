"""A real Postfix on loopback, with its own configuration, queue and log below a test's folder.

It stands for all mail servers of the world: whatever is handed to it is delivered to a Dovecot's mailboxes, or by
LMTP to `vaxel mail listen`. It runs as root only, as Postfix does everywhere and as CI does.
"""

import shutil
import smtplib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from tests.cli.programs import free_port, wait_until

#: Seconds until it is told to try everything now.
_PATIENCE: Final = 10.0
#: The name that it writes into its verdicts on senders.
NAME: Final = "mx.desk.example"
_MAIN: Final = """
compatibility_level = 3.6
myhostname = {name}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
smtp_dns_support_level = disabled
alias_maps =
local_recipient_maps =
recipient_delimiter = +
message_size_limit = 50000000
mailbox_size_limit = 0
# Whose mailboxes there are, and where: a folder of mails each, below Dovecot's.
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_mailbox_limit = 0
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
transport_maps = texthash:{folder}/transports
# What a DMARC filter would write: our domains are who they say they are.
smtpd_sender_restrictions = check_sender_access texthash:{folder}/verdicts
# A server that was killed is back in a moment.
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
default_destination_concurrency_failed_cohort_limit = 1000
"""
_MASTER: Final = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """Where it listens."""

    folder: Path
    port: int

    def take(self, mail: EmailMessage | bytes, *, sender: str, to: str, port: int = 0) -> None:
        """Hand a mail over, as a mail program does; it has returned when Postfix has said yes."""
        words = mail if isinstance(mail, bytes) else mail.as_bytes()
        with smtplib.SMTP("127.0.0.1", port or self.port, timeout=20) as client:
            client.sendmail(sender, [to], words)

    def is_empty(self) -> bool:
        """Whether everything that it has taken has been delivered."""
        return not self._waiting()

    def _waiting(self) -> list[Path]:
        # A mail moves from one to the next, and back from the last: whoever looks in order sees it at least once.
        queues = ("incoming", "active", "deferred", "incoming", "active")
        return [path for name in queues for path in (self.folder / "queue" / name).rglob("*") if path.is_file()]

    def hand_out(self, *, seconds: float = 60) -> None:
        """Wait until everything that it has taken has been delivered; whoever waits in vain reads why.

        On a busy machine a mail's turn can come again before the last attempt has let go of it ("skipped, still being
        delivered"). Postfix leaves it alone for a minute then, unless it is told to try everything now.
        """
        with suppress(AssertionError):
            wait_until(self.is_empty, seconds=_PATIENCE)
        if not self.is_empty():
            _run("flush", self.folder / "etc")
        try:
            wait_until(self.is_empty, seconds=seconds)
        except AssertionError as error:
            waiting = [f"{path.parent.name}/{path.name}" for path in self._waiting()]
            log = (self.folder / "log").read_text(errors="replace").splitlines()
            said = [line for line in log if any(each.rpartition("/")[2] in line for each in waiting)]
            raise AssertionError("\n".join([f"{error}: {waiting}", *said[-20:], "At last:", *log[-20:]])) from error


@contextmanager
def running_postfix(
    folder: Path, *, mail: Path, mailboxes: Mapping[str, str], by_lmtp: Mapping[str, int] | None = None
) -> Iterator[Postfix]:
    """Postfix, from start to end of the block.

    `mailboxes` has the user at Dovecot of each address, or of a whole domain ("@norrvik.example"); `by_lmtp` the port
    that the mails of an address are handed to instead.
    """
    port, config = free_port(), folder / "etc"
    for path in (config, folder / "queue", folder / "data"):
        path.mkdir(parents=True)
    shutil.chown(folder / "data", "postfix")
    domains = sorted({address.rpartition("@")[2] for address in (*mailboxes, *(by_lmtp or {}))})
    owner = mail.stat()
    told = {"name": NAME, "folder": folder, "mail": mail, "uid": owner.st_uid, "gid": owner.st_gid, "port": port}
    (config / "main.cf").write_text(_MAIN.format(domains=" ".join(domains), **told))
    (config / "master.cf").write_text(_MASTER.format(**told))
    _table(
        folder / "mailboxes",
        {address: f"{user}/" for address, user in mailboxes.items()} | dict.fromkeys(by_lmtp or {}, "none/"),
    )
    _table(folder / "transports", {address: f"lmtp:[127.0.0.1]:{at}" for address, at in (by_lmtp or {}).items()})
    _table(folder / "verdicts", {each: _verdict(each) for each in domains})
    _run("check", config)
    process = subprocess.Popen(  # noqa: S603  # our own configuration
        [_executable(), "-c", str(config), "start-fg"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: _answers(port), seconds=60)
        yield Postfix(folder, port)
    finally:
        _run("stop", config)
        process.wait(timeout=60)


def _table(path: Path, rows: Mapping[str, str]) -> None:
    path.write_text("".join(f"{key} {value}\n" for key, value in rows.items()))


def _verdict(domain: str) -> str:
    return f"PREPEND Authentication-Results: {NAME}; dmarc=pass header.from={domain}"


def _run(what: str, config: Path) -> None:
    ended = subprocess.run(  # noqa: S603  # our own configuration
        [_executable(), "-c", str(config), what], capture_output=True, text=True, check=False, timeout=90
    )
    assert ended.returncode == 0, ended.stderr


def _executable() -> str:
    return shutil.which("postfix") or "/usr/sbin/postfix"


def _answers(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            return client.noop()[0] == 250
    except OSError:
        return False
