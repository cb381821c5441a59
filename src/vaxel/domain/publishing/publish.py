"""Publishing: from now on the desk decides by this policy. The command and the workspace come through here."""

from datetime import datetime
from typing import Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk, PolicyVersion
from vaxel.domain.desks.policies import (
    PolicyRefusedError,
    policy_of,
    policy_version,
    put_in_force,
    require_prefix,
)
from vaxel.domain.people.organisations import plans_in_force
from vaxel.domain.publishing.drafts import lock_draft
from vaxel.domain.publishing.findings import PROOF
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Policy
from vaxel.rules.sentences import say

_LONGEST_NOTE: Final = PolicyVersion._meta.get_field("note").max_length  # noqa: SLF001  # Django's documented Model._meta API


class PlanInForceError(PolicyRefusedError):
    """Whoever has an agreement on a plan that is gone would have no support at all from this moment."""

    def __init__(self, plan: str, count: int) -> None:
        super().__init__(say("publishing.plan-in-force", count=count, plan=plan))
        self.plan = plan
        self.count = count


class PublishedMeanwhileError(RuntimeError):
    """Another policy has been published since the draft was tried: it has to be tried against that one."""


class NotProvenError(RuntimeError):
    """The draft has faults, or its trial is not done yet."""


class NothingNewError(RuntimeError):
    """The draft says word for word what is published."""


@transaction.atomic(durable=True)
def publish(*, desk: Desk, source: str, by: Actor, now: datetime, note: str = "") -> PolicyVersion:
    """Make `source`, which the caller has had checked, the desk's policy; the published text gives its own version.

    Raises PolicyRefusedError.
    """
    return _publish(desk=desk, source=source, by=by, now=now, note=note)


@transaction.atomic(durable=True)
def publish_draft(*, scope: Scope, draft_id: int, seen_revision: int, by: Actor, now: datetime) -> PolicyVersion:
    """Publish a draft that has been proven against what is published at this moment.

    Raises DraftMissingError, DraftChangedError, PublishedMeanwhileError, NotProvenError, NothingNewError and
    PolicyRefusedError; nothing is written then.
    """
    desk = Desk.objects.select_for_update().get(pk=scope.desk_id)
    draft = lock_draft(scope=scope, draft_id=draft_id, seen_revision=seen_revision)
    trials = list(PolicyTrial.unscoped.filter(draft=draft, revision=draft.revision))
    today = [trial for trial in trials if trial.against_id == desk.policy_id]
    if not today:
        raise PublishedMeanwhileError(draft_id) if trials else NotProvenError(draft_id)
    proof = PROOF.from_json(today[0].proof)
    if today[0].state != PolicyTrial.State.DONE or proof is None or not proof.holds:
        raise NotProvenError(draft_id)
    require_publishable(desk, draft.source, published=policy_version(desk.policy_id), now=now)
    version = _publish(desk=desk, source=draft.source, by=by, now=now, note=draft.purpose[:_LONGEST_NOTE])
    if version.pk == today[0].against_id:
        raise NothingNewError(draft_id)
    draft.published = version
    draft.save(update_fields=["published"])
    return version


def _publish(*, desk: Desk, source: str, by: Actor, now: datetime, note: str) -> PolicyVersion:
    require_plans(desk, policy_of(source), now=now)
    return put_in_force(desk=desk, source=source, by=by, now=now, note=note)


def require_publishable(desk: Desk, source: str, *, published: Policy, now: datetime) -> None:
    """What no proof sees: the desk's address and its tickets' names stay, and agreements keep their plans.

    Raises PolicyRefusedError.
    """
    policy = policy_of(source)
    if policy.file.desk.slug != published.file.desk.slug:
        raise PolicyRefusedError(say("publishing.slug-kept", slug=published.file.desk.slug))
    require_prefix(desk, policy.file.desk.prefix)
    require_plans(desk, policy, now=now)


def require_plans(desk: Desk, policy: Policy, *, now: datetime) -> None:
    """Raises PlanInForceError when agreements that hold have a plan that the policy has not."""
    today = desk.day_of(now)
    for plan, count in plans_in_force(desk, today=today).items():
        if plan not in policy.file.plans:
            raise PlanInForceError(plan, count)
