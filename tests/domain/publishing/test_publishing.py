"""Drafts of a policy, tried and published by their doors."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.jobs_run import run_jobs, waiting_jobs
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk, PolicyVersion
from vaxel.domain.publishing.drafts import (
    LARGEST_DRAFT,
    MOST_DRAFTS,
    DraftChangedError,
    DraftMissingError,
    DraftTooLargeError,
    TooManyDraftsError,
    begin_draft,
    remove_draft,
    try_again,
    write_draft,
)
from vaxel.domain.publishing.findings import DIFFERENCES, PROOF, REPLAY, Replay
from vaxel.domain.publishing.models import PolicyDraft, PolicyTrial
from vaxel.domain.publishing.prover import Limits
from vaxel.domain.publishing.publish import (
    NothingNewError,
    NotProvenError,
    PlanInForceError,
    PublishedMeanwhileError,
    publish,
    publish_draft,
)
from vaxel.domain.publishing.trials import run_trial
from vaxel.domain.tickets.models import Ticket
from vaxel.rules.policy.faults import in_language
from vaxel.rules.sentences import say

pytestmark = pytest.mark.django_db

KOMPASS = world.policy_source("kompass")
#: Without the examples, which would not hold any more.
RULES = KOMPASS.split("# --- Examples")[0]
QUICKER = RULES.replace('within = "4h"', 'within = "2h"')
BROKEN = KOMPASS.replace('plan = "enterprise"', 'plan = "enterprize"', 1)
UNTRUE = KOMPASS.replace(
    'expect = { destination = "account-manager", targets = [], billing = "included", because = ["commercial"] }',
    'expect = { destination = "support" }',
    1,
)
NOW = world.NOW
BY = SYSTEM


@pytest.fixture
def desk() -> Desk:
    return world.make_desk(now=NOW - timedelta(days=200))


def draft_of(desk: Desk, source: str) -> PolicyDraft:
    return begin_draft(desk=desk, purpose="Snabbare svar", source=source, by=BY, now=NOW)


def tried(desk: Desk, source: str) -> PolicyTrial:
    """The trial of a new draft, done."""
    draft = draft_of(desk, source)
    trial = PolicyTrial.unscoped.get(draft=draft)
    run_trial(trial_id=trial.pk, clock=lambda: NOW)
    return PolicyTrial.unscoped.get(pk=trial.pk)


def publish_it(draft: PolicyDraft) -> PolicyVersion:
    scope = world.desk_scope(Desk.objects.get(pk=draft.desk_id))
    return publish_draft(scope=scope, draft_id=draft.pk, seen_revision=draft.revision, by=BY, now=NOW)


def replayed(trial: PolicyTrial) -> Replay:
    found = REPLAY.from_json(trial.replay)
    assert found is not None
    return found


def test_draft_is_tried_by_the_worker_and_then_published(desk: Desk) -> None:
    draft = draft_of(desk, QUICKER)
    assert waiting_jobs() == ["try_policy"]
    with pytest.raises(NotProvenError):
        publish_it(draft)

    assert run_jobs() == ["try_policy"]
    version = publish_it(draft)

    assert (version.number, version.source, version.note) == (2, QUICKER, "Snabbare svar")
    assert Desk.objects.get(pk=desk.pk).policy_id == version.pk
    assert PolicyDraft.unscoped.get(pk=draft.pk).published_id == version.pk
    kinds = list(AuditEntry.unscoped.filter(desk=desk).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["policy-published", "policy-draft-begun", "policy-published"]


def test_trial_tells_proof_differences_and_what_questions_would_notice(desk: Desk) -> None:
    person = world.make_person(world.make_organisation(desk))
    world.ask(person, now=NOW - timedelta(days=100))
    ticket = world.ask(person, now=NOW - timedelta(days=2))
    world.ask(person, kind="change-request", now=NOW - timedelta(days=1))

    trial = tried(desk, QUICKER)
    proof, differences, replay = PROOF.from_json(trial.proof), DIFFERENCES.from_json(trial.differences), replayed(trial)

    assert proof is not None
    assert differences is not None
    assert proof.holds
    assert proof.combinations > 1_000_000
    assert [change.aspect for change in differences.changes] == ["target first-answer"]
    assert (replay.passed, replay.changed, replay.effects) == (2, 1, {"time": 1})
    assert [(each.number, each.before, each.after) for each in replay.questions] == [
        (ticket.number, "support", "support")
    ]
    assert (trial.state, trial.total, trial.passed) == ("done", 2, 2)


ELSEWHERE = """[[routes]]
name = "standard-first"
when = { scope = "in", plan = "standard" }
to = "account-manager"
because = { sv = "Er kundansvariga tar emot.", en = "Your account manager takes it." }

[[routes]]
name = "in-scope\""""


@pytest.mark.parametrize(
    ("source", "effects"),
    [
        (RULES.replace('[[routes]]\nname = "in-scope"', ELSEWHERE), {"elsewhere": 1, "lost": 1}),
        (RULES.replace('promise = "goal"', 'promise = "guarantee"'), {"time": 1}),
    ],
)
def test_replay_counts_each_effect(desk: Desk, source: str, effects: dict[str, int]) -> None:
    world.ask(world.make_person(world.make_organisation(desk)), now=NOW - timedelta(days=1))

    replay = replayed(tried(desk, source))

    assert effects.items() <= replay.effects.items()


def test_t42_questions_among_customers_are_counted_and_never_named(desk: Desk) -> None:
    organisation = world.make_organisation(desk)
    world.make_person(organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(organisation, contact=False, certified=False)
    ticket = world.ask(user, now=NOW - timedelta(days=1))
    assert Ticket.unscoped.get(pk=ticket.pk).is_first_line

    replay = replayed(
        tried(desk, RULES.replace('standing = "contact", certificate = ["valid", "grace"], plan', "plan"))
    )

    assert (replay.changed, replay.among_customers, replay.questions) == (1, 1, ())


@pytest.mark.parametrize("source", [BROKEN, "[desk", UNTRUE])
def test_draft_with_faults_is_kept_and_not_published(desk: Desk, source: str) -> None:
    trial = tried(desk, source)
    proof = PROOF.from_json(trial.proof)

    assert proof is not None
    assert [bool(fault.line and fault.problem) for fault in proof.faults] == [True]
    assert trial.state == "done"
    with pytest.raises(NotProvenError):
        publish_it(trial.draft)


def test_t75_draft_that_somebody_else_has_written_is_not_written_over(desk: Desk) -> None:
    draft, scope = draft_of(desk, QUICKER), world.desk_scope(desk)

    def write(source: str) -> PolicyDraft:
        return write_draft(
            scope=scope, draft_id=draft.pk, seen_revision=1, purpose="Ett", source=source, by=BY, now=NOW
        )

    assert write(KOMPASS).revision == 2
    for door in (
        lambda: write(BROKEN),
        lambda: remove_draft(scope=scope, draft_id=draft.pk, seen_revision=1, by=BY, now=NOW),
        lambda: try_again(scope=scope, draft_id=draft.pk, seen_revision=1, by=BY, now=NOW),
        lambda: publish_draft(scope=scope, draft_id=draft.pk, seen_revision=1, by=BY, now=NOW),
    ):
        with pytest.raises(DraftChangedError):
            door()
    assert PolicyDraft.unscoped.get(pk=draft.pk).source == KOMPASS


def test_trial_of_other_words_ends_by_itself(desk: Desk) -> None:
    draft = draft_of(desk, QUICKER)
    first = PolicyTrial.unscoped.get(draft=draft)
    write_draft(
        scope=world.desk_scope(desk), draft_id=draft.pk, seen_revision=1, purpose="x", source=KOMPASS, by=BY, now=NOW
    )

    run_trial(trial_id=first.pk, clock=lambda: NOW)

    assert PolicyTrial.unscoped.get(pk=first.pk).state == "waiting"
    assert PolicyTrial.unscoped.filter(draft=draft).count() == 2


def test_trial_that_takes_too_much_proves_nothing_and_may_be_tried_again(desk: Desk) -> None:
    draft = draft_of(desk, QUICKER)
    trial = PolicyTrial.unscoped.get(draft=draft)

    run_trial(trial_id=trial.pk, clock=lambda: NOW, limits=Limits(seconds=0.001))

    trial.refresh_from_db()
    proof = PROOF.from_json(trial.proof)
    assert proof is not None
    assert (trial.state, proof.stopped) == ("failed", say("trial.too-long", seconds="0.001"))
    with pytest.raises(NotProvenError):
        publish_it(draft)
    try_again(scope=world.desk_scope(desk), draft_id=draft.pk, seen_revision=1, by=BY, now=NOW)
    run_jobs()
    assert publish_it(draft).number == 2


@pytest.mark.parametrize(("minutes", "trials"), [(14, "the same"), (15, "another")])
def test_trial_whose_job_is_lost_is_asked_for_again_with_the_same_words(desk: Desk, minutes: int, trials: str) -> None:
    draft = draft_of(desk, QUICKER)
    lost = PolicyTrial.unscoped.get(draft=draft)
    later = NOW + timedelta(minutes=minutes)

    try_again(scope=world.desk_scope(desk), draft_id=draft.pk, seen_revision=1, by=BY, now=later)

    trial = PolicyTrial.unscoped.get(draft=draft)
    assert ("the same" if trial.pk == lost.pk else "another") == trials
    assert (trial.state, trial.revision) == ("waiting", 1)
    assert PolicyDraft.unscoped.get(pk=draft.pk).source == QUICKER


def test_trial_may_run_twice_and_may_be_gone(desk: Desk) -> None:
    trial = tried(desk, QUICKER)
    run_trial(trial_id=trial.pk, clock=lambda: NOW + timedelta(days=1))
    assert PolicyTrial.unscoped.get(pk=trial.pk).ended_at == NOW
    run_trial(trial_id=trial.pk + 1000, clock=lambda: NOW)


def test_t75_draft_is_tried_anew_when_another_version_was_published(desk: Desk) -> None:
    trial = tried(desk, QUICKER)
    publish(desk=desk, source=KOMPASS.replace("grace_days = 30", "grace_days = 45"), by=BY, now=NOW)
    with pytest.raises(PublishedMeanwhileError):
        publish_it(trial.draft)

    try_again(scope=world.desk_scope(desk), draft_id=trial.draft_id, seen_revision=1, by=BY, now=NOW)
    run_jobs()

    assert publish_it(trial.draft).number == 3


def test_what_is_published_already_is_no_new_version(desk: Desk) -> None:
    with pytest.raises(NothingNewError):
        publish_it(tried(desk, KOMPASS).draft)
    assert PolicyVersion.unscoped.filter(desk=desk).count() == 1


def told(trial: PolicyTrial) -> list[str]:
    """The faults that the trial found, in English."""
    proof = PROOF.from_json(trial.proof)
    return [] if proof is None else [in_language(fault.problem, "en") for fault in proof.faults]


def test_plan_of_agreements_in_force_stays(desk: Desk) -> None:
    trial = tried(desk, KOMPASS.replace("enterprise", "premium"))
    world.make_organisation(desk, plan="enterprise")
    with pytest.raises(PlanInForceError, match="1 agreements that are in force have the plan enterprise"):
        publish_it(trial.draft)

    assert told(trial) == []
    assert told(tried(desk, KOMPASS.replace("enterprise", "premium")))[0].startswith("1 agreements that are in force")


def test_what_customers_have_of_a_name_that_goes_is_told(desk: Desk) -> None:
    organisation = world.make_organisation(desk, plan="standard")
    world.ask(world.make_person(organisation), kind="function-broken", now=NOW - timedelta(days=1))
    other = KOMPASS
    for name in ("standard", "suite", "function-broken"):
        other = other.replace(f'"{name}"', f'"other-{name}"').replace(f".{name}]", f".other-{name}]")

    differences = DIFFERENCES.from_json(tried(desk, other).differences)

    assert differences is not None
    assert [each.in_("sv") for each in differences.left] == [
        (
            "1 gällande avtal har kvar supportnivån standard. "
            "Publicera med båda nivåerna, ge avtalen den nya och ta sedan bort den gamla."
        ),
        "1 gällande avtal omfattar produkten suite. Ge dem den nya, annars täcker avtalen inget av den.",
        "Öppna ärenden av sorten function-broken: 1. De behåller den tills någon väljer en annan.",
    ]
    assert [change.told() for change in differences.changes[:3]] == [
        "products: suite → other-suite (looks like the same by a new name)",
        "plans: standard → other-standard (looks like the same by a new name)",
        "kinds: function-broken → other-function-broken (looks like the same by a new name)",
    ]
    kept = DIFFERENCES.from_json(tried(desk, QUICKER).differences)
    assert kept is not None
    assert kept.left == ()


@pytest.mark.parametrize(
    ("kept", "changed", "words"),
    [
        ('prefix = "KOM"', 'prefix = "KUM"', "The tickets of {desk} are called KOM-…: keep that prefix."),
        (
            'slug = "kompass"',
            'slug = "annan"',
            "The desk's address is /kompass/: keep that slug, links in mails and browsers lead there.",
        ),
    ],
)
def test_what_stands_in_tickets_and_links_stays(desk: Desk, kept: str, changed: str, words: str) -> None:
    world.ask(world.make_person(world.make_organisation(desk)), now=NOW - timedelta(days=1))
    trial = tried(desk, KOMPASS.replace(kept, changed))

    assert told(trial) == [words.format(desk=desk.name)]
    with pytest.raises(NotProvenError):
        publish_it(trial.draft)


def test_drafts_are_bounded(desk: Desk) -> None:
    with pytest.raises(DraftTooLargeError):
        draft_of(desk, "å" * (LARGEST_DRAFT // 2 + 1))
    for _ in range(MOST_DRAFTS):
        draft_of(desk, "x")
    with pytest.raises(TooManyDraftsError):
        draft_of(desk, "x")


def test_t42_draft_of_another_desk_is_not_there(desk: Desk) -> None:
    draft, abroad = draft_of(desk, QUICKER), world.desk_scope(world.make_desk("baver"))
    with pytest.raises(DraftMissingError):
        remove_draft(scope=abroad, draft_id=draft.pk, seen_revision=1, by=BY, now=NOW)

    remove_draft(scope=world.desk_scope(desk), draft_id=draft.pk, seen_revision=1, by=BY, now=NOW)
    assert not PolicyDraft.unscoped.exists()
