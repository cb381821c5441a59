"""A world with somebody in each role, and one ticket that only its readers may find."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as world
from tests.access import routes
from vaxel.domain.people.models import Account
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: Words that nobody but the readers may see anywhere, and words that no customer may see.
CANARY, NOTE_CANARY = "kanariefågel i budgeten", "intern kanariefågel"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who is who, and the arguments that name the owner's things."""

    accounts: dict[str, Account]
    arguments: dict[str, str]
    #: Routes whose arguments name something else than the usual.
    special: dict[str, dict[str, str]]

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
    desk, far = world.make_desk(slug="kompass"), world.make_desk("baver", slug="baver")
    organisation = world.make_organisation(desk, name="Åsklinge kommun")
    owner = world.make_person(organisation, name="Maj Ekdahl")
    people = {
        routes.OWNER: owner,
        routes.COLLEAGUE: world.make_person(organisation, name="Ove Lind"),
        routes.SEER: world.make_person(organisation, name="Siv Ahl", may_see_organisation=True),
        routes.LOCAL: world.make_person(organisation, name="Lo Kahl", is_local_contact=True),
        routes.NEIGHBOUR: world.make_person(world.make_organisation(desk, name="Norrtuna stad"), name="Nils Ros"),
        routes.ABROAD: world.make_person(
            world.make_organisation(far, name="Åsklinge kommun", plan="support", products=("baver",)), name="Aina Ek"
        ),
    }
    staff = {
        routes.AGENT: world.make_staff(desk, name="Sven Berg"),
        routes.AGENT_ABROAD: world.make_staff(far, name="Stina Dal"),
    }
    draft = new_draft(desk_id=desk.pk, organisation_id=organisation.pk, person_id=owner.pk, data={}, now=world.NOW)
    file = store_for_draft(
        Incoming(name="bild.png", content_type="image/png", size=3, chunks=[b"png"]),
        draft=draft,
        organisation_id=organisation.pk,
        now=world.NOW,
    )
    ticket = world.ask(owner, subject=CANARY, text=CANARY, draft_id=draft.pk)
    conversation.note(
        scope=world.desk_scope(desk),
        number=ticket.number,
        text=NOTE_CANARY,
        by=world.actor(staff[routes.AGENT]),
        now=world.NOW,
    )
    begun = new_draft(
        desk_id=desk.pk,
        organisation_id=organisation.pk,
        person_id=owner.pk,
        data={"text": CANARY},
        now=world.NOW,
    )
    return Matrix(
        accounts={role: one.account for role, one in {**people, **staff}.items() if one.account is not None},
        arguments={
            "desk": desk.slug,
            "name": f"{desk.prefix}-{ticket.number}",
            "draft": begun.public_id,
            "step": "words",
            "public_id": file.public_id,
        },
        special={"portal:ask_sent": {"draft": draft.public_id}},
    )
