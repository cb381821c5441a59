"""Publishing a policy, and the published one ready to decide.

Reading and compiling a policy takes longer than most pages, so each process keeps the ones it has used. A published
version never changes, so nothing has to be forgotten when a new one comes: requests ask for a version by id.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import FIRST_NUMBER, Desk, PolicyVersion
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets import Calendar


class PolicyRefusedError(SentenceError):
    """The policy cannot be this desk's, as the sentence says; nothing was written."""


class NoPolicyError(RuntimeError):
    """The desk has published no policy yet, so nothing can be decided."""


@transaction.atomic(durable=True)
def publish_policy(*, desk: Desk, source: str, by: Actor, now: datetime, note: str = "") -> PolicyVersion:
    """Make `source` the desk's policy from now on; the same text twice gives the version that is there.

    The caller has had it checked; here it is only read, and rules.policy's PolicyError is raised when that fails.
    Tickets keep the version that they were decided by.
    """
    return put_in_force(desk=desk, source=source, by=by, now=now, note=note)


@transaction.atomic
def put_in_force(*, desk: Desk, source: str, by: Actor, now: datetime, note: str = "") -> PolicyVersion:
    """The same as a part of something larger: a desk is opened together with its first version."""
    policy = policy_of(source)
    require_prefix(Desk.objects.select_for_update().get(pk=desk.pk), policy.file.desk.prefix)
    digest = hashlib.sha256(source.encode()).hexdigest()
    newest = PolicyVersion.unscoped.filter(desk=desk).order_by("-number").first()
    if newest is not None and newest.sha256 == digest:
        return newest
    version = PolicyVersion.objects.create(
        desk=desk,
        number=1 if newest is None else newest.number + 1,
        source=source,
        sha256=digest,
        published_at=now,
        published_by=by.name,
        note=note,
    )
    desk.policy = version
    desk.prefix = policy.file.desk.prefix
    desk.languages = list(policy.languages)
    desk.time_zone = policy.file.desk.time_zone
    desk.save(update_fields=["policy", "prefix", "languages", "time_zone"])
    record(kind="policy-published", by=by, now=now, desk_id=desk.pk, version=version.number)
    return version


def require_prefix(desk: Desk, prefix: str) -> None:
    """Raises PolicyRefusedError: tickets keep the name that people have written down, and no two desks share one."""
    if prefix == desk.prefix:
        return
    if desk.last_number > FIRST_NUMBER:
        raise PolicyRefusedError(say("publishing.prefix-kept", desk=desk.name, prefix=desk.prefix))
    if Desk.objects.filter(prefix=prefix).exists():
        raise PolicyRefusedError(say("publishing.prefix-taken", prefix=prefix))


def current_policy(desk: Desk) -> Policy:
    """The desk's published policy. Raises NoPolicyError when there is none."""
    return policy_version(published_version(desk))


def published_version(desk: Desk) -> int:
    """The id of the desk's published policy. Raises NoPolicyError when there is none."""
    if desk.policy_id is None:
        raise NoPolicyError(f"{desk.slug} has no published policy: vaxel policy publish FILE")
    return desk.policy_id


@lru_cache(maxsize=64)
def policy_version(version_id: int) -> Policy:
    """A published version, compiled; one query the first time in a process."""
    return policy_of(PolicyVersion.unscoped.values_list("source", flat=True).get(pk=version_id))


@lru_cache(maxsize=64)
def policy_of(source: str) -> Policy:
    """A policy's text, compiled: whoever publishes it decides by it next. Raises rules.policy's PolicyError."""
    return read_policy(source)


def calendars_of(version_id: int) -> Mapping[str, Calendar]:
    """The calendars of a published version, by name."""
    return policy_version(version_id).calendars
