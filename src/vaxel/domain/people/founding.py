"""From nothing to a desk that somebody can sign in to."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.opening import open_desk
from vaxel.domain.desks.policies import policy_of
from vaxel.domain.people.models import Account, Staff
from vaxel.domain.people.staffing import add_staff


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who runs the desk to begin with. Without a password they sign in by a code in a mail."""

    name: str
    email: str
    password: str = ""


@transaction.atomic(durable=True)
def found_desk(*, source: str, administrator: Administrator, mail_address: str = "", by: Actor, now: datetime) -> Staff:
    """Open the desk of the policy `source` with its first member of staff, who administers it and answers in all
    its teams. Returns that member.

    Raises DeskRefusedError, and Django's ValidationError for a password that is easy to guess.
    """
    desk = open_desk(source=source, mail_address=mail_address, by=by, now=now)
    policy = policy_of(source)
    staff = add_staff(
        desk,
        email=administrator.email,
        profile={
            "name": administrator.name,
            "roles": [name for name, each in policy.file.destinations.items() if each.type == "team"],
            "may_administer": True,
        },
        language=policy.languages[0],
        by=by,
        now=now,
    )
    if administrator.password:
        give_password(staff.account, password=administrator.password, by=by, now=now)
    return staff


@transaction.atomic
def give_password(account: Account, *, password: str, by: Actor, now: datetime) -> None:
    """Let the account's owner sign in with this password from now on; whoever is signed in is out.

    For installations that send no mail yet. Raises Django's ValidationError when it is easy to guess.
    """
    validate_password(password, user=account)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(kind="password-given", by=by, now=now, account_id=account.pk)
