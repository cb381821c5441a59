"""The state of every part of the installation: what `/health/` and `vaxel check` tell."""

import os
import shutil
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import DatabaseError

from vaxel.domain.audit import health as audit
from vaxel.domain.audit.health import Part
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.alarms import trouble_of
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import HELD
from vaxel.domain.notices.brakes import is_brake_on
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import Reason
from vaxel.kit.database import embedded_folder

#: Below this much free space attachments and the database's log soon have no room.
_LEAST_FREE: Final = 500 * 1024 * 1024
#: A mail that waits longer than this is stuck.
_LONG_WAIT: Final = timedelta(minutes=15)
#: For as long as this a mail of unknown fate is told about.
_REMEMBERED: Final = timedelta(days=1)


def health_of_parts(*, now: datetime) -> list[Part]:
    """Every part, in the order in which one needs the other; without a database only what needs none."""
    database = audit.database()
    machine = [disk(), data_folder(), front_end(), safety()]
    if not database.well:
        return [database, *machine]
    inner: dict[str, Callable[[], Part]] = {
        "steps": audit.steps,
        "worker": audit.worker,
        "queue": audit.queue,
        "mail": partial(mail, now=now),
        "mailboxes": partial(mailboxes, now=now),
        "policies": policies,
    }
    return [database, *(_guarded(name, look) for name, look in inner.items()), *machine]


def pages_can_be_served() -> bool:
    """Whether this process can answer people, with tables of its version; a load balancer asks."""
    return audit.database().well and _guarded("steps", audit.steps).well


def mail(*, now: datetime) -> Part:
    """Does the mail go out?"""
    rows = OutgoingMail.unscoped
    stuck = rows.filter(state__in=["queued", "sending"], created_at__lt=now - _LONG_WAIT).count()
    uncertain = rows.filter(state__in=["uncertain", "failed"], created_at__gte=now - _REMEMBERED).count()
    told = f"{stuck} stuck, {uncertain} failed or uncertain in a day"
    held = rows.filter(state="held", reason=Reason.RESTORED).count()
    if held:
        told = f"{told}, {held} held since a restore"
    if is_brake_on(now=now):
        too_many = f"{told}. As many automatic mails as VAXEL_AUTOMATIC_MAILS_PER_HOUR allows: find out why."
        return Part("mail", well=False, detail=too_many)
    if not (settings.ENV.smtp_host or settings.ENV.mail_service or settings.DEMO):
        told = f"{told}. No mail server is set, so nobody gets a mail: see VAXEL_SMTP_HOST in docs/running.md"
    if stuck:
        return Part("mail", well=False, detail=f"{told}. Do VAXEL_SMTP_HOST and its password still fit?")
    return Part("mail", well=True, detail=told)


def mailboxes(*, now: datetime) -> Part:
    """Does mail come in, and is it taken in?"""
    boxes = list(Mailbox.unscoped.filter(is_on=True).order_by("address"))
    troubled = [box.address for box in boxes if trouble_of(box, now=now) is not None]
    waiting = ReceivedMail.unscoped.filter(state=ReceivedMail.State.WAITING)
    late = waiting.filter(received_at__lt=now - _LONG_WAIT).count()
    held = ReceivedMail.unscoped.filter(state__in=HELD).count()
    told = f"{len(boxes)} mailboxes, {waiting.count()} mails waiting, {held} for a human"
    if troubled:
        return Part("mailboxes", well=False, detail=f"{told}. In trouble: {', '.join(troubled)}")
    if late:
        return Part("mailboxes", well=False, detail=f"{told}. {late} have waited too long. Is a worker at work?")
    return Part("mailboxes", well=True, detail=told)


def policies() -> Part:
    """Does each desk know what it promises?"""
    without = list(Desk.objects.filter(policy=None).order_by("slug").values_list("slug", flat=True))
    if without:
        told = f"{', '.join(without)}: nothing is published. Run: vaxel policy publish FILE"
        return Part("policies", well=False, detail=told)
    return Part("policies", well=True, detail=f"{Desk.objects.count()} desks, each with its policy")


def disk() -> Part:
    """Is there room where database and files are? They may lie on several disks; the fullest is told."""
    folders = [settings.DATA, Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR)]
    own = embedded_folder(settings.DATA)
    rooms = [_room(folder) for folder in (*folders, own, own / "pg_wal") if folder.exists()]
    least = min(rooms, key=lambda room: room.share)
    where = "the data folder is" if least.folder == settings.DATA else f"{least.folder} is"
    return Part("disk", well=least.share >= 1, detail=f"{least.free // 1024**2} MB free where {where}")


class _Room(NamedTuple):
    """A folder's disk; `share` is how much of what is needed is free."""

    folder: Path
    free: int
    share: float


def _room(folder: Path) -> _Room:
    """A small disk of its own needs a tenth of itself."""
    usage = shutil.disk_usage(folder)
    return _Room(folder, usage.free, usage.free / min(_LEAST_FREE, usage.total // 10 or 1))


def data_folder() -> Part:
    """Can we write there, and can nobody else read our key and what people have sent?"""
    key = settings.DATA / "secret-key"
    if not os.access(settings.DATA, os.W_OK):
        return Part("data folder", well=False, detail=f"{settings.DATA} cannot be written. Correct its owner.")
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return Part("data folder", well=False, detail=f"Others can read {key}. Run: chmod 600 {key}")
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR)):
        if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o007:
            return Part("data folder", well=False, detail=f"Others can read {folder}. Run: chmod o-rwx {folder}")
    return Part("data folder", well=True, detail=str(settings.DATA))


def front_end() -> Part:
    """Were styles and scripts built?"""
    built = Path(settings.STATICFILES_DIRS[0]) / "built" / "manifest.json"
    if built.exists():
        return Part("front end", well=True, detail="built")
    return Part("front end", well=False, detail="Styles and scripts are missing. Run: make build")


def safety() -> Part:
    """Are the settings fit for a place that others reach, and are all of them ours?"""
    found = (*settings.ENV.unsafe, *settings.ENV.unknown)
    return Part("settings", well=not found, detail=". ".join(found) or "nothing unsafe")


def _guarded(name: str, look: Callable[[], Part]) -> Part:
    """A part whose tables are missing is not well, and does not hide the others."""
    try:
        return look()
    except DatabaseError:
        return Part(name, well=False, detail="Its tables are missing. Run: vaxel setup")
