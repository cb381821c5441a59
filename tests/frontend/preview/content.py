"""Lifelike Swedish content for the preview pages; all names are invented."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from vaxel.surfaces.ui.shapes import (
    Chrome,
    Event,
    FieldError,
    File,
    Link,
    Message,
    Moment,
    Option,
    Person,
    Promise,
    Reason,
    Status,
    Step,
    SummaryRow,
    TicketRow,
)

ASA: Final = Person(
    name="Åsa Öhrnberg",
    initials="ÅÖ",
    role="Systemförvaltare",
    organisation="Granåsa kommun",
    phone="0555-123 40",
    mail="asa.ohrnberg@granasa.example",
)
MALIK: Final = Person(
    name="Malik Sundén",
    initials="MS",
    role="Verksamhetsutvecklare",
    organisation="Granåsa kommun",
    phone="0555-123 41",
    mail="malik.sunden@granasa.example",
)
LINNEA: Final = Person(name="Linnea Ek", initials="LE", role="Support", organisation="Kompass", ours=True)
JONAS: Final = Person(
    name="Jonas Hedvall",
    initials="JH",
    role="Kundansvarig",
    organisation="Kompass",
    phone="010-555 01 20",
    mail="jonas.hedvall@kompass.example",
    ours=True,
)

NEW: Final = Status(key="new", label="Nytt")
OPEN: Final = Status(key="open", label="Pågår")
YOURS: Final = Status(key="waiting-customer", label="Väntar på kund")
THIRD: Final = Status(key="waiting-third", label="Väntar på annan")
SOLVED: Final = Status(key="solved", label="Löst")
CLOSED: Final = Status(key="closed", label="Stängt")


def _letter(name: str) -> Markup:
    text = (Path(__file__).parent / "letters" / f"{name}.html").read_text()
    return Markup(text)  # noqa: S704  # our own file


def _promise(exact: str, relative: str = "", *, state: str = "ok", label: str = "Svar senast") -> Promise:
    at = Moment(iso="2026-11-20T14:20:00+01:00", exact=exact, relative=relative)
    return Promise(label=label, at=at, state=state)  # type: ignore[arg-type]  # literals of this file


def _at(exact: str, relative: str = "") -> Moment:
    return Moment(iso="2026-11-20T10:12:00+01:00", exact=exact, relative=relative)


def _row(number: int, subject: str, who: str, status: Status, promise: Promise | None, **more: Any) -> TicketRow:
    return TicketRow(
        number=f"KOM-{number}",
        url="workspace-ticket-light.html",
        subject=subject,
        who=who,
        status=status,
        promise=promise,
        **more,
    )


ROWS: Final = (
    _row(
        1188,
        "Oväntat fel när jag sparar målet för 2027",
        "Granåsa kommun",
        NEW,
        _promise("11:42", "om 24 min", state="soon"),
        unread=True,
    ),
    _row(
        1187,
        "Ingen av våra nämndsekreterare kommer in i modulen för möten",
        "Region Norrvik",
        NEW,
        _promise("12:10", "om 52 min", state="soon"),
        unread=True,
        assignee=LINNEA,
    ),
    _row(
        1185,
        "Rapporten för delårsbokslutet visar fjolårets siffror",
        "Åsnebo kommun",
        OPEN,
        _promise("09:30", "för 48 min sedan", state="late"),
        assignee=LINNEA,
    ),
    _row(
        1184,
        "Behörighet för ny controller",
        "Almöfors Energi AB",
        OPEN,
        _promise("i dag kl. 14.20", "om 3 h 2 min"),
        assignee=JONAS,
        current=True,
    ),
    _row(
        1181,
        "Verksamhetsplaneringsprocessens handläggningsunderlagsmall går inte att öppna i senaste versionen",
        "Samordningsförbundet för arbetsmarknadsinriktad rehabilitering i Övre Granådalen",
        OPEN,
        _promise("i dag kl. 15.05", "om 3 h 47 min"),
    ),
    _row(
        1179,
        "Hur låser jag en avslutad uppföljning?",
        "Granåsa kommun",
        YOURS,
        _promise("väntar på kund", "", state="paused"),
        assignee=LINNEA,
    ),
    _row(
        1176,
        "Kopplingen till ekonomisystemet hämtar inga nya konton",
        "Tallboda kommun",
        THIRD,
        _promise("pausat", "", state="paused"),
        assignee=LINNEA,
    ),
    _row(
        1172,
        "Det går inte att bifoga pdf i mötesprotokoll",
        "Myndigheten för vattenvägar",
        OPEN,
        _promise("i morgon kl. 09.15", "om 6 h 57 min"),
    ),
    _row(
        1169,
        "Importen av enheter stannar på rad 412",
        "Björkvika kommun",
        OPEN,
        _promise("i morgon kl. 10.00", "om 7 h 42 min"),
        assignee=LINNEA,
    ),
    _row(
        1163,
        "Texten i utskicket saknar å, ä och ö",
        "Ljungsele kommun",
        SOLVED,
        _promise("i går kl. 16.02", "", state="met"),
        assignee=LINNEA,
    ),
    _row(
        1158,
        "Fråga om utbildning för tre nya administratörer",
        "Åsnebo kommun",
        SOLVED,
        _promise("i går kl. 11.40", "", state="met"),
        assignee=JONAS,
    ),
    _row(1151, "Diagram visas tomt i Firefox", "Region Norrvik", CLOSED, None, assignee=LINNEA),
)

CONVERSATION: Final = (
    Message(
        id="m1",
        author=ASA,
        at=_at("i dag kl. 10.12"),
        kind="customer",
        lang="sv",
        via="Portalen",
        html=_letter("question"),
        files=(
            File(name="Skärmbild hela fönstret 2026-11-20 kl. 10.08.png", url="#", facts="PNG, 412 kB"),
            File(name="handläggningsunderlag.pdf", url="#", facts="PDF, 1,2 MB"),
        ),
    ),
    Message(
        id="m2",
        author=LINNEA,
        at=_at("i dag kl. 10.40"),
        kind="note",
        html=_letter("note"),
    ),
    Message(
        id="m3",
        author=LINNEA,
        at=_at("i dag kl. 10.51"),
        kind="ours",
        lang="sv",
        html=_letter("answer"),
        to="Till Åsa Öhrnberg, kopia till Malik Sundén",
        quoted=Markup("<p>Hej! När jag sparar målet God livsmiljö 2027 kommer rutan …</p>"),
        unread=True,
    ),
)

EVENTS: Final = (
    Event(text="Linnea Ek tog ärendet", at=_at("i dag kl. 10.38"), icon="assign"),
    Event(
        text="Typ ändrad från Funktion som slutat fungera till Oväntat fel",
        at=_at("i dag kl. 10.39"),
        icon="edit",
        why="Målet är detsamma: support",
    ),
)

REASONS: Final = (
    Reason(text="Ett oväntat fel i programmet ingår i ert avtal.", rule="unexpected-error-in-scope"),
    Reason(
        text="Du är supportkontakt för Granåsa kommun och har ett giltigt utbildningsintyg.",
        rule="contact-with-certificate",
    ),
    Reason(
        text="Enterprise får första svar inom fyra timmar under våra öppettider.",
        rule="first-answer-enterprise",
    ),
)


PORTAL_NAV: Final = (
    Link(label="Hem", url="home-light.html"),
    Link(label="Ställ en fråga", url="ask-light.html"),
    Link(label="Ärenden", url="ticket-light.html", count=4),
    Link(label="Manual", url="#manual"),
    Link(label="Lokala kontakter", url="#contacts"),
)
FOOTER_LINKS: Final = (
    Link(label="Öppettider och telefon", url="#"),
    Link(label="Tillgänglighetsredogörelse", url="#"),
    Link(label="Personuppgifter", url="#"),
)


def chrome_for(page: str, theme: Any) -> Chrome:
    """The frame of the workspace or of the portal."""
    inside = page.startswith("workspace")
    return Chrome(
        desk_name="Kompass",
        place="" if inside else "Support",
        home_url="workspace-inbox-light.html" if inside else "home-light.html",
        accent_url="accent.css" if inside else "",
        nav=() if inside else PORTAL_NAV,
        person=LINNEA if inside else ASA,
        sign_out_url="#out",
        language_url="#language",
        languages=(Option(value="sv", label="Svenska"), Option(value="en", label="English")),
        theme_url="#theme",
        theme=theme,
        footer_links=() if inside else FOOTER_LINKS,
    )


CONTENT: Final[dict[str, Any]] = {
    "asa": ASA,
    "malik": MALIK,
    "linnea": LINNEA,
    "portal_nav": PORTAL_NAV,
    "jonas": JONAS,
    "statuses": (NEW, OPEN, YOURS, THIRD, SOLVED, CLOSED),
    "rows": ROWS,
    "inbox_rows": tuple(replace(row, current=False) for row in ROWS),
    "conversation": CONVERSATION,
    "events": EVENTS,
    "reasons": REASONS,
    "promise_today": _promise("i dag kl. 14.20", "om 2 h 10 min"),
    "promise_late": _promise("i dag kl. 09.30", "för 48 min sedan", state="late"),
    "promise_soon": _promise("i dag kl. 11.42", "om 24 min", state="soon"),
    "promise_met": _promise("i går kl. 16.02", state="met", label="Första svar"),
    "promise_paused": _promise("väntar på dig", state="paused", label="Nästa svar"),
    "steps": (
        Step(label="Din fråga", state="done", url="ask-light.html"),
        Step(label="Typ av fråga", state="done", url="#"),
        Step(label="Uppgifter", state="current"),
        Step(label="Granska och skicka", state="ahead"),
    ),
    "review_steps": (
        Step(label="Din fråga", state="done", url="ask-light.html"),
        Step(label="Typ av fråga", state="done", url="#"),
        Step(label="Uppgifter", state="done", url="#"),
        Step(label="Granska och skicka", state="current"),
    ),
    "kinds": (
        Option(
            value="unexpected-error",
            label="Oväntat fel",
            hint="Programmet visar ett felmeddelande eller stannar.",
            badge="Föreslagen",
        ),
        Option(
            value="function-broken",
            label="Något har slutat fungera",
            hint="Det gick förut men går inte längre.",
        ),
        Option(
            value="not-as-documented",
            label="Fungerar inte som i manualen",
            hint="Programmet gör något annat än det som står.",
        ),
        Option(
            value="permissions",
            label="Behörigheter och användare",
            hint="Någon behöver komma in eller få se mer.",
        ),
    ),
    "priorities": (
        Option(value="low", label="Låg", hint="En fråga eller ett mindre fel. Du kan vänta."),
        Option(value="normal", label="Normal", hint="Felet stör, men du kan arbeta vidare."),
        Option(value="high", label="Hög", hint="En viktig del av arbetet står still."),
        Option(
            value="critical",
            label="Kritisk",
            hint="Hela verksamheten står still, till exempel en hel kommun.",
        ),
    ),
    "summary": (
        SummaryRow(
            name="Din fråga",
            value="När jag sparar målet God livsmiljö 2027 kommer rutan ”Oväntat fel, försök igen”.",
            change_url="#",
        ),
        SummaryRow(name="Typ av fråga", value="Oväntat fel", change_url="#"),
        SummaryRow(name="Produkt", value="Kompass planering", change_url="#"),
        SummaryRow(
            name="Det gjorde du före felet",
            value="Öppnade planen för 2027\nBytte ansvarig på målet\nTryckte på Spara",
            change_url="#",
        ),
        SummaryRow(name="Version", value="8.9.0", change_url="#"),
        SummaryRow(name="Ärendenummer i produkten", value="", change_url="#"),
        SummaryRow(
            name="Bifogade filer",
            value="Skärmbild hela fönstret 2026-11-20 kl. 10.08.png\nhandläggningsunderlag.pdf",
            change_url="#",
        ),
        SummaryRow(name="Prioritet", value="Hög", change_url="#"),
    ),
    "errors": (
        FieldError(field="before", text="Beskriv vad du gjorde före felet"),
        FieldError(field="version", text="Ange version med tre tal, till exempel 8.9.0"),
    ),
    "kept": (File(name="Skärmbild hela fönstret 2026-11-20 kl. 10.08.png", url="f1", facts="PNG, 412 kB"),),
    "views_mine": (
        Link(label="Mina", url="#", icon="mine", count=12),
        Link(label="Ej tagna", url="#", icon="unassigned", count=7),
        Link(label="Snart dags", url="#", icon="due", count=2, alarm=True),
        Link(label="Väntar", url="#", icon="waiting", count=31),
        Link(label="Alla öppna", url="workspace-inbox-light.html", icon="inbox", count=86, current=True),
    ),
    "views_roles": (
        Link(label="Kundansvariga", url="#", icon="agreement", count=9),
        Link(label="Framgångsansvariga", url="#", icon="people", count=4),
        Link(label="Projektledare", url="#", icon="project", count=3),
    ),
}
