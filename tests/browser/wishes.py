"""Wishes of the world: one that many want and that is planned, one of the contact's own, one put to another."""

from datetime import datetime, timedelta

from tests import factories as make
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.wishes.models import Wish
from vaxel.domain.wishes.triage import Answer, answer_wish, merge_wish, show_wish
from vaxel.domain.wishes.wishing import WishWords, send_wish, want_too


def make_wishes(agent: Staff, *, wisher: Person, other: Person, now: datetime) -> None:
    """Wish 1 is shown, wanted and planned; 2 is the wisher's own and new; 3 is the same as 1."""
    began, scope, by = now - timedelta(days=2), make.desk_scope(agent.desk), make.actor(agent)
    first = _wish(other, "Jag vill ha ett mörkt läge i uppföljningsrapporteringssammanställningen.", now=began)
    _wish(wisher, "Jag hittar inget om att dela en mall.", now=began)
    third = _wish(wisher, "Kan bakgrunden vara svart?", now=began)
    title = {"sv": "Mörkt läge", "en": "Dark mode"}
    shown = show_wish(title, scope=scope, number=first.number, seen_version=first.version, by=by, now=began)
    want_too(
        scope=make.customer_scope(wisher),
        person_id=wisher.pk,
        number=first.number,
        by=make.actor(wisher),
        now=began,
    )
    merge_wish(scope=scope, number=third.number, into=first.number, by=by, now=began)
    said = Answer(
        state="planned",
        text={"sv": "Vi bygger det i vår.", "en": "We build it in spring."},
        article="rapportmall",
        release="2026.4",
    )
    answer_wish(said, scope=scope, number=first.number, seen_version=shown.version, by=by, now=now)


def _wish(person: Person, text: str, *, now: datetime) -> Wish:
    return send_wish(
        WishWords(text=text, language="sv", article="rapportmall", searched="mall"),
        desk=person.organisation.desk,
        reader=ManualReader(person.desk_id, person_id=person.pk),
        person_id=person.pk,
        by=make.actor(person),
        now=now,
    )
