"""A change of the policy on its way: a draft that has been tried."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.people.models import Staff
from vaxel.domain.publishing.drafts import begin_draft
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.domain.publishing.trials import run_trial
from vaxel.insight.transfer.demo.stage import Stage

#: What the draft is for, and what it changes: (what stands in the file, what will). Examples follow the promise.
_AHEAD: Final = {
    "kompass": (
        "Svar inom tre timmar",
        [
            ('within = "4h"', 'within = "3h"'),
            ('first-answer = "2026-11-17T14:00"', 'first-answer = "2026-11-17T13:00"'),
            ('first-answer = "2026-11-23T12:00"', 'first-answer = "2026-11-23T11:00"'),
            ('first-answer = "2026-11-23T10:30"', 'first-answer = "2026-11-23T09:30"'),
        ],
    ),
    "baver": (
        "Svar samma dag för frågor fram till halv fyra",
        [('cut_off = "15:00"', 'cut_off = "15:30"')],
    ),
}
#: A change that somebody has begun and misspelt: what the checker says of it stands on its page.
_BEGUN: Final = {
    "kompass": ("Kundansvarig svarar Enterprise", [('plan = "enterprise", kind', 'plan = "enterprize", kind')]),
}


def draft_policy(stage: Stage, *, source: str, now: datetime) -> None:
    """Somebody who runs the desk has begun changes; of one the questions of ninety days have been asked."""
    who = Staff.unscoped.filter(desk=stage.desk, may_administer=True, is_active=True).order_by("pk").first()
    by = SYSTEM if who is None else Actor(kind="staff", id=who.pk, name=who.name)
    ahead, begun = _AHEAD[stage.desk.slug], _BEGUN.get(stage.desk.slug)
    drafts = [
        begin_draft(desk=stage.desk, purpose=purpose, source=_changed(source, changes), by=by, now=at)
        for (purpose, changes), at in (
            *(((begun, now - timedelta(hours=44)),) if begun is not None else ()),
            (ahead, now - timedelta(hours=20)),
        )
    ]
    for trial_id in PolicyTrial.unscoped.filter(draft=drafts[-1]).values_list("pk", flat=True):
        run_trial(trial_id=trial_id, clock=lambda: now)


def _changed(source: str, changes: list[tuple[str, str]]) -> str:
    for old, new in changes:
        source = source.replace(old, new)
    return source
