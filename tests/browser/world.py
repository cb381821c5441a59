"""The small world behind the browser tests: filled in by a process of its own, so that servers see it committed.

`stack.py` runs `print_world` against an empty, migrated database; what it prints says who can sign in (a session
each) and what there is to look at.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from tests import factories as make
from tests.browser.jobs import agree_on_jobs, link_of_offer
from tests.browser.news import tell_news
from tests.browser.organisations import organise
from tests.browser.policies import draft_policies
from tests.browser.together import part_tickets
from tests.browser.wishes import make_wishes
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.domain.widgets.tokens import make_widget
from tests.surfaces.workspace.mailroom.payloads import PAYLOADS
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.customers.notes import rewrite_note, write_note
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.models import Participant
from vaxel.domain.notices.participants import leave_out, let_in, name_participants
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Account, Organisation, Person, Staff
from vaxel.domain.people.organisations import OrganisationProfile, describe_organisation
from vaxel.domain.privacy.keeping import hold
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.canned import CannedWords, write_canned
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.domain.tickets.status import Status
from vaxel.insight.search.lexicon import learn_words
from vaxel.insight.transfer.demo.files import manual_folder
from vaxel.insight.transfer.manual.importing import import_manual

_BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"
_WORDS = "Det kommer upp ett oväntat fel när jag sparar målet. Det började i dag."
#: Words that are hard to set: a long compound, an address without spaces, right to left, an emoji.
_HARD = (
    "Verksamhetsplaneringsuppföljningsrapporteringen visar https://planering.asklinge.example/"
    "nämnder/kommunstyrelsen/uppföljning/2026/delår/målområden/trygghet?vy=sammanställning&period=2026T2 🙈 "
    "och namnet فاطمة الزهراء skrivs åt fel håll."
)
#: One transparent pixel.
_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636000010000"
    "0500010d0a2db40000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who can sign in, by role, and the names of what they find."""

    desk: str
    #: The account of each role.
    accounts: dict[str, int]
    #: The session's key of each role.
    sessions: dict[str, str]
    #: Tickets by what they show.
    tickets: dict[str, str]
    #: Drafts by the step that they have come to.
    drafts: dict[str, str]
    #: Mails that came in, by what they show.
    mails: dict[str, str]
    #: The link of a mail by which the contact answers an offer.
    offer: str
    #: Somebody whom the leader of an organisation looks at.
    colleague: str


def make_world(*, now: datetime) -> World:
    """One desk with everything that pages show; a second one, so that lists of desks are lists."""
    desk = make.make_desk("kompass", slug="kompass", now=now)
    make.make_desk("baver", slug="baver", now=now)
    _manual(desk, now=now)
    make_widget(desk)
    people = _people(desk, now=now)
    people["leader"], colleague = organise(desk, now=now)
    staff = _staff(desk)
    _set_up(desk, people["contact"].organisation, staff["manager"], now=now)
    held, reason = people["other"].organisation, _HARD[:300]
    hold(make.desk_scope(desk), organisation=held, reason=reason, by=make.actor(staff["administrator"]), now=now)
    sent = _with_files(people["contact"], now=now - timedelta(days=3))
    everybody: dict[str, Person | Staff] = {**people, **staff}
    accounts = {role: one.account for role, one in everybody.items() if one.account is not None}
    tickets = _tickets(desk, people, staff, sent=sent, now=now)
    draft_policies(desk, staff["administrator"], now=now)
    return World(
        desk=desk.slug,
        accounts={role: account.pk for role, account in accounts.items()},
        sessions={role: _session(account) for role, account in accounts.items()},
        tickets=tickets,
        drafts={**_drafts(people["contact"], now=now), "sent": sent.public_id},
        mails=_mails(desk, people["contact"], now=now),
        offer=link_of_offer(people["contact"]),
        colleague=str(colleague.pk),
    )


def _brought_along(ticket: Ticket, agent: Staff, *, now: datetime) -> None:
    """People whom a mail brought: two of whom nobody has decided, one who was let in, one who was left out."""
    names = {
        "kim@annan.example": "Kim Ek",
        "lo@annan.example": "",
        "bo@annan.example": _HARD[:80],
        "li@annan.example": "",
    }
    name_participants(names, ticket=ticket, now=now)
    one, other = Participant.unscoped.filter(ticket=ticket).order_by("-id")[:2]
    scope, by = make.desk_scope(agent.desk), make.actor(agent)
    let_in(scope=scope, number=ticket.number, participant_id=one.pk, by=by, now=now)
    leave_out(scope=scope, number=ticket.number, participant_id=other.pk, by=by, now=now)


def _mails(desk: Desk, contact: Person, *, now: datetime) -> dict[str, str]:
    """What came to the desk's mailbox: somebody unknown, and a question with HTML that wants to do harm."""
    mailbox = make_mailbox(desk)
    stranger = mail_from("okand@annan.example", proven=None, subject="Vill ni köpa skrivare?", text="Svara mig snart.")
    harmful = mail_from(
        contact,
        subject=_HARD[:120],
        text=_HARD,
        quoted="Den 20 november skrev Sven Berg:\n> Prova igen.",
        html="\n".join(PAYLOADS),
        remote_images=("https://spar.example/1.gif",),
    )
    found = {"stranger": deliver(stranger, mailbox, now=now), "answer": deliver(harmful, mailbox, now=now)}
    alone = [_alone(number, payload, like=found["answer"]) for number, payload in enumerate(PAYLOADS)]
    ReceivedMail.objects.bulk_create(alone)
    one_each = {f"harm-{number}": mail.public_id for number, mail in enumerate(alone)}
    return {shown: mail.public_id for shown, mail in found.items()} | one_each


def _alone(number: int, payload: str, *, like: ReceivedMail) -> ReceivedMail:
    """A mail of this HTML alone, in no list: what one leaves open would swallow the next."""
    return ReceivedMail(
        desk_id=like.desk_id,
        mailbox_id=like.mailbox_id,
        identity=f"harm-{number}",
        size=len(payload),
        received_at=like.received_at,
        state=ReceivedMail.State.BOUNCE,
        html=payload,
        sender=like.sender,
    )


def _set_up(desk: Desk, home: Organisation, manager: Staff, *, now: datetime) -> None:
    """What administrators' pages show beyond people: a project, a reply, and a change in the history."""
    make.make_project(home, manager=manager, ends_on=date(2026, 3, 1))
    words = CannedWords(title="Vi tittar på det", language="sv", text="Hej {name}!\n\nVi tittar på {number}.")
    write_canned(desk, words=words, by=SYSTEM, now=now)
    profile: OrganisationProfile = {"form": "municipality", "domains": ["asklinge.example"]}
    describe_organisation(home, profile=profile, by=make.actor(manager), now=now)


def _manual(desk: Desk, *, now: datetime) -> None:
    """The example desk's own, with everything that an article may hold."""
    import_manual(manual_folder("kompass"), desk=desk, by=SYSTEM, now=now)
    learn_words(desk_id=desk.pk)


def _people(desk: Desk, *, now: datetime) -> dict[str, Person]:
    home = make.make_organisation(
        desk, name="Åsklinge kommun", plan="enterprise", products=("suite", "meetings"), now=now
    )
    long_name = make.make_organisation(
        desk, name="Räddningstjänstförbundet Västra Bergslagen-Södra Norrskogsbygdens kommunalförbund", now=now
    )
    return {
        "contact": _person(home, "Maj Ekdahl", now=now, may_see_organisation=True),
        "user": _person(home, "Ove Lind", now=now, contact=False),
        "local": _person(home, "Lo Kahl", now=now, is_local_contact=True, phone="0123-456 78"),
        "other": _person(long_name, "Fatima al-Rashid Stålbrandsdotter-Mossfeldt", now=now),
        "asker": _person(_organisation_of_its_own(desk, "Granåsa kommun", now=now), "Siv Ahl", now=now),
        "english": _person(
            _organisation_of_its_own(desk, "Norrtuna stad", now=now), "Nils Ros", now=now, language="en"
        ),
        "stranded": _without_contacts(desk, now=now),
        "typist": _person(_organisation_of_its_own(desk, "Ljungvallens kommun", now=now), "Bo Ek", now=now),
        "plain": _person(_organisation_of_its_own(desk, "Region Mellansjö", now=now), "Eva Dal", now=now),
    }


def _without_contacts(desk: Desk, *, now: datetime) -> Person:
    """Somebody whose support contact leaves later, so that an administrator alone sees what they have asked."""
    home = _organisation_of_its_own(desk, "Storåsens kommun", now=now)
    _person(home, "Ulf Berg", now=now)
    _person(home, "Per Dahl", now=now, contact=False, may_administer=True, phone="0123-987 65")
    return _person(home, "Eva Ström", now=now, contact=False)


def _organisation_of_its_own(desk: Desk, name: str, *, now: datetime) -> Organisation:
    return make.make_organisation(desk, name=name, plan="enterprise", now=now)


def _person(
    organisation: Organisation, name: str, *, now: datetime, contact: bool = True, language: str = "sv", **more: Any
) -> Person:
    """With a certificate that is fresh whenever this runs."""
    person = make.make_person(organisation, name=name, contact=contact, certified=False, now=now, **more)
    if contact:
        record_certificate(person, passed_on=(now - timedelta(days=90)).date(), by=SYSTEM, now=now)
    _speaks(person.account, language)
    return person


def _speaks(account: Account | None, language: str) -> None:
    assert account is not None
    account.language = language
    account.save(update_fields=["language"])


def _staff(desk: Desk) -> dict[str, Staff]:
    manager = make.make_staff(desk, name="Karin Holm", roles=("account-manager",), title="Kundansvarig")
    make.hold_role(manager, "account-manager")
    foreign = make.make_staff(desk, name="Ann Reed", title="Support")
    _speaks(foreign.account, "en")
    return {
        "agent": make.make_staff(desk, name="Sven Berg", title="Support"),
        "answerer": make.make_staff(desk, name="Sara Lund", title="Support"),
        "english-agent": foreign,
        "administrator": make.make_staff(desk, name="Britt Sand", title="Supportchef", may_administer=True),
        "manager": manager,
    }


def _long(contact: Person, *, sent: Draft, now: datetime) -> Ticket:
    """An urgent question with much of everything."""
    told = {"deadline": f"{now + timedelta(days=5):%Y-%m-%d}"}
    return make.ask(contact, subject=_HARD[:120], text=_HARD, draft_id=sent.pk, urgent=True, fields=told, now=now)


def _tickets(
    desk: Desk, people: dict[str, Person], staff: dict[str, Staff], *, sent: Draft, now: datetime
) -> dict[str, str]:
    contact, agent = people["contact"], staff["agent"]
    began = now - timedelta(days=3)
    long = _long(contact, sent=sent, now=began)
    for turn in range(12):
        at = began + timedelta(hours=turn + 1)
        _say(desk, long, contact if turn % 2 else agent, f"{_HARD}\n\nSvar nummer {turn + 1}.", now=at)
    _note(desk, long, agent, now=began + timedelta(hours=20))
    solved = make.ask(contact, subject="Målet går inte att spara", now=began)
    lifecycle.solve(scope=make.desk_scope(desk), number=solved.number, by=make.actor(agent), now=now)
    closed = make.ask(contact, subject="Knappen är borta", now=began)
    lifecycle.close(scope=make.desk_scope(desk), number=closed.number, by=make.actor(contact), now=now)
    waiting = make.ask(people["other"], subject="Vi väntar på ert svar om inloggningen", now=began)
    lifecycle.set_status(
        scope=make.desk_scope(desk),
        number=waiting.number,
        status=Status.WAITING_CUSTOMER,
        by=make.actor(agent),
        now=now,
    )
    fresh = make.ask(contact, now=now - timedelta(minutes=5))
    mailed = make.ask(contact, channel="mail", guessed=frozenset({"kind", "product"}), now=now - timedelta(minutes=4))
    _brought_along(mailed, agent, now=now)
    shared, handed = (make.ask(people["typist"], now=now - timedelta(days=2)) for _ in range(2))
    stranded = make.ask(people["stranded"], now=began)
    _note_customer(contact, staff["manager"], now=now)
    tell_news(agent, joiner=people["user"], ticket=long, finished=waiting, now=now)
    make_wishes(agent, wisher=contact, other=people["other"], now=now)
    Person.unscoped.filter(organisation=stranded.organisation, seats__isnull=False).update(is_active=False)
    worked, offered = agree_on_jobs(contact, agent, now=now)
    parted = part_tickets(contact, agent, now=now)
    parted["colleagues"] = make.ask(people["user"], now=began)
    found = {
        **parted,
        **{f"alike{number}": make.ask(people["typist"], now=now - timedelta(days=1)) for number in range(1, 7)},
        "long": long,
        "solved": solved,
        "closed": closed,
        "waiting": waiting,
        "fresh": fresh,
        "mailed": mailed,
        "shared": shared,
        "handed": handed,
        "stranded": stranded,
        "worked": worked,
        "offered": offered,
    }
    return {shown: f"{desk.prefix}-{ticket.number}" for shown, ticket in found.items()}


def _with_files(person: Person, *, now: datetime) -> Draft:
    draft = new_draft(
        desk_id=person.desk_id, organisation_id=person.organisation_id, person_id=person.pk, data={}, now=now
    )
    for name in ("skärmbild.png", "uppföljningsrapporteringssammanställning-delår-2-kommunstyrelsen-slutlig.png"):
        store_for_draft(
            Incoming(name=name, content_type="image/png", size=len(_PICTURE), chunks=[_PICTURE]),
            draft=draft,
            organisation_id=person.organisation_id,
            now=now,
        )
    return draft


def _say(desk: Desk, ticket: Ticket, who: Person | Staff, text: str, *, now: datetime) -> None:
    conversation.reply(scope=make.desk_scope(desk), number=ticket.number, text=text, by=make.actor(who), now=now)


def _note_customer(contact: Person, manager: Staff, *, now: datetime) -> None:
    """What colleagues should know, said twice; a project that runs."""
    scope, by, home = make.desk_scope(manager.desk), make.actor(manager), contact.organisation
    note = write_note(scope=scope, organisation_id=home.pk, text="Ny ekonomichef i vår.", by=by, now=now)
    rewrite_note(scope=scope, note_id=note.pk, text="Ny ekonomichef i april.", by=by, now=now)
    make.make_project(home, manager=manager, ends_on=date(2026, 3, 1))


def _note(desk: Desk, ticket: Ticket, who: Staff, *, now: datetime) -> None:
    conversation.note(
        scope=make.desk_scope(desk),
        number=ticket.number,
        text="Samma som förra veckan: se ärendet om delår.",
        by=make.actor(who),
        now=now,
    )


def _drafts(person: Person, *, now: datetime) -> dict[str, str]:
    """One draft for each step: what one test posts does not change what another reads."""
    words: dict[str, Any] = {"words": _WORDS}
    details = {**words, "kind": "unexpected-error", "product": "suite"}
    review = {**details, "impact": ["1"], "checked": ["read-manual"]}
    steps = {
        "words": words,
        "kind": words,
        "details": details,
        "review": review,
        "several": {"words": "Målet går inte att spara i dag. En annan sak: hur byter jag färg på diagrammet?"},
        "away": {**words, "kind": "agreement"},
    }
    return {
        step: new_draft(
            desk_id=person.desk_id, organisation_id=person.organisation_id, person_id=person.pk, data=data, now=now
        ).public_id
        for step, data in steps.items()
    }


def _session(account: Account) -> str:
    client = Client()
    client.force_login(account, backend=_BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def print_world() -> None:
    """Fill the database that the environment names, and say what it holds."""
    print(json.dumps(asdict(make_world(now=datetime.now(UTC)))))  # noqa: T201  # what the caller reads
