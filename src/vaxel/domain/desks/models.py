"""A desk and its policy: what one vendor's support is and promises."""

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from vaxel.kit.tenancy import ScopedManager

#: The number before a desk's first ticket; four digits from the start read as a number, not as a count.
FIRST_NUMBER = 1000


class Desk(models.Model):
    """One support desk. An installation may hold several; nothing is shared between them but sign-in accounts."""

    slug = models.SlugField(max_length=40, unique=True)
    prefix = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=80)
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=60, default="Europe/Stockholm")
    accent = models.CharField(max_length=7, default="#1f5fae")
    logo = models.TextField(blank=True)
    mail_address = models.EmailField(blank=True)
    #: True when what is sent to `mail_address` is fetched and read: mails then say that one can just answer.
    reads_mail = models.BooleanField(default=False, db_default=False)
    #: True from when the desk begins a manual, so that every page can link to its help centre without a query.
    has_manual = models.BooleanField(default=False, db_default=False)
    staff_need_second_factor = models.BooleanField(default=False)
    policy = models.ForeignKey("desks.PolicyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    #: The last ticket number given out; changed only by `desks.numbers.take_number`.
    last_number = models.BigIntegerField(default=FIRST_NUMBER)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    def day_of(self, at: datetime) -> date:
        """The date that an instant has where the desk is."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class PolicyVersion(models.Model):
    """A published policy, as it was written; never changed and never removed."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="policy_versions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    note = models.CharField(max_length=400, blank=True)

    objects = ScopedManager["PolicyVersion"](organisation="")
    unscoped = models.Manager["PolicyVersion"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "number"], name="policy_number_once_per_desk")]

    def __str__(self) -> str:
        return f"{self.desk_id}:{self.number}"
