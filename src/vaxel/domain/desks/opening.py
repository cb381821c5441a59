"""Opening a desk: the door that every installation begins at."""

from datetime import datetime

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_of, put_in_force
from vaxel.rules.policy import Policy


class DeskRefusedError(RuntimeError):
    """The desk cannot be opened; the message is one sentence for people, and nothing was written."""


@transaction.atomic
def open_desk(*, source: str, mail_address: str = "", by: Actor, now: datetime) -> Desk:
    """Make the desk that the policy `source` describes and let it decide by that policy.

    Slug, prefix, name, languages and time zone are the policy's; the name is the one in the desk's first language.
    The caller has had the policy checked. Raises DeskRefusedError when the slug or the prefix belongs to another
    desk.
    """
    policy = policy_of(source)
    said = policy.file.desk
    try:
        with transaction.atomic():
            desk = Desk.objects.create(
                slug=said.slug,
                prefix=said.prefix,
                name=said.name.in_(policy.languages[0]),
                languages=list(policy.languages),
                time_zone=said.time_zone,
                mail_address=mail_address,
                created_at=now,
            )
    except IntegrityError as error:
        raise DeskRefusedError(_whose(policy)) from error
    record(kind="desk-opened", by=by, now=now, desk_id=desk.pk)
    put_in_force(desk=desk, source=source, by=by, now=now)
    return desk


def _whose(policy: Policy) -> str:
    """Which of the two names is taken, and by whom."""
    slug, prefix = policy.file.desk.slug, policy.file.desk.prefix
    if Desk.objects.filter(slug=slug).exists():
        return f"There is a desk {slug} already: vaxel policy publish gives it another policy."
    other = Desk.objects.filter(prefix=prefix).values_list("slug", flat=True).first()
    return f"The prefix {prefix} is that of the desk {other}: give this one another."
