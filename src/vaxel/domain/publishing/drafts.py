"""Drafts of a policy: begun, written and removed. Each change asks for a trial of the words as they are then."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import published_version
from vaxel.domain.publishing.models import PolicyDraft, PolicyTrial
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

#: Bytes. The largest policy we know of is a quarter of it, and a form takes four times as much.
LARGEST_DRAFT: Final = 500_000
#: Drafts of a desk that are not published: nobody reads more.
MOST_DRAFTS: Final = 30
#: A trial that has not ended after so long is taken for lost. Its own limits end it in a third of the time.
LOST_AFTER: Final = timedelta(minutes=15)

State = PolicyTrial.State


class DraftMissingError(LookupError):
    """No such draft at this desk. Views answer 404."""


class DraftChangedError(RuntimeError):
    """Somebody else has written the draft meanwhile, or it is published; nothing was written (trust 75)."""

    def __init__(self, draft: PolicyDraft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


class DraftTooLargeError(ValueError):
    """More than LARGEST_DRAFT bytes."""


class TooManyDraftsError(RuntimeError):
    """MOST_DRAFTS of the desk wait already: one has to be published or removed first."""


@transaction.atomic(durable=True)
def begin_draft(*, desk: Desk, purpose: str, source: str, by: Actor, now: datetime) -> PolicyDraft:
    """Keep a policy file as a draft, whatever is wrong with it, and try it.

    Raises DraftTooLargeError and TooManyDraftsError.
    """
    _require_size(source)
    Desk.objects.select_for_update().only("id").get(pk=desk.pk)
    if PolicyDraft.unscoped.filter(desk=desk, published=None).count() >= MOST_DRAFTS:
        raise TooManyDraftsError(desk.slug)
    draft = PolicyDraft.objects.create(
        desk=desk, purpose=purpose, source=source, written_at=now, written_by_name=by.name
    )
    record(kind="policy-draft-begun", by=by, now=now, desk_id=desk.pk, draft=draft.pk)
    try_draft(draft, desk=desk, now=now)
    return draft


@transaction.atomic(durable=True)
def write_draft(
    *, scope: Scope, draft_id: int, seen_revision: int, purpose: str, source: str, by: Actor, now: datetime
) -> PolicyDraft:
    """Other words for a draft, which are tried in their turn; the same words change the purpose alone.

    Raises DraftMissingError, DraftChangedError and DraftTooLargeError.
    """
    _require_size(source)
    draft = lock_draft(scope=scope, draft_id=draft_id, seen_revision=seen_revision)
    is_other = source != draft.source
    draft.purpose, draft.source = purpose, source
    draft.revision += is_other
    draft.written_at, draft.written_by_name = now, by.name
    draft.save(update_fields=["purpose", "source", "revision", "written_at", "written_by_name"])
    record(kind="policy-draft-written", by=by, now=now, desk_id=draft.desk_id, draft=draft.pk, revision=draft.revision)
    if is_other:
        try_draft(draft, desk=Desk.objects.get(pk=draft.desk_id), now=now)
    return draft


@transaction.atomic(durable=True)
def try_again(*, scope: Scope, draft_id: int, seen_revision: int, by: Actor, now: datetime) -> PolicyDraft:
    """Try the draft against what is published today; one that is being tried goes on, unless its trial is lost.

    Raises DraftMissingError and DraftChangedError.
    """
    draft = lock_draft(scope=scope, draft_id=draft_id, seen_revision=seen_revision)
    desk = Desk.objects.get(pk=draft.desk_id)
    again = PolicyTrial.unscoped.filter(draft=draft, revision=draft.revision, against=desk.policy_id)
    again.exclude(state__in=[State.WAITING, State.RUNNING], asked_at__gt=now - LOST_AFTER).delete()
    if not again.exists():
        try_draft(draft, desk=desk, now=now)
    record(kind="policy-draft-tried", by=by, now=now, desk_id=draft.desk_id, draft=draft.pk, revision=draft.revision)
    return draft


def is_lost(trial: PolicyTrial, *, now: datetime) -> bool:
    """Whether a trial has waited, or run, for so long that nobody works on it any more."""
    return trial.state in {State.WAITING, State.RUNNING} and trial.asked_at <= now - LOST_AFTER


@transaction.atomic(durable=True)
def remove_draft(*, scope: Scope, draft_id: int, seen_revision: int, by: Actor, now: datetime) -> None:
    """Throw a draft away. Raises DraftMissingError and DraftChangedError."""
    draft = lock_draft(scope=scope, draft_id=draft_id, seen_revision=seen_revision)
    record(kind="policy-draft-removed", by=by, now=now, desk_id=draft.desk_id, draft=draft_id)
    draft.delete()


def lock_draft(*, scope: Scope, draft_id: int, seen_revision: int) -> PolicyDraft:
    """The draft as its writer saw it. Raises DraftMissingError and DraftChangedError."""
    draft = PolicyDraft.objects.within(scope).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise DraftMissingError(draft_id)
    if draft.revision != seen_revision or draft.published_id is not None:
        raise DraftChangedError(draft)
    return draft


def try_draft(draft: PolicyDraft, *, desk: Desk, now: datetime) -> PolicyTrial:
    """Have the words tried by the worker. Nothing reads them here: only its child, which has limits, knows how long."""
    trial = PolicyTrial.objects.create(
        desk=desk, draft=draft, revision=draft.revision, against_id=published_version(desk), asked_at=now
    )
    defer("try_policy", lock=f"try_policy {desk.pk}", trial_id=trial.pk)
    return trial


def _require_size(source: str) -> None:
    if len(source.encode()) > LARGEST_DRAFT:
        raise DraftTooLargeError(len(source))
