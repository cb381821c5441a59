"""Somebody who looks at a desk, as plain values: what views, doors and rules are given instead of rows."""

from dataclasses import dataclass

from vaxel.domain.audit.actor import Actor
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class CustomerRights:
    """What a person may do beyond asking and reading what they asked themselves."""

    #: Reads every ticket of the organisation.
    sees_organisation: bool = False
    #: Appoints support contacts and invites users of the organisation.
    administers: bool = False
    #: Says yes to charged work (A14).
    approves: bool = False


@dataclass(frozen=True, slots=True)
class CustomerViewer:
    """A person at a customer. An account with several organisations at a desk is one of them at a time."""

    person_id: int
    organisation_id: int
    organisation_name: str
    desk_id: int
    account_id: int
    name: str
    email: str
    phone: str
    #: Whom colleagues ask first: the organisation's local support, or where it has none its support contacts (A12).
    is_local_contact: bool
    rights: CustomerRights
    #: What they have chosen to be spoken to in; empty when they have not, or nobody has asked.
    language: str = ""

    @property
    def scope(self) -> Scope:
        """The rows that may be read at all: those of the own organisation."""
        return Scope(desk_id=self.desk_id, organisation_id=self.organisation_id)

    @property
    def actor(self) -> Actor:
        """What doors take as `by`."""
        return Actor(kind="person", id=self.person_id, name=self.name)


@dataclass(frozen=True, slots=True)
class StaffViewer:
    """One of the vendor's staff at a desk."""

    staff_id: int
    desk_id: int
    account_id: int
    name: str
    email: str
    #: Destinations whose questions this person answers.
    roles: tuple[str, ...]
    may_administer: bool
    #: Decides what readers of the manual see.
    may_edit_manual: bool = False

    @property
    def scope(self) -> Scope:
        """The rows that may be read at all: those of the desk."""
        return Scope(desk_id=self.desk_id)

    @property
    def actor(self) -> Actor:
        """What doors take as `by`."""
        return Actor(kind="staff", id=self.staff_id, name=self.name)


Viewer = CustomerViewer | StaffViewer
