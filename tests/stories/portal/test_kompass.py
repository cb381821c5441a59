"""The first text played through: every kind, every standing, and its eight example questions (A15)."""

from datetime import UTC, datetime

import pytest

from tests.stories.portal.asked import ask_by_portal
from tests.stories.portal.conftest import Kompass

#: Asked at 10 with four office hours to answer in.
IN_FOUR_HOURS = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
SUPPORT, LOCAL = "support", "local-contacts"
ACCOUNT, SUCCESS, PROJECT = "account-manager", "customer-success-manager", "project-manager"
HOLDERS = {SUPPORT: "", LOCAL: "", ACCOUNT: "Jonas Hedvall", SUCCESS: "Amira Salo", PROJECT: "Pelle Ring"}
SHOWN = {
    SUPPORT: "Vem som svarar Teknisk support",
    LOCAL: "Vem som svarar Era egna supportkontakter",
    ACCOUNT: "Vem som svarar Er kundansvariga JH Jonas Hedvall",
    SUCCESS: "Vem som svarar Er customer success manager AS Amira Salo",
    PROJECT: "Vem som svarar Er projektledare PR Pelle Ring",
}

#: Kind of question: where it goes from a contact on Standard, on Enterprise, and with a running project.
KINDS = {
    "unexpected-error": (SUPPORT, SUPPORT, SUPPORT),
    "function-broken": (SUPPORT, SUPPORT, SUPPORT),
    "not-as-documented": (SUPPORT, SUPPORT, SUPPORT),
    "login-problem": (SUPPORT, SUPPORT, SUPPORT),
    "change-request": (ACCOUNT, SUCCESS, PROJECT),
    "data-repair": (ACCOUNT, ACCOUNT, PROJECT),
    "permissions": (ACCOUNT, ACCOUNT, PROJECT),
    "training": (ACCOUNT, SUCCESS, PROJECT),
    "product-interest": (ACCOUNT, ACCOUNT, ACCOUNT),
    "agreement": (ACCOUNT, ACCOUNT, ACCOUNT),
    "evaluation-help": (ACCOUNT, SUCCESS, PROJECT),
    "report-setup": (ACCOUNT, SUCCESS, PROJECT),
    "setup-not-as-agreed": (ACCOUNT, SUCCESS, PROJECT),
}
EVERY_KIND = [
    (kind, asker, destination)
    for kind, destinations in KINDS.items()
    for asker, destination in zip(("standard", "enterprise", "project"), destinations, strict=True)
]


@pytest.mark.parametrize(("kind", "asker", "destination"), EVERY_KIND)
def test_every_kind_reaches_its_place(kompass: Kompass, kind: str, asker: str, destination: str) -> None:
    told = ask_by_portal(kompass.askers[asker], "Så här är det hos oss.", kind=kind, product="suite")

    assert SHOWN[destination] in told.said
    assert (told.destination, told.assignee) == (destination, HOLDERS[destination])
    assert told.promise == (IN_FOUR_HOURS if destination == SUPPORT else None)
    assert ("i dag kl. 14.00" in told.said) == (destination == SUPPORT)


@pytest.mark.parametrize(
    ("asker", "product", "destination"),
    [
        ("user", "suite", LOCAL),
        ("untrained", "suite", LOCAL),
        ("expired", "suite", LOCAL),
        # Users of resource planning, and of meetings alone, may ask digitally (A3).
        ("planning-user", "resource-planning", SUPPORT),
        ("meetings-user", "meetings", SUPPORT),
        # With the suite beside it, meetings go through the named people (A4).
        ("suite-and-meetings-user", "meetings", LOCAL),
        # A product that is not in the agreement.
        ("standard", "meetings", ACCOUNT),
    ],
)
def test_who_may_reach_support(kompass: Kompass, asker: str, product: str, destination: str) -> None:
    told = ask_by_portal(kompass.askers[asker], "Ett oväntat fel.", kind="unexpected-error", product=product)

    assert SHOWN[destination] in told.said
    assert told.destination == destination


def test_those_without_access_see_their_local_contacts(kompass: Kompass) -> None:
    told = ask_by_portal(kompass.askers["user"], "Ett oväntat fel.", kind="unexpected-error", product="suite")

    assert "Lo Kahl" in told.said
    assert "0555-123 40" in told.said
    assert "Skicka till dina kollegor" in told.said
    assert "Första svar senast" not in told.said


#: The text's own eight questions: words in Swedish and English, kind, who asks, where it goes.
EIGHT = [
    (
        "Vi vill veta mer om er modul för risker",
        "We want to know more about risks",
        "product-interest",
        "standard",
        ACCOUNT,
    ),
    ("Vad står det i vårt avtal?", "What does our agreement say?", "agreement", "enterprise", ACCOUNT),
    (
        "Hjälp oss utvärdera höstens rapportering",
        "Help us evaluate the autumn",
        "evaluation-help",
        "enterprise",
        SUCCESS,
    ),
    ("Hjälp oss utvärdera hösten", "Help us evaluate the autumn", "evaluation-help", "standard", ACCOUNT),
    ("Jag ska sätta upp en ny rapport", "I am to set up a new report", "report-setup", "enterprise", SUCCESS),
    ("Jag ska sätta upp en ny rapport", "I am to set up a new report", "report-setup", "standard", ACCOUNT),
    ("Min nya kollega kommer inte in", "My new colleague cannot get in", "login-problem", "standard", SUPPORT),
    ("Min nya kollega kommer inte in", "My new colleague cannot get in", "login-problem", "user", LOCAL),
    ("Det blir inte som manualen säger", "It is not as the manual says", "not-as-documented", "standard", SUPPORT),
    ("Det blir inte som manualen säger", "It is not as the manual says", "not-as-documented", "user", LOCAL),
    ("Det blev ett oväntat fel", "There was an unexpected error", "unexpected-error", "enterprise", SUPPORT),
    ("Det blev ett oväntat fel", "There was an unexpected error", "unexpected-error", "user", LOCAL),
    ("Uppsättningen blev inte som avtalat", "The set-up is not as agreed", "setup-not-as-agreed", "project", PROJECT),
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("swedish", "english", "kind", "asker", "destination"), EIGHT)
def test_the_eight_examples(
    kompass: Kompass, swedish: str, english: str, kind: str, asker: str, destination: str, language: str
) -> None:
    words = swedish if language == "sv" else english
    told = ask_by_portal(kompass.askers[asker], words, kind=kind, product="suite", language=language)

    assert (told.destination, told.assignee) == (destination, HOLDERS[destination])
    assert ("Vem som svarar" if language == "sv" else "Who answers") in told.said
    number = f"{kompass.desk.prefix}-{told.ticket.number if told.ticket else ''}"
    assert f"{'Tack, din fråga är skickad' if language == 'sv' else 'Thank you, your question is sent'} {number}" in (
        told.receipt
    )


def test_work_outside_support_says_that_an_offer_comes_first(kompass: Kompass) -> None:
    told = ask_by_portal(kompass.askers["standard"], "Rätta våra filter", kind="data-repair", product="suite")

    assert "Arbetet ingår inte i avtalet. Du får en offert innan något görs." in told.said
    assert "Inget arbete börjar innan ni har sagt ja." in told.said
    assert "Avtalet anger ingen tid för den här frågan" in told.said
