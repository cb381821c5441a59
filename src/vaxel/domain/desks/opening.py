"""Opening a desk: the door that every installation begins at."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_of, put_in_force
from vaxel.rules.policy import Policy

#: First parts of addresses that are the installation's own: a desk of that name could not be reached.
RESERVED_SLUGS: Final = frozenset(
    {"api", "demo", "health", "looks", "received", "reports", "signin", "static", "widget"}
)
_LONGEST_SLUG: Final = 40
_LONGEST_NAME: Final = 80


class DeskRefusedError(RuntimeError):
    """The desk cannot be opened; the message is one sentence for people, and nothing was written."""


@transaction.atomic
def open_desk(*, source: str, mail_address: str = "", by: Actor, now: datetime) -> Desk:
    """Make the desk that the policy `source` describes and let it decide by that policy.

    Slug, prefix, name, languages and time zone are the policy's; the name is the one in the desk's first language.
    The caller has had the policy checked. Raises DeskRefusedError when the slug or the prefix belongs to another
    desk or cannot stand in an address.
    """
    policy = policy_of(source)
    slug, name = policy.file.desk.slug, policy.file.desk.name.in_(policy.languages[0])
    _require_usable(slug, name)
    try:
        with transaction.atomic():
            desk = Desk.objects.create(
                slug=slug,
                prefix=policy.file.desk.prefix,
                name=name,
                languages=list(policy.languages),
                time_zone=policy.file.desk.time_zone,
                mail_address=mail_address,
                created_at=now,
            )
    except IntegrityError as error:
        raise DeskRefusedError(_whose(policy)) from error
    record(kind="desk-opened", by=by, now=now, desk_id=desk.pk)
    put_in_force(desk=desk, source=source, by=by, now=now)
    return desk


def _require_usable(slug: str, name: str) -> None:
    if slug in RESERVED_SLUGS:
        raise DeskRefusedError(f"The address /{slug}/ is the program's own: give the desk another slug.")
    if len(slug) > _LONGEST_SLUG:
        raise DeskRefusedError(f"The slug {slug} is longer than {_LONGEST_SLUG} letters: it stands in every address.")
    if len(name) > _LONGEST_NAME:
        raise DeskRefusedError(f"The desk's name is longer than {_LONGEST_NAME} letters: it stands on every page.")


def _whose(policy: Policy) -> str:
    """Which of the two names is taken, and by whom."""
    slug, prefix = policy.file.desk.slug, policy.file.desk.prefix
    if Desk.objects.filter(slug=slug).exists():
        return f"There is a desk {slug} already: vaxel policy publish gives it another policy."
    other = Desk.objects.filter(prefix=prefix).values_list("slug", flat=True).first()
    return f"The prefix {prefix} is that of the desk {other}: give this one another."
