"""Who is who: sign-in accounts, the customers' organisations and people, the vendor's staff."""

from functools import partial
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from vaxel.kit.tenancy import ScopedManager


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account that signs in with this address."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A sign-in identity, of a customer or of staff. What it may do stands in `Person` and `Staff`."""

    email = models.EmailField(max_length=254, unique=True)
    #: None that could be guessed, until its owner chooses one: an empty text would count as a password.
    password = models.CharField(max_length=128, default=partial(make_password, None))
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    #: Single-key shortcuts can be turned off (WCAG 2.1.4).
    shortcuts = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    #: Grows when all sessions are to end: see `accounts.sign_out_everywhere`.
    session_generation = models.PositiveIntegerField(default=0)

    objects = AccountManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hook: what a session is bound to, besides the password the generation of sessions.
        bound = f"{self.password}:{self.session_generation}"
        return salted_hmac("account-session", bound, secret=secret, algorithm="sha256").hexdigest()


class Session(AbstractBaseSession):
    """Django's session with its owner beside it, so that both are found at once; see `sessions`."""

    #: Empty while nobody is signed in. What says so stays the sealed data: this only finds it.
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        db_table = "django_session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Django's hook: who opens the sealed data."""
        return SessionStore


class Organisation(models.Model):
    """A customer."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    #: municipality, region, agency or company: shown, never decided on.
    form = models.CharField(max_length=20, blank=True)
    domains = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = ScopedManager["Organisation"](organisation="id")
    unscoped = models.Manager["Organisation"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint("desk", Lower("name"), name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """What an organisation has bought: plan, products, period, and perhaps another number of seats."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    plan = models.CharField(max_length=60)
    products = ArrayField(models.CharField(max_length=60), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    #: Seats when the agreement says something else than the plan (A1); None means as the plan.
    seats = models.PositiveIntegerField(null=True, blank=True)
    #: Values of the facts that the policy declares with `from = "agreement"`.
    facts = models.JSONField(default=dict, blank=True)

    objects = ScopedManager["Agreement"]()
    unscoped = models.Manager["Agreement"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["organisation", "starts_on"], name="agreement_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.plan}"


class Person(models.Model):
    """Somebody at a customer. A person with a seat is a support contact, one without is a user."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="persons")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    #: Local support: shown to colleagues as whom to ask first (A12).
    is_local_contact = models.BooleanField(default=False)
    may_see_organisation = models.BooleanField(default=False)
    may_administer = models.BooleanField(default=False)
    may_approve = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    #: When who they were was erased (trust 81). What stands here since then is a number, and stays so.
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Person"]()
    unscoped = models.Manager["Person"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("email"), name="person_email_once_per_organisation")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account"], name="person_of_account"),
            models.Index("desk", Lower("email"), name="person_by_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A support contact's place in an agreement (A1).

    Places are numbered from 1 and a number is used once per agreement, so two administrators who invite at
    the same time cannot both take the last one: the database refuses the second.
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="taken_seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()
    #: The limit when the seat was taken; 0 means unlimited.
    limit = models.PositiveIntegerField()
    since = models.DateTimeField()

    objects = ScopedManager["Seat"]()
    unscoped = models.Manager["Seat"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="seat_number_once"),
            models.UniqueConstraint(fields=["agreement", "person"], name="one_seat_per_person"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & (Q(limit=0) | Q(number__lte=models.F("limit"))),
                name="seat_within_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.number}"


class Certificate(models.Model):
    """A person has passed the training for a product (A2)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="certificates")
    #: Empty means every product.
    product = models.CharField(max_length=60, blank=True)
    passed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["Certificate"]()
    unscoped = models.Manager["Certificate"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.product or 'all'}"


class Staff(models.Model):
    """Somebody at the vendor."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="staff")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="staff_places")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    #: Destinations whose questions this person answers: "support", "account-manager" and so on.
    roles = ArrayField(models.CharField(max_length=60), default=list)
    may_administer = models.BooleanField(default=False)
    #: Publishes articles of the manual; all staff may draft them, and whoever administers may publish too.
    may_edit_manual = models.BooleanField(default=False, db_default=False)
    is_active = models.BooleanField(default=True)

    objects = ScopedManager["Staff"](organisation="")
    unscoped = models.Manager["Staff"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        verbose_name_plural = "staff"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "account"], name="staff_once_per_desk")]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which one of the staff is away, both included, and who steps in for every role that they hold (A13)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    #: None: their questions go to whoever else holds the role, or where the policy says.
    stand_in = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects = ScopedManager["Absence"](organisation="")
    unscoped = models.Manager["Absence"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="absence_has_days"),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=models.F("staff")), name="stand_in_is_another"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "ends_on"], name="absence_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} away {self.starts_on} to {self.ends_on}"


class RoleHolder(models.Model):
    """Who holds a role for an organisation; with none, for all that have nobody of their own."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="role_holders"
    )
    role = models.CharField(max_length=60)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="held_roles")

    objects = ScopedManager["RoleHolder"]()
    unscoped = models.Manager["RoleHolder"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "organisation", "role"], nulls_distinct=False, name="one_holder_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.staff_id}"


class Project(models.Model):
    """A delivery to a customer; while it runs, its project manager is the first to ask (A13)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=200)
    manager = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="projects")
    starts_on = models.DateField()
    #: None while nobody has said when it ends.
    ends_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["Project"]()
    unscoped = models.Manager["Project"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.name
