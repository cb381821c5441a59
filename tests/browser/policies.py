"""A second version of a policy, and drafts: ready, with faults, being tried, stopped, and with a plan renamed."""

from datetime import datetime, timedelta

from tests import factories as make
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Staff
from vaxel.domain.publishing.drafts import begin_draft
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.domain.publishing.prover import Limits
from vaxel.domain.publishing.trials import run_trial


def draft_policies(desk: Desk, administrator: Staff, *, now: datetime) -> None:
    """Called when tickets are there: the first draft is tried on them."""
    by, source = make.actor(administrator), make.policy_source("kompass")
    later = source.replace("grace_days = 30", "grace_days = 45")
    publish_policy(desk=desk, source=later, by=by, now=now - timedelta(hours=1), note="Längre anstånd med intyget")
    desk.refresh_from_db()
    rules = later.split("# --- Examples")[0].replace('within = "4h"', 'within = "2h"')
    for purpose, draft in (
        ("Svar inom två timmar, och Standard får hjälp av fler", rules.replace('plan = "enterprise", kind', "kind")),
        ("Ett fel i filen", later.replace('plan = "enterprise"', 'plan = "enterprize"')),
        ("Väntar på sin tur", later.replace('within = "4h"', 'within = "3h"')),
        ("För mycket på en gång", later.replace('within = "4h"', 'within = "1h"')),
        ("Standard byter namn", later.replace("standard", "grund")),
    ):
        begin_draft(desk=desk, purpose=purpose, source=draft, by=by, now=now)
    ready, faulty, being_tried, stopped, renamed = PolicyTrial.unscoped.order_by("-pk")[:5][::-1]
    PolicyTrial.unscoped.filter(pk=being_tried.pk).update(total=40, passed=10)
    for trial in (ready, faulty, renamed):
        run_trial(trial_id=trial.pk, clock=lambda: now)
    run_trial(trial_id=stopped.pk, clock=lambda: now, limits=Limits(seconds=0.001))
