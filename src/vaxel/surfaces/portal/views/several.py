"""Several questions at once: up to three cards, each of which becomes a ticket of its own (B12)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Draft
from vaxel.domain.tickets.pace import require_pace_to_begin
from vaxel.surfaces.asking.answers import MOST_WORDS, clean, from_data
from vaxel.surfaces.asking.several import MOST, questions_in
from vaxel.surfaces.portal.following import followers, keep_followers
from vaxel.surfaces.portal.frame import ASK, portal_url, show
from vaxel.surfaces.portal.pages.asking import steps
from vaxel.surfaces.portal.views.asking import draft_page
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import FieldError


@draft_page
def several(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """The text divided as it seems to be meant, for the asker to put right; one card left is one question."""
    if request.method != "POST":
        return _cards(request, place, draft, cards=_divided(draft, place))
    cards = [clean(request.POST.get(f"card-{number}", "")) for number in range(1, MOST + 1)]
    errors = _problems(cards)
    if errors:
        return _cards(request, place, draft, cards=cards, errors=errors)
    require_pace_to_begin(person_id=place.viewer.person_id, now=place.now)
    keep_followers(draft, [card for card in cards if card], place=place)
    return HttpResponseRedirect(portal_url("ask_kind", place, draft=draft.public_id))


def _divided(draft: Draft, place: CustomerPlace) -> list[str]:
    """What the cards hold already, or what the words look like; the first card holds what could not be divided."""
    answers = from_data(draft.data)
    if answers.of:
        return [answers.words, *(from_data(each.data).words for each in followers(draft, place=place))]
    return list(questions_in(answers.words)) or [answers.words]


def _problems(cards: list[str]) -> tuple[FieldError, ...]:
    if not any(cards):
        return (FieldError(field="card-1", text=_("Write your question")),)
    return tuple(
        FieldError(field=f"card-{number}", text=_("Shorten the question to at most %d characters") % MOST_WORDS)
        for number, card in enumerate(cards, start=1)
        if len(card) > MOST_WORDS
    )


def _cards(
    request: HttpRequest,
    place: CustomerPlace,
    draft: Draft,
    *,
    cards: list[str],
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    said = {error.field: error.text for error in errors}
    return show(
        request,
        place,
        "ask_several",
        part=ASK,
        title=_("One card for each question"),
        errors=errors,
        steps=steps(place, draft, "words"),
        cards=[(number, (cards + [""] * MOST)[number - 1]) for number in range(1, MOST + 1)],
        said=said,
        back=portal_url("ask_words", place, draft=draft.public_id),
        discard=portal_url("ask_discard", place, draft=draft.public_id),
    )
