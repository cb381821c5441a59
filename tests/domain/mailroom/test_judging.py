"""What becomes of a mail, as a table: no database."""

from dataclasses import replace

import pytest

from vaxel.domain.mailroom.judging import Act, Case, Thread, judge
from vaxel.domain.mailroom.reasons import WORDS, Reason

KNOWN = Case(organisations=1, authentication="pass")
ADDRESS = Thread(by="address", made_for="person", may_write=True)
OUR_ID = Thread(by="our-id", may_write=True)
THEIR_ID = Thread(by="their-id", may_write=True)
AGENT = Case(staff="active", authentication="pass", thread=Thread(by="address", made_for="staff", is_that_agent=True))


@pytest.mark.parametrize(
    ("case", "act", "reason"),
    [
        (KNOWN, Act.QUESTION, Reason.NEW_QUESTION),
        (replace(KNOWN, authentication="unknown"), Act.QUESTION, Reason.NEW_QUESTION),
        (replace(KNOWN, organisations=2), Act.QUARANTINE, Reason.SEVERAL_ORGANISATIONS),
        (Case(kind="unreadable", senders=0), Act.QUARANTINE, Reason.UNREADABLE),
        (Case(kind="bounce", senders=0), Act.BOUNCE, Reason.CAME_BACK),
        (Case(senders=0), Act.QUARANTINE, Reason.NO_SENDER),
        (replace(KNOWN, senders=2), Act.QUARANTINE, Reason.SEVERAL_SENDERS),
        (replace(KNOWN, is_own=True), Act.IGNORE, Reason.OWN_MAIL),
        (replace(KNOWN, is_blocked=True), Act.IGNORE, Reason.BLOCKED),
        (replace(KNOWN, is_spam=True), Act.QUARANTINE, Reason.SPAM),
        (replace(KNOWN, authentication="fail"), Act.QUARANTINE, Reason.NOT_AUTHENTIC),
        (replace(KNOWN, authentication="fail", automatic="list"), Act.QUARANTINE, Reason.NOT_AUTHENTIC),
        (replace(KNOWN, is_sent_twice=True), Act.QUARANTINE, Reason.SENT_TWICE),
        (replace(KNOWN, automatic="out-of-office", kind="automatic"), Act.IGNORE, Reason.AUTOMATIC),
        (replace(KNOWN, automatic="list"), Act.QUARANTINE, Reason.MAILING_LIST),
        (Case(automatic="list"), Act.IGNORE, Reason.AUTOMATIC),
        (Case(), Act.QUARANTINE, Reason.STRANGER),
        (replace(KNOWN, thread=ADDRESS), Act.REPLY, Reason.ANSWER),
        (replace(KNOWN, thread=ADDRESS, authentication="none"), Act.REPLY, Reason.ANSWER),
        (replace(KNOWN, thread=OUR_ID, authentication="unknown"), Act.REPLY, Reason.ANSWER),
        (replace(KNOWN, thread=THEIR_ID), Act.REPLY, Reason.ANSWER),
        (replace(KNOWN, thread=THEIR_ID, authentication="none"), Act.QUESTION, Reason.NEW_QUESTION),
        (replace(KNOWN, thread=replace(ADDRESS, is_closed=True)), Act.QUESTION, Reason.AFTER_CLOSED),
        (replace(KNOWN, thread=ADDRESS, automatic="auto-reply"), Act.NOTE, Reason.AUTOMATIC_ANSWER),
        (replace(KNOWN, thread=ADDRESS, automatic="list"), Act.REPLY, Reason.ANSWER),
        (replace(KNOWN, thread=replace(ADDRESS, may_write=False)), Act.QUARANTINE, Reason.NOT_THEIR_TICKET),
        (replace(KNOWN, thread=replace(OUR_ID, may_write=False)), Act.QUESTION, Reason.NEW_QUESTION),
        (Case(thread=replace(ADDRESS, may_write=False)), Act.QUARANTINE, Reason.NOT_THEIR_TICKET),
        (AGENT, Act.AGENT_REPLY, Reason.AGENT_ANSWER),
        (replace(AGENT, authentication="none"), Act.NOTE, Reason.UNPROVEN_AGENT),
        (replace(AGENT, authentication="unknown"), Act.NOTE, Reason.UNPROVEN_AGENT),
        (replace(AGENT, authentication="fail"), Act.QUARANTINE, Reason.NOT_AUTHENTIC),
        (replace(AGENT, staff="left"), Act.QUARANTINE, Reason.AGENT_LEFT),
        (replace(AGENT, thread=OUR_ID), Act.QUARANTINE, Reason.AGENT_WITHOUT_TOKEN),
        (replace(AGENT, automatic="out-of-office"), Act.NOTE, Reason.AUTOMATIC_ANSWER),
        (replace(AGENT, thread=None), Act.QUARANTINE, Reason.FROM_STAFF),
    ],
)
def test_verdict_on_a_mail(case: Case, act: Act, reason: Reason) -> None:
    verdict = judge(case)

    assert (verdict.act, verdict.reason) == (act, reason)


def test_t13_only_a_stranger_without_any_doubt_is_answered() -> None:
    stranger = Case()
    doubtful = [
        replace(stranger, **change)
        for change in (
            {"authentication": "fail"},
            {"is_spam": True},
            {"automatic": "auto-reply"},
            {"kind": "automatic"},
            {"kind": "bounce"},
            {"is_own": True},
            {"is_blocked": True},
            {"senders": 2},
        )
    ]

    assert [judge(case).answers for case in (stranger, *doubtful)] == [True] + [False] * len(doubtful)


def test_every_reason_has_its_words() -> None:
    assert set(WORDS) == set(Reason)
