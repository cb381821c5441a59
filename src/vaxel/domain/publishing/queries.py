"""Reading drafts with their trials, and the versions that have been published."""

from dataclasses import dataclass

from django.db.models import Prefetch

from vaxel.domain.desks.models import PolicyVersion
from vaxel.domain.publishing.models import PolicyDraft, PolicyTrial
from vaxel.kit.tenancy import Scope

_LISTED = 100


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft, and the trial of its words: the one against today's policy, else the newest; None when it has none."""

    draft: PolicyDraft
    trial: PolicyTrial | None


def drafts_waiting(scope: Scope, *, published_id: int) -> list[DraftSeen]:
    """The drafts that nobody has published yet, newest first; two queries."""
    rows = PolicyDraft.objects.within(scope).filter(published=None).defer("source").order_by("-written_at", "-pk")
    trials = PolicyTrial.unscoped.defer("differences", "replay").order_by("-asked_at", "-pk")
    found = rows.prefetch_related(Prefetch("trials", queryset=trials))[:_LISTED]
    return [DraftSeen(draft, _trial_of(draft, published_id=published_id)) for draft in found]


def draft_seen(scope: Scope, *, draft_id: int, published_id: int) -> DraftSeen | None:
    """One draft, published or not; two queries."""
    trials = PolicyTrial.unscoped.select_related("against").defer("against__source").order_by("-asked_at", "-pk")
    rows = PolicyDraft.objects.within(scope).select_related("published").defer("published__source")
    draft = rows.prefetch_related(Prefetch("trials", queryset=trials)).filter(pk=draft_id).first()
    return None if draft is None else DraftSeen(draft, _trial_of(draft, published_id=published_id))


def _trial_of(draft: PolicyDraft, *, published_id: int) -> PolicyTrial | None:
    trials = [trial for trial in draft.trials.all() if trial.revision == draft.revision]
    today = [trial for trial in trials if trial.against_id == published_id]
    return next(iter(today or trials), None)


def versions(scope: Scope) -> list[PolicyVersion]:
    """Every published version, newest first, without its text; one query."""
    rows = PolicyVersion.objects.within(scope).defer("source").order_by("-number")
    return list(rows[:_LISTED])


def version_source(scope: Scope, *, number: int) -> str | None:
    """The file of a version as it was published; None when there is no such version. One query."""
    return PolicyVersion.objects.within(scope).filter(number=number).values_list("source", flat=True).first()


def published_as(scope: Scope, *, version_id: int) -> PolicyVersion:
    """The version without its text; one query. The desk has one: a page that shows it has compiled it."""
    return PolicyVersion.objects.within(scope).defer("source").get(pk=version_id)
