"""Everything of one customer as a file: all of theirs, nothing of anybody else's (trust 83)."""

import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.factories import NOW
from tests.jobs_run import run_jobs
from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.customers.notes import write_note
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.privacy import exports
from vaxel.domain.privacy.models import CustomerExport
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.conversation import note, reply
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Ticket
from vaxel.insight.transfer.customer_export.parts import parts_of
from vaxel.insight.transfer.customer_export.writing import make_export

pytestmark = pytest.mark.django_db

#: Words of the customer's own, of another customer, and of the staff among themselves.
OURS, THEIRS, STAFFS = "hackspett i budgeten", "kanariefågel i budgeten", "intern kanariefågel"


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def desk(media: Path) -> Desk:
    desk = world.make_desk(slug="kompass")
    make_mailbox(desk)
    return desk


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk, may_administer=True)


def _customer(desk: Desk, agent: Staff, words: str) -> Person:
    """Somebody who has asked by every way, with files, and whom staff have written about."""
    person = world.make_person(world.make_organisation(desk), name=words.title())
    given = {"desk_id": desk.pk, "organisation_id": person.organisation_id, "person_id": person.pk}
    draft = new_draft(**given, data={}, now=NOW)
    content = words.encode()
    incoming = Incoming(name=f"{words}.txt", content_type="text/plain", size=len(content), chunks=[content])
    store_for_draft(incoming, draft=draft, organisation_id=person.organisation_id, now=NOW)
    ticket = world.ask(person, subject=words, text=words, draft_id=draft.pk)
    scope, by = world.desk_scope(desk), world.actor(agent)
    reply(scope=scope, number=ticket.number, text=f"Svar om {words}", by=by, now=NOW)
    note(scope=scope, number=ticket.number, text=STAFFS, by=by, now=NOW)
    write_note(scope=scope, organisation_id=person.organisation_id, text=STAFFS, by=by, now=NOW)
    deliver(mail_from(person, text=words), desk.mailboxes.get())
    new_draft(**given, data={"text": STAFFS}, now=NOW)
    return person


def _made(organisation: Organisation, agent: Staff) -> CustomerExport:
    exports.ask_for_export(organisation, by=world.actor(agent), now=NOW)
    assert "make_export" in run_jobs()
    return CustomerExport.unscoped.latest("pk")


def _contents(export: CustomerExport) -> dict[str, str]:
    with zipfile.ZipFile(exports.export_path(export.key)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _lines(contents: dict[str, str], part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in contents[f"{part}.jsonl"].splitlines()]


def test_t83_the_file_holds_all_that_is_the_customers(desk: Desk, agent: Staff) -> None:
    person = _customer(desk, agent, OURS)

    contents = _contents(_made(person.organisation, agent))

    ticket = Ticket.unscoped.filter(requester=person).earliest("pk")
    asked = next(line for line in _lines(contents, "tickets") if line["number"] == ticket.number)
    assert (asked["subject"], asked["requester_id"], asked["policy_version"]) == (OURS, person.pk, 1)
    said = [line["text"] for line in _lines(contents, "messages") if line["ticket"] == ticket.number]
    assert said == [OURS, f"Svar om {OURS}"]
    (file,) = _lines(contents, "attachments")
    assert contents[f"attachments/{file['public_id']}"] == OURS
    manifest = json.loads(contents["manifest.json"])
    assert (manifest["format"], manifest["version"], manifest["organisation"]) == (
        "vaxel-customer-export",
        1,
        person.organisation.name,
    )
    counted = {name: contents[f"{name}.jsonl"].count("\n") for name in manifest["lines"] if name != "files"}
    assert counted | {"files": 1} == manifest["lines"]


def test_t83_nothing_of_another_customer_and_nothing_of_the_staffs_own_is_inside(desk: Desk, agent: Staff) -> None:
    ours, theirs = _customer(desk, agent, OURS), _customer(desk, agent, THEIRS)

    contents = _contents(_made(ours.organisation, agent))

    everything = json.dumps(contents, ensure_ascii=False).casefold()
    found = [word for word in (OURS, THEIRS, STAFFS, theirs.organisation.name.casefold()) if word in everything]
    assert found == [OURS]


def test_t83_what_colleagues_ask_each_other_is_not_the_vendors_to_take(desk: Desk, agent: Staff) -> None:
    person = _customer(desk, agent, OURS)
    Ticket.unscoped.filter(requester=person).update(is_first_line=True)

    contents = _contents(_made(person.organisation, agent))

    parts = ("tickets", "messages", "events", "promises", "links", "attachments")
    assert {part: contents[f"{part}.jsonl"] for part in parts} == dict.fromkeys(parts, "")


def test_asking_twice_makes_one_file(desk: Desk, agent: Staff) -> None:
    organisation = world.make_organisation(desk)
    by = world.actor(agent)

    first = exports.ask_for_export(organisation, by=by, now=NOW)

    assert exports.ask_for_export(organisation, by=by, now=NOW) == first
    make_export(export_id=first.pk, now=NOW)
    key = CustomerExport.unscoped.get().key
    make_export(export_id=first.pk, now=NOW)
    assert CustomerExport.unscoped.get().key == key


def test_t83_a_file_is_taken_by_its_link_and_that_is_noted(desk: Desk, agent: Staff) -> None:
    export = _made(world.make_organisation(desk), agent)
    scope, by, signed = world.desk_scope(desk), world.actor(agent), exports.signed_name(export)
    assert export.ready_at is not None

    assert exports.take_export(scope, signed=signed, by=by, now=export.ready_at) == export
    assert exports.take_export(scope, signed=f"{signed}x", by=by, now=export.ready_at) is None
    assert exports.take_export(scope, signed=export.public_id, by=by, now=export.ready_at) is None
    other = world.desk_scope(world.make_desk("baver"))
    assert exports.take_export(other, signed=signed, by=by, now=export.ready_at) is None
    assert list(Reading.unscoped.values_list("what", "what_id")) == [("export", export.pk)]


def test_t83_a_file_goes_after_a_week(desk: Desk, agent: Staff, media: Path) -> None:
    export = _made(world.make_organisation(desk), agent)
    assert export.expires_at is not None
    late = export.expires_at + timedelta(seconds=1)

    assert exports.forget_exports(now=export.expires_at - timedelta(seconds=1)) == 0
    by = world.actor(agent)
    signed = exports.signed_name(export)
    assert exports.take_export(world.desk_scope(desk), signed=signed, by=by, now=late) is None
    assert exports.forget_exports(now=late) == 1

    assert ([*(media / "exports").iterdir()], CustomerExport.unscoped.get().state) == ([], "gone")
    assert list(
        AuditEntry.unscoped.filter(kind__startswith="export-").order_by("pk").values_list("kind", flat=True)
    ) == [
        "export-asked",
        "export-removed",
    ]


def test_what_a_killed_worker_has_left_goes_a_day_later(desk: Desk, agent: Staff, media: Path) -> None:
    export = _made(world.make_organisation(desk), agent)
    for name in ("old.part", "young.part"):
        (media / "exports" / name).write_bytes(b"half")
    now = timezone.now()
    day_ago = (now - timedelta(days=1, seconds=1)).timestamp()
    os.utime(media / "exports" / "old.part", (day_ago, day_ago))

    exports.forget_exports(now=now)

    assert {path.name for path in (media / "exports").iterdir()} == {"young.part", export.key}


def test_t83_the_format_is_documented(desk: Desk) -> None:
    text = (Path(__file__).parents[4] / "docs" / "export.md").read_text(encoding="utf-8")
    told = [
        f"| `{part.name}` | {' '.join(f'`{name}`' for name in (*part.columns, *part.renamed))} |"
        for part in parts_of(world.make_organisation(desk))
    ]

    assert [line for line in text.splitlines() if line.startswith("| `")] == told
