"""A change of the policy on its way: a draft that has been tried."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.people.models import Staff
from vaxel.domain.publishing.drafts import begin_draft
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.domain.publishing.trials import run_trial
from vaxel.insight.transfer.demo.earlier import EXAMPLES
from vaxel.insight.transfer.demo.stage import Stage

#: What the draft would change, and why.
_AHEAD: Final = {
    "kompass": ('within = "4h"', 'within = "3h"', "Svar inom tre timmar"),
    "baver": ('cut_off = "15:00"', 'cut_off = "15:30"', "Svar samma dag för frågor fram till halv fyra"),
}


def draft_policy(stage: Stage, *, source: str, now: datetime) -> None:
    """Somebody who runs the desk has begun a change, and the questions of ninety days have been asked by it."""
    old, new, purpose = _AHEAD[stage.desk.slug]
    who = Staff.unscoped.filter(desk=stage.desk, may_administer=True, is_active=True).order_by("pk").first()
    by = SYSTEM if who is None else Actor(kind="staff", id=who.pk, name=who.name)
    changed = source.split(EXAMPLES, maxsplit=1)[0].replace(old, new)
    draft = begin_draft(desk=stage.desk, purpose=purpose, source=changed, by=by, now=now - timedelta(hours=20))
    for trial_id in PolicyTrial.unscoped.filter(draft=draft).values_list("pk", flat=True):
        run_trial(trial_id=trial_id, clock=lambda: now)
