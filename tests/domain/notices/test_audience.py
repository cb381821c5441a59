"""Who is told what, as a table: no database."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from vaxel.domain.notices.audience import Happening, NoticeKind, Recipient, audience
from vaxel.domain.notices.ways import WAYS
from vaxel.domain.tickets.events import EventKind


def someone(kind: Any, number: int | None, name: str, **more: Any) -> Recipient:
    return Recipient(kind=kind, id=number, name=name, email=f"{name}@kund.example", language="sv", **more)


MAJ = someone("person", 1, "maj")
OVE = someone("person", 2, "ove")
COLLEAGUE = someone("colleague", None, "kim")
LET_IN = someone("colleague", 7, "lo")
SVEN = someone("staff", 1, "sven")
KARIN = someone("staff", 2, "karin")
EAGER = someone("staff", 3, "eager", choices={"new-in-team": "each"})
QUIET = someone("staff", 4, "quiet", choices={"for-knowledge": "off", "assigned": "off", "customer-replied": "off"})

BY_MAJ = {"by_kind": "person", "by_id": MAJ.id}
BY_OVE = {"by_kind": "person", "by_id": OVE.id}
BY_SVEN = {"by_kind": "staff", "by_id": SVEN.id}
BY_SYSTEM = {"by_kind": "system", "by_id": None}


def told(event: EventKind, by: Mapping[str, Any], **around: Any) -> list[tuple[str, str, str]]:
    happening = Happening(event=event, **{"requester": MAJ, **by, **around})
    return [(notice.to.name, notice.kind.value, notice.why) for notice in audience(happening)]


@pytest.mark.parametrize(
    ("event", "by", "around", "expected"),
    [
        # a new question
        ("opened", BY_MAJ, {}, [("maj", "received", "asked")]),
        ("opened", BY_SVEN, {}, [("maj", "received", "asked")]),
        (
            "opened",
            BY_MAJ,
            {"colleague": COLLEAGUE},
            [("maj", "received", "asked"), ("kim", "received", "copy")],
        ),
        ("opened", BY_MAJ, {"destination_staff": (SVEN, KARIN)}, [("maj", "received", "asked")]),
        # who came along in a mail and was let in: the desk's answers, and nothing else
        ("opened", BY_MAJ, {"participants": (LET_IN,)}, [("maj", "received", "asked")]),
        (
            "replied",
            BY_SVEN,
            {"participants": (LET_IN,), "colleague": COLLEAGUE},
            [("maj", "answer", "asked"), ("kim", "answer", "copy"), ("lo", "answer", "let-in")],
        ),
        ("replied", BY_OVE, {"participants": (LET_IN,)}, [("maj", "colleague-wrote", "asked")]),
        ("solved", BY_SVEN, {"participants": (LET_IN,)}, [("maj", "solved", "asked"), ("lo", "solved", "let-in")]),
        # by mail, with something to ask back: one mail, not two
        (
            "opened",
            BY_MAJ,
            {"lacks_details": True, "colleague": COLLEAGUE},
            [("maj", "details-wanted", "asked"), ("kim", "received", "copy")],
        ),
        (
            "opened",
            BY_MAJ,
            {"destination_staff": (SVEN, EAGER)},
            [("maj", "received", "asked"), ("eager", "new-in-team", "wants-it")],
        ),
        (
            "opened",
            BY_MAJ,
            {"destination_type": "role", "assignee": KARIN},
            [("maj", "received", "asked"), ("karin", "handed-over", "holds-role")],
        ),
        (
            "opened",
            BY_MAJ,
            {"destination_type": "role", "destination_staff": (SVEN, KARIN)},
            [
                ("maj", "received", "asked"),
                ("sven", "handed-over", "holds-role"),
                ("karin", "handed-over", "holds-role"),
            ],
        ),
        # an assignee of a team's ticket took it meanwhile: it was not handed over
        ("opened", BY_MAJ, {"assignee": SVEN}, [("maj", "received", "asked")]),
        # the policy names who must know (A14)
        (
            "opened",
            BY_MAJ,
            {"policy_told": ((KARIN, True),)},
            [("maj", "received", "asked"), ("karin", "for-knowledge", "policy")],
        ),
        (
            "opened",
            BY_MAJ,
            {"policy_told": ((QUIET, True),)},
            [("maj", "received", "asked"), ("quiet", "for-knowledge", "policy")],
        ),
        ("opened", BY_MAJ, {"policy_told": ((QUIET, False),)}, [("maj", "received", "asked")]),
        # the first line stays among the customer's own people
        (
            "opened",
            BY_MAJ,
            {
                "destination_type": "local-contacts",
                "local_contacts": (OVE,),
                "policy_told": ((KARIN, True),),
                "destination_staff": (EAGER,),
            },
            [("maj", "received", "asked"), ("ove", "first-line", "local-contact")],
        ),
        # answers
        ("replied", BY_SVEN, {"assignee": SVEN}, [("maj", "answer", "asked")]),
        (
            "replied",
            BY_SVEN,
            {"assignee": KARIN, "colleague": COLLEAGUE},
            [("maj", "answer", "asked"), ("kim", "answer", "copy")],
        ),
        ("replied", BY_MAJ, {"assignee": SVEN}, [("sven", "customer-replied", "has-ticket")]),
        ("replied", BY_MAJ, {"assignee": QUIET}, []),
        ("replied", BY_MAJ, {"destination_staff": (SVEN, EAGER)}, []),
        (
            "replied",
            BY_MAJ,
            {"destination_type": "role", "destination_staff": (KARIN,)},
            [("karin", "customer-replied", "holds-role")],
        ),
        (
            "replied",
            BY_OVE,
            {"assignee": SVEN},
            [("maj", "colleague-wrote", "asked"), ("sven", "customer-replied", "has-ticket")],
        ),
        (
            "replied",
            BY_OVE,
            {"destination_type": "local-contacts", "local_contacts": (OVE,), "assignee": SVEN},
            [("maj", "colleague-wrote", "asked")],
        ),
        (
            "replied",
            BY_MAJ,
            {"destination_type": "local-contacts", "local_contacts": (OVE, MAJ)},
            [("ove", "colleague-wrote", "local-contact")],
        ),
        # states
        ("solved", BY_SVEN, {}, [("maj", "solved", "asked")]),
        ("solved", BY_SYSTEM, {}, [("maj", "solved", "asked")]),
        ("solved", BY_MAJ, {"assignee": SVEN}, []),
        ("reopened", BY_MAJ, {"assignee": SVEN}, [("sven", "reopened", "has-ticket")]),
        ("reopened", BY_MAJ, {"assignee": SVEN, "with_words": True}, []),
        # whoever heard that it was solved hears that it is not
        ("reopened", BY_MAJ, {"assignee": SVEN, "was_solved": True}, [("sven", "reopened", "has-ticket")]),
        (
            "reopened",
            BY_SVEN,
            {"assignee": SVEN, "was_solved": True, "colleague": COLLEAGUE, "participants": (LET_IN,)},
            [("maj", "not-solved", "asked"), ("kim", "not-solved", "copy"), ("lo", "not-solved", "let-in")],
        ),
        ("reopened", BY_SVEN, {"assignee": SVEN}, []),
        ("reopened", BY_SVEN, {"assignee": KARIN, "was_solved": True, "with_words": True}, []),
        ("assigned", BY_SVEN, {"assignee": KARIN}, [("karin", "assigned", "has-ticket")]),
        ("assigned", BY_SVEN, {"assignee": SVEN}, []),
        ("assigned", BY_SVEN, {"assignee": QUIET}, []),
        ("assigned", BY_SVEN, {}, []),
        ("decided-again", BY_SVEN, {"assignee": KARIN, "destination_type": "role"}, []),
        (
            "decided-again",
            BY_SVEN,
            {"assignee": KARIN, "destination_type": "role", "moved": True},
            [("maj", "moved", "asked"), ("karin", "handed-over", "holds-role")],
        ),
        (
            "decided-again",
            BY_SVEN,
            {"policy_told": ((KARIN, True), (EAGER, True)), "knowing": frozenset({"eager@kund.example"})},
            [("karin", "for-knowledge", "policy")],
        ),
        ("priority-changed", BY_SVEN, {"policy_told": ((KARIN, True),)}, [("karin", "for-knowledge", "policy")]),
        # another time: told with the move, or by itself
        ("priority-changed", BY_SVEN, {"retimed": True}, [("maj", "new-time", "asked")]),
        ("decided-again", BY_SVEN, {"retimed": True, "moved": True}, [("maj", "moved", "asked")]),
        # what nobody is told
        ("noted", BY_SVEN, {"assignee": KARIN, "colleague": COLLEAGUE}, []),
        ("status-changed", BY_SVEN, {"assignee": KARIN}, []),
        ("priority-changed", BY_SVEN, {"assignee": KARIN}, []),
        ("closed", BY_SVEN, {"assignee": KARIN}, []),
    ],
)
def test_audience_is(
    event: str, by: Mapping[str, Any], around: Mapping[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert told(EventKind(event), by, **around) == expected


def test_nobody_is_told_twice_at_one_address() -> None:
    twin = someone("staff", 9, "twin", choices={"new-in-team": "each"})
    same = Recipient(kind="staff", id=10, name="other", email="TWIN@kund.example", language="sv")

    told_names = told(
        EventKind.OPENED,
        BY_MAJ,
        destination_type="role",
        assignee=twin,
        policy_told=((same, True), (twin, True)),
    )

    assert told_names == [("maj", "received", "asked"), ("twin", "handed-over", "holds-role")]


@pytest.mark.parametrize("event", list(EventKind))
def test_the_inactive_are_told_nothing(event: EventKind) -> None:
    gone = {
        "requester": someone("person", 1, "maj", active=False),
        "assignee": someone("staff", 2, "karin", active=False),
        "destination_staff": (someone("staff", 3, "eager", active=False, choices={"new-in-team": "each"}),),
        "policy_told": ((someone("staff", 5, "gone", active=False), True),),
        "moved": True,
    }

    assert told(event, BY_OVE, **gone) == []


#: Told also to whoever did it: a receipt, and a yes or a no to an offer.
PROVEN = {EventKind.OPENED, EventKind.OFFER_ACCEPTED, EventKind.OFFER_DECLINED}


@pytest.mark.parametrize("event", [event for event in EventKind if event not in PROVEN])
@pytest.mark.parametrize("by", [BY_MAJ, BY_SVEN])
def test_nobody_is_told_what_they_did_themselves(event: EventKind, by: Mapping[str, Any]) -> None:
    around = {"assignee": SVEN, "policy_told": ((SVEN, True),), "moved": True, "destination_type": "role"}

    names = [name for name, _kind, _why in told(event, by, **around)]

    assert ("maj" if by is BY_MAJ else "sven") not in names


def test_somebody_without_an_address_is_left_out() -> None:
    nowhere = Recipient(kind="person", id=1, name="maj", email="", language="sv")

    assert told(EventKind.SOLVED, BY_SVEN, requester=nowhere) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_must_be_told_is_told_at_once_whatever_somebody_has_chosen(way: str) -> None:
    deaf = someone("staff", 7, "deaf", choices=dict.fromkeys(NoticeKind, way))
    contact = someone("person", 8, "lo", choices=dict.fromkeys(NoticeKind, way))
    opened = Happening(event=EventKind.OPENED, requester=MAJ, by_kind="person", by_id=MAJ.id)
    to_role = replace(opened, destination_type="role", assignee=deaf)
    by_policy = replace(opened, policy_told=((deaf, True),))
    first_line = replace(opened, destination_type="local-contacts", local_contacts=(contact,))

    found = [notice for each in (to_role, by_policy, first_line) for notice in audience(each) if notice.to != MAJ]
    assert [(notice.kind.value, notice.way) for notice in found] == [
        ("handed-over", "each"),
        ("for-knowledge", "each"),
        ("first-line", "each"),
    ]


def test_a_customers_person_chooses_too() -> None:
    quiet = someone("person", 1, "maj", choices={"received": "off", "answer": "digest"})
    asked = Happening(event=EventKind.OPENED, requester=quiet, by_kind="person", by_id=1)
    opened = audience(asked)
    answered = audience(replace(asked, event=EventKind.REPLIED, by_kind="staff", by_id=SVEN.id))

    assert [notice.kind for notice in opened] == []
    assert [(notice.kind.value, notice.way) for notice in answered] == [("answer", "digest")]
