"""Questions that are asked at once: each is a draft that follows the one before it, and shares its facts (B12).

Every card is kept from the moment it is divided, so that nothing is lost when only the first is sent: the others
stand among the drafts on the start page.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.drafts import discard_draft, new_draft, open_drafts, save_draft
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.surfaces.asking.answers import Answers, from_data
from vaxel.surfaces.portal.beginnings import begun_after
from vaxel.surfaces.ui.gate import CustomerPlace


def keep_followers(draft: Draft, cards: Sequence[str], *, place: CustomerPlace) -> None:
    """The draft is the first card; each of the others follows the one before it. Cards that are gone are gone."""
    known = followers(draft, place=place)
    of = len(cards) if len(cards) > 1 else 0
    first = replace(from_data(draft.data), words=cards[0], nth=1 if of else 0, of=of)
    save_draft(draft, data=first.as_data(), now=place.now)
    before = draft
    for number, words in enumerate(cards[1:], start=2):
        old = known[number - 2] if len(known) > number - 2 else None
        begun = Answers(product=first.product) if old is None else from_data(old.data)
        data = replace(begun, words=words, nth=number, of=of, follows=before.public_id).as_data()
        before = _kept(old, data, place=place)
    for each in known[len(cards) - 1 :]:
        discard_draft(each)


def _kept(old: Draft | None, data: dict[str, Any], *, place: CustomerPlace) -> Draft:
    if old is not None:
        save_draft(old, data=data, now=place.now)
        return old
    viewer = place.viewer
    return new_draft(
        desk_id=place.desk.pk,
        organisation_id=viewer.organisation_id,
        person_id=viewer.person_id,
        data=data,
        now=place.now,
    )


def followers(draft: Draft, *, place: CustomerPlace) -> list[Draft]:
    """The drafts after this one, in their order; one query."""
    drafts = open_drafts(scope=place.scope, person_id=place.viewer.person_id)
    after = {follows: each for each in drafts if (follows := from_data(each.data).follows)}
    found: list[Draft] = []
    current = draft
    while (following := after.pop(current.public_id, None)) is not None:
        found.append(following)
        current = following
    return found


def share_facts(draft: Draft, ticket: Ticket, *, place: CustomerPlace) -> None:
    """What the sent question has told of product, versions and colleague need not be told again by the next ones."""
    shared = begun_after(ticket, policy=current_policy(place.desk))
    for each in followers(draft, place=place):
        answers = from_data(each.data)
        begun = replace(
            answers,
            product=answers.product or shared.product,
            fields={**shared.fields, **answers.fields},
            colleague_name=answers.colleague_name or shared.colleague_name,
            colleague_phone=answers.colleague_phone or shared.colleague_phone,
            colleague_email=answers.colleague_email or shared.colleague_email,
            colleague_copy=answers.colleague_copy or shared.colleague_copy,
        )
        save_draft(each, data=begun.as_data(), now=place.now)
