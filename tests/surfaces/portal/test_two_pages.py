"""One draft open on two pages: neither loses what was typed on the other."""

import re

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, text_of
from vaxel.domain.tickets.models import Draft, Ticket

BACK_FOR_ANOTHER_WINDOW = (
    "Inget har skickats än. Du ändrade frågan i ett annat fönster efter att sidan öppnades. "
    "Så här ser den ut nu: läs igenom den och skicka om den stämmer."
)
BACK_FOR_OTHER_TERMS = (
    "Inget har skickats än. Villkoren eller dina rättigheter ändrades efter att sidan öppnades, och nu är det någon "
    "annan som svarar på frågan. Se vem det är och skicka om det stämmer."
)
WORDS = "Protokollet går inte att skriva ut"


def to_details(bo: Customer) -> Asking:
    asking = begin(bo.client, bo.desk.slug, WORDS)
    asking.post("kind", kind="fault", product="baver", topic="protocol")
    return asking


def opened(asking: Asking, step: str = "details", mark: str = "seen") -> str:
    """A page of the draft: the mark of its form."""
    found = re.search(rf'name="{mark}" value="([^"]+)"', asking.get(step).content.decode())
    assert found
    return found.group(1)


def kept() -> dict[str, str]:
    data = Draft.unscoped.get().data
    return {**data["fields"], "words": data["words"]}


def test_a_page_that_was_opened_earlier_undoes_nothing(bo: Customer) -> None:
    asking = to_details(bo)
    first, second = opened(asking), opened(asking)
    asking.post("save/details", seen=first, **{"field-what-happened": "Skrivaren stod still", "field-version": ""})
    asking.post("save/details", seen=second, **{"field-what-happened": WORDS, "field-version": "8.9.0"})

    assert (kept()["words"], kept()["version"]) == ("Skrivaren stod still", "8.9.0")


def test_a_page_may_change_and_empty_what_it_wrote_itself(bo: Customer) -> None:
    asking = to_details(bo)
    mark = opened(asking)
    for version in ("8.", "8.9", ""):
        asking.post("save/details", seen=mark, **{"field-version": version})

    assert kept()["version"] == ""


def test_both_texts_of_one_field_are_kept_and_told(bo: Customer) -> None:
    asking = to_details(bo)
    first, second = opened(asking), opened(asking)
    asking.post("save/details", seen=first, **{"field-what-before": "Jag öppnade mallen"})
    for text in ("Jag bytte", "Jag bytte skrivare"):
        saved = asking.post("save/details", seen=second, **{"field-what-before": text})
    page = asking.post("details", seen=second, **{"field-what-before": "Jag bytte skrivare"})

    assert kept()["what-before"] == "Jag öppnade mallen / Jag bytte skrivare"
    assert "b%C3%A5da%20texterna" in saved.headers["X-Saved"]
    assert "Du skrev också på en annan sida. Båda texterna står här nu." in text_of(page)


def test_own_words_of_two_pages_are_both_kept(bo: Customer) -> None:
    asking = begin(bo.client, bo.desk.slug, "Det blir fel")
    first, second = opened(asking, "words"), opened(asking, "words")
    asking.post("save/words", seen=first, words="Det blir fel i protokollet")
    asking.post("words", seen=second, words="Det blir fel varje dag")

    assert kept()["words"] == "Det blir fel i protokollet / Det blir fel varje dag"


def test_what_was_changed_on_another_page_is_shown_before_it_is_sent(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)
    asking.post("kind", kind="unexpected-error", product="suite")
    asking.post("details", **{"field-description": WORDS, "impact-0": "1", "checked": "read-manual"})
    shown = opened(asking, "review", mark="shown")
    asking.post("kind", kind="training", product="suite")

    said = text_of(asking.post("review", shown=shown))
    assert "customer success manager" in said.lower()
    assert BACK_FOR_ANOTHER_WINDOW in said
    assert BACK_FOR_ANOTHER_WINDOW not in text_of(asking.get("review"))
    assert not Ticket.unscoped.exists()
    again = asking.post("review", shown=opened(asking, "review", mark="shown"))
    assert again.headers["Location"] == asking.at("sent")
    assert Ticket.unscoped.get().kind == "training"


def test_what_is_decided_otherwise_by_now_says_so(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, WORDS)
    asking.post("kind", kind="unexpected-error", product="suite")
    asking.post("details", **{"field-description": WORDS, "impact-0": "1", "checked": "read-manual"})
    at, destination = opened(asking, "review", mark="shown").split(" ")

    assert destination == "support"
    assert BACK_FOR_OTHER_TERMS in text_of(asking.post("review", shown=f"{at} local-contacts"))
    assert not Ticket.unscoped.exists()


def test_words_for_a_draft_that_was_thrown_away_elsewhere_are_kept_in_a_new_one(bo: Customer) -> None:
    asking = to_details(bo)
    asking.post("discard")

    anew = bo.client.post(asking.at("words"), {"words": "Lång fråga som skrevs färdigt på en annan enhet"}, follow=True)

    assert asking.draft not in anew.redirect_chain[0][0]
    assert "Utkastet var kastat. Det du skrev finns kvar i ett nytt." in text_of(anew)
    assert "Lång fråga som skrevs färdigt på en annan enhet" in text_of(anew)
