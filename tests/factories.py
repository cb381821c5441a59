"""The small world that tests live in: a desk with a published policy, customers, staff.

Made through the real doors wherever there is one, with invented names.
"""

from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from django.db.models import Model

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Account, Agreement, Organisation, Person, Project, RoleHolder, Staff
from vaxel.domain.people.seats import give_seat
from vaxel.domain.tickets.intake import open_ticket
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.question import Question
from vaxel.kit.tenancy import Scope

#: A Thursday at 10 in Stockholm: a working day without holidays near.
NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[1] / "examples" / "desks"
_serial = count(1)


@cache
def policy_source(name: str) -> str:
    """An example desk's policy file."""
    return (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def make_desk(policy: str = "kompass", *, slug: str = "", now: datetime = NOW) -> Desk:
    """A desk whose published policy is that of an example desk."""
    slug = slug or f"{policy}{next(_serial)}"
    desk = Desk.objects.create(
        slug=slug,
        prefix=slug[:6].upper(),
        name=slug.capitalize(),
        mail_address=f"support@{slug}.example",
        created_at=now,
    )
    publish_policy(desk=desk, source=policy_source(policy), by=SYSTEM, now=now)
    return desk


def make_organisation(
    desk: Desk,
    *,
    name: str = "",
    plan: str = "standard",
    products: tuple[str, ...] = ("suite",),
    now: datetime = NOW,
) -> Organisation:
    """A customer with an agreement that holds now."""
    organisation = Organisation.objects.create(
        desk=desk, name=name or f"Åsklinge {next(_serial)} kommun", created_at=now
    )
    Agreement.objects.create(
        desk=desk, organisation=organisation, plan=plan, products=list(products), starts_on=date(2025, 1, 1)
    )
    return organisation


def make_account(*, name: str = "Maj Ekdahl", email: str = "", language: str = "sv") -> Account:
    """Somebody who can sign in."""
    return Account.objects.create(email=email or f"person{next(_serial)}@kund.example", name=name, language=language)


def make_person(
    organisation: Organisation,
    *,
    name: str = "Maj Ekdahl",
    contact: bool = True,
    certified: bool = True,
    now: datetime = NOW,
    **more: Any,
) -> Person:
    """Somebody at a customer: a trained support contact, unless told otherwise."""
    account = make_account(name=name)
    person = Person.objects.create(
        desk_id=organisation.desk_id,
        organisation=organisation,
        account=account,
        name=name,
        email=account.email,
        created_at=now,
    )
    _set(person, more)
    if contact:
        agreement = Agreement.unscoped.get(organisation=organisation)
        give_seat(person, agreement=agreement, limit=None, by=SYSTEM, now=now)
    if certified:
        record_certificate(person, passed_on=date(2026, 1, 15), by=SYSTEM, now=now)
    return person


def make_staff(desk: Desk, *, name: str = "Sven Berg", roles: tuple[str, ...] = ("support",), **more: Any) -> Staff:
    """Somebody at the vendor."""
    account = make_account(name=name, email=f"staff{next(_serial)}@{desk.slug}.example")
    staff = Staff.objects.create(desk=desk, account=account, name=name, roles=list(roles))
    _set(staff, more)
    return staff


def _set(row: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if values:
        row.save(update_fields=list(values))


def hold_role(staff: Staff, role: str, *, organisation: Organisation | None = None) -> RoleHolder:
    """Make one of the staff the person for a role, of one organisation or of all."""
    return RoleHolder.objects.create(desk_id=staff.desk_id, organisation=organisation, role=role, staff=staff)


def make_project(organisation: Organisation, *, manager: Staff, ends_on: date | None = None) -> Project:
    """A delivery that runs, or ended on a day."""
    return Project.objects.create(
        desk_id=organisation.desk_id,
        organisation=organisation,
        name="Införande",
        manager=manager,
        starts_on=date(2026, 2, 1),
        ends_on=ends_on,
    )


def ask(person: Person, *, now: datetime = NOW, **more: Any) -> Ticket:
    """A question by this person, through the real door: an unexpected error in the suite unless told otherwise."""
    desk = Desk.objects.get(pk=person.desk_id)
    return open_ticket(make_question(**more), desk=desk, person_id=person.pk, by=actor(person), now=now)


def make_question(**more: Any) -> Question:
    """What `ask` asks."""
    return Question(
        **{
            "kind": "unexpected-error",
            "channel": "portal",
            "subject": "Oväntat fel när jag sparar",
            "text": "Det står att ett oväntat fel har inträffat.",
            "product": "suite",
            "priority": "normal",
            **more,
        }
    )


def actor(who: Person | Staff) -> Actor:
    """How doors name somebody."""
    return Actor(kind="person" if isinstance(who, Person) else "staff", id=who.pk, name=who.name)


def desk_scope(desk: Desk) -> Scope:
    """What staff of the desk may read."""
    return Scope(desk_id=desk.pk)


def customer_scope(person: Person) -> Scope:
    """What this person may read."""
    return Scope(desk_id=person.desk_id, organisation_id=person.organisation_id)
