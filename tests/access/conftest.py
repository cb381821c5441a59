"""A world with somebody in each role, and one ticket that only its readers may find."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as world
from tests.access import routes
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.domain.widgets.tokens import make_widget
from vaxel.domain.administration.certificates import Proof, claim_certificate
from vaxel.domain.administration.models import CertificateClaim, SeatChange
from vaxel.domain.administration.seat_changes import Change, plan_change
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.customers.notes import write_note
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.pictures import keep_picture
from vaxel.domain.manual.tree import Place, place_article, set_up_manual
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.notices.participants import name_participants
from vaxel.domain.people.absences import Away, be_away
from vaxel.domain.people.models import Absence, Account, Agreement, Organisation, Person, Staff
from vaxel.domain.privacy.erasures import wish_erasure
from vaxel.domain.privacy.exports import ask_for_export, signed_name
from vaxel.domain.privacy.keeping import hold
from vaxel.domain.privacy.models import Erasure
from vaxel.domain.problems.known import Description, open_problem
from vaxel.domain.problems.models import KnownProblem, OperatingNotice
from vaxel.domain.problems.operating import NoticeWords, publish_notice
from vaxel.domain.publishing.drafts import begin_draft
from vaxel.domain.publishing.models import PolicyDraft
from vaxel.domain.smalljobs.invoicing import close_period
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.canned import CannedWords, write_canned
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import link_tickets
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.domain.wishes.triage import show_wish
from vaxel.domain.wishes.wishing import WishWords, send_wish
from vaxel.insight.transfer.customer_export.writing import make_export

BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"
#: Words that nobody but the readers may see anywhere, and words that no customer may see.
CANARY, NOTE_CANARY = "kanariefågel i budgeten", "intern kanariefågel"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who is who, and the arguments that name the owner's things."""

    accounts: dict[str, Account]
    arguments: dict[str, str]
    #: Routes whose arguments name something else than the usual.
    special: dict[str, dict[str, str]]
    _readers: dict[str, Client] = field(default_factory=dict)

    def reader(self, role: str) -> Client:
        """The browser of somebody who changes nothing, signed in once: signing in costs more than most pages."""
        if role not in self._readers:
            self._readers[role] = self.client(role)
        return self._readers[role]

    def client(self, role: str, *, enforce_csrf: bool = False) -> Client:
        """A browser that this role is signed in with."""
        client = Client(enforce_csrf_checks=enforce_csrf)
        if role != routes.ANONYMOUS:
            client.force_login(self.accounts[role], backend=BACKEND)
        return client

    def address(self, route: routes.Route) -> str:
        """The route's address with the owner's things as arguments."""
        own = {**self.arguments, **self.special.get(route.name, {})}
        return reverse(route.name, kwargs={name: own[name] for name in route.arguments})


@pytest.fixture
def matrix(db: None) -> Matrix:
    return make_matrix()


def make_matrix() -> Matrix:
    """In the database as it is."""
    desk, far = world.make_desk(slug="kompass"), world.make_desk("baver", slug="baver")
    people = _people(desk, far)
    staff = {
        routes.AGENT: world.make_staff(desk, name="Sven Berg"),
        routes.ADMINISTRATOR: world.make_staff(desk, name="Karin Holm", may_administer=True),
        routes.AGENT_ABROAD: world.make_staff(far, name="Stina Dal"),
    }
    accounts = {role: one.account for role, one in people.items() if one.account is not None}
    accounts |= {role: one.account for role, one in staff.items()}
    arguments, special = _things(people[routes.OWNER], staff[routes.AGENT])
    return Matrix(accounts=accounts, arguments=arguments, special=special)


def _people(desk: Desk, far: Desk) -> dict[str, Person]:
    organisation = world.make_organisation(desk, name="Åsklinge kommun")
    neighbour = world.make_organisation(desk, name="Norrtuna stad")
    abroad = world.make_organisation(far, name="Åsklinge kommun", plan="support", products=("baver",))
    return {
        routes.OWNER: world.make_person(organisation, name="Maj Ekdahl"),
        routes.COLLEAGUE: world.make_person(organisation, name="Ove Lind"),
        routes.SEER: world.make_person(
            organisation, name="Siv Ahl", may_see_organisation=True, may_approve=True, may_administer=True
        ),
        routes.LOCAL: world.make_person(organisation, name="Lo Kahl", is_local_contact=True),
        routes.NEIGHBOUR: world.make_person(neighbour, name="Nils Ros"),
        routes.ABROAD: world.make_person(abroad, name="Aina Ek"),
    }


def _things(owner: Person, agent: Staff) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """A ticket with a file and a note, and a question that is being written: the arguments that name them."""
    sent, begun = _draft(owner, text=""), _draft(owner, text=CANARY)
    file = store_for_draft(
        Incoming(name="bild.png", content_type="image/png", size=3, chunks=[b"png"]),
        draft=sent,
        organisation_id=owner.organisation_id,
        now=world.NOW,
    )
    ticket = world.ask(owner, subject=CANARY, text=CANARY, draft_id=sent.pk)
    _note(ticket, agent)
    arguments = {
        "desk": agent.desk.slug,
        "name": f"{agent.desk.prefix}-{ticket.number}",
        "draft": begun.public_id,
        "step": "words",
        "public_id": file.public_id,
        "kind": "received",
        "language": "sv",
        "mail_id": str(_mail(ticket).pk),
        "mail": (came := _came_by_mail(owner)).public_id,
        "participant_id": str(_participant(ticket).pk),
        "mailbox_id": str(came.mailbox_id),
        "widget_id": str(make_widget(agent.desk)[0].pk),
        "slug": "mallar",
        "digest": _article(agent.desk),
        "number": str(_problem(agent).number),
        **_wish(owner, agent),
        "notice_id": str(_notice(agent).pk),
        "offer_id": str(_offer(ticket, agent).pk),
        "person_id": str(owner.pk),
        "organisation_id": str(owner.organisation_id),
        "field": "organisation",
        "note_id": str(_customer_note(owner, agent).pk),
        "change_id": str(_change(owner).pk),
        "absence_id": str(_absence(agent).pk),
        "claim_id": str(_claim(owner).pk),
        "link_id": str(_link(ticket, owner, agent).pk),
        "draft_id": str(_policy_draft(agent).pk),
        "erasure_id": str(_erasure(owner.organisation).pk),
        **_export(owner.organisation),
        **_settings(owner, agent),
    }
    period = close_period(agent.desk, until=world.NOW, by=SYSTEM, now=world.NOW)
    return arguments, {
        "portal:ask_sent": {"draft": sent.public_id},
        "workspace:policy_source": {"number": "1"},
        "workspace:policy_again": {"number": "1"},
        "workspace:invoice_rows": {"period_id": str(period.pk), "kind": "csv"},
    }


def _note(ticket: Ticket, agent: Staff) -> None:
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    conversation.note(scope=scope, number=ticket.number, text=NOTE_CANARY, by=by, now=world.NOW)


def _export(organisation: Organisation) -> dict[str, str]:
    """Everything of the owner's organisation, made and ready; and held."""
    export = ask_for_export(organisation, by=SYSTEM, now=world.NOW)
    make_export(export_id=export.pk, now=timezone.now())
    held = hold(
        world.desk_scope(organisation.desk), organisation=organisation, reason="Tvist", by=SYSTEM, now=world.NOW
    )
    return {"export_id": str(export.pk), "signed": signed_name(export), "hold_id": str(held.pk)}


def _erasure(organisation: Organisation) -> Erasure:
    """A colleague who has left is to be erased."""
    gone = world.make_person(organisation, name="Ulla Dahl", contact=False, certified=False, is_active=False)
    return wish_erasure(gone, by=SYSTEM, now=world.NOW)


def _policy_draft(agent: Staff) -> PolicyDraft:
    """A change of the policy on its way."""
    source = world.policy_source("kompass")
    return begin_draft(desk=agent.desk, purpose="Snabbare svar", source=source, by=world.actor(agent), now=world.NOW)


def _settings(owner: Person, agent: Staff) -> dict[str, str]:
    """What those who run the desk change: the owner's organisation with all that it has, a colleague, a reply."""
    words = CannedWords(title="Hej", language="sv", text="Hej {name}!")
    return {
        "organisation_id": str(owner.organisation_id),
        "agreement_id": str(Agreement.unscoped.get(organisation=owner.organisation_id).pk),
        "project_id": str(world.make_project(owner.organisation, manager=agent, ends_on=date(2026, 3, 1)).pk),
        "staff_id": str(agent.pk),
        "role": "account-manager",
        "reply_id": str(write_canned(agent.desk, words=words, by=SYSTEM, now=world.NOW).pk),
    }


def _link(ticket: Ticket, owner: Person, agent: Staff) -> Link:
    """The ticket is a duplicate of another one, and has been put into a third one: what can be taken back."""
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    older, other = world.ask(owner), world.ask(owner)
    Link.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        other=older,
        kind=Link.Kind.MERGED_INTO,
        at=world.NOW,
        by_name=agent.name,
        # As `merge_tickets` keeps it, so that the two can be taken apart.
        data={"status": ticket.status, "messages": [], "notes": []},
    )
    pair = {"number": ticket.number, "other": other.number}
    return link_tickets(scope=scope, **pair, kind=Link.Kind.DUPLICATE, by=by, now=world.NOW)


def _change(owner: Person) -> SeatChange:
    """Somebody stands in for the owner later on."""
    deputy = world.make_person(owner.organisation, name="Dan Vik", contact=False)
    agreement = Agreement.unscoped.get(organisation=owner.organisation)
    starts_on = world.NOW.date() + timedelta(days=30)
    change = Change(agreement=agreement, holder=owner, successor=deputy, starts_on=starts_on, ends_on=starts_on)
    return plan_change(change, by=SYSTEM, now=world.NOW)


def _customer_note(owner: Person, agent: Staff) -> CustomerNote:
    """What colleagues should know of the owner's organisation."""
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    return write_note(scope=scope, organisation_id=owner.organisation_id, text=NOTE_CANARY, by=by, now=world.NOW)


def _absence(agent: Staff) -> Absence:
    """Days away that are still to come: until then the agent's questions stay the agent's."""
    away = Away(first_day=date(2099, 7, 1), last_day=date(2099, 7, 31))
    scope = world.desk_scope(agent.desk)
    return be_away(scope=scope, staff_id=agent.pk, away=away, by=world.actor(agent), now=world.NOW)


def _claim(owner: Person) -> CertificateClaim:
    """A training of the owner's, with words that nobody else may see."""
    proof = Proof(passed_on=world.NOW.date(), told=CANARY, file_name="intyg.pdf", content=b"%PDF-")
    return claim_certificate(owner, proof=proof, by=SYSTEM, now=world.NOW)


def _offer(ticket: Ticket, agent: Staff) -> Offer:
    """As a row: the ticket is no small job, so the door would refuse it."""
    return Offer.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        what=CANARY,
        minutes=30,
        per_hour=1200,
        currency="SEK",
        valid_until=world.NOW + timedelta(days=3650),
        made_by=agent,
        made_by_name=agent.name,
        made_at=world.NOW,
    )


def _problem(agent: Staff) -> KnownProblem:
    title = {"sv": "Exporten stannar", "en": "The export stops"}
    description = Description(title=title, text=title, workaround={})
    return open_problem(description, desk=agent.desk, by=world.actor(agent), now=world.NOW)


def _wish(owner: Person, agent: Staff) -> dict[str, str]:
    """A wish in the owner's own words, shown to others under a title; it has the known problem's number."""
    reader = ManualReader(owner.desk_id, person_id=owner.pk)
    words = WishWords(text=CANARY, language="sv")
    by, now = world.actor(owner), world.NOW
    wish = send_wish(words, desk=agent.desk, reader=reader, person_id=owner.pk, by=by, now=now)
    title = {"sv": "Fler mallar", "en": "More templates"}
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    show_wish(title, scope=scope, number=wish.number, seen_version=wish.version, by=by, now=now)
    return {"number": str(wish.number)}


def _notice(agent: Staff) -> OperatingNotice:
    title = {"sv": "Underhåll", "en": "Maintenance"}
    words = NoticeWords(title=title, text=title, starts_at=world.NOW)
    return publish_notice(words, desk=agent.desk, by=world.actor(agent), now=world.NOW)


def _article(desk: Desk) -> str:
    """An article for all customers in a manual that is not public; the digest of its picture."""
    set_up_manual(desk_id=desk.pk, is_public=False, by=SYSTEM, now=world.NOW)
    digest = keep_picture(desk_id=desk.pk, name="a.gif", content=b"GIF89a", now=world.NOW)
    article = place_article(desk_id=desk.pk, place=Place(slug="mallar"), by=SYSTEM, now=world.NOW)
    words = ArticleWords(title="Mallar", markdown="![x](a.gif)", pictures={"a.gif": digest})
    save_draft(article=article, language="sv", words=words, by=SYSTEM, now=world.NOW)
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    return digest


def _mail(ticket: Ticket) -> OutgoingMail:
    return OutgoingMail.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        kind="received",
        language="sv",
        recipient="maj@kund.example",
        header_id="<1@kompass.example>",
        state=OutgoingMail.State.FAILED,
        created_at=world.NOW,
    )


def _came_by_mail(owner: Person) -> ReceivedMail:
    """A question of the owner's that came by mail, with words that nobody else may see."""
    mail = mail_from(owner, subject=CANARY, text=CANARY, html=f"<p>{CANARY}</p>")
    return deliver(mail, make_mailbox(owner.organisation.desk))


def _participant(ticket: Ticket) -> Participant:
    name_participants({"kim@annan.example": "Kim"}, ticket=ticket, now=world.NOW)
    return Participant.unscoped.get(ticket=ticket)


def _draft(owner: Person, *, text: str) -> Draft:
    return new_draft(
        desk_id=owner.desk_id,
        organisation_id=owner.organisation_id,
        person_id=owner.pk,
        data={"text": text} if text else {},
        now=world.NOW,
    )
