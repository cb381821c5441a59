"""A question that came by phone is stored by staff, through the door that everybody uses."""

import pytest
from time_machine import travel

from tests.factories import NOW, actor, make_desk, make_organisation, make_person, make_staff, policy_source
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.models import Clock, Message, Ticket

NEW = "/kompass/workspace/new/"
HEARD = {
    "subject": "Oväntat fel",
    "text": "Rutan blir tom.",
    "kind": "unexpected-error",
    "product": "suite",
    "priority": "high",
    "channel": "phone",
    "urgent": "yes",
}


def _look(office: Office, person: Person, *, status: int = 200, **given: str) -> Page:
    return read(office.client.post(NEW, {"person": str(person.pk), **HEARD, **given}), status=status)


def caller(office: Office, words: str) -> str:
    """Whose page the words lead to, where they mean one person."""
    return read(office.client.get(NEW, {"q": words}, follow=True)).one("h1").text.removeprefix("Nytt ärende för ")


@pytest.mark.parametrize("words", ["ekdahl", "Maj", "åsklinge", "maj åsk"])
def test_caller_who_is_found_alone_is_on_the_line_at_once(office: Office, words: str) -> None:
    make_person(make_organisation(office.desk, name="Norrtuna stad"), name="Nils Ros")
    assert caller(office, words) == "Maj Ekdahl"


def test_first_of_several_callers_is_one_press_away(office: Office) -> None:
    other = make_person(office.organisation, name="Nils Ros")
    page = read(office.client.get(NEW, {"q": "åsklinge"}))
    assert [link.text for link in page.all(".links__item a")] == ["Maj Ekdahl", other.name]
    assert [link.attributes.get("href") for link in page.all("[autofocus]")] == [f"{NEW}?person={office.person.pk}"]


def test_caller_who_is_not_there_is_told(office: Office) -> None:
    assert read(office.client.get(NEW, {"q": "Nemo"})).one(".empty__title").text == "Ingen hittades"


def test_decision_is_shown_before_the_call_is_stored(office: Office) -> None:
    page = _look(office, office.person)
    assert page.one("#outcome .route__stop--end .route__heading").text == "Teknisk support"
    assert (Ticket.unscoped.count(), page.one("#text").as_it_stands.strip()) == (0, "Rutan blir tom.")
    form = page.one("form[method=post][action]:has(#text)").fields()
    page = read(office.client.post(NEW, {**form, "store": "yes"}, follow=True))
    ticket = Ticket.unscoped.get()
    assert (ticket.requester_id, ticket.channel, ticket.priority) == (office.person.pk, "phone", "high")
    message = Message.unscoped.get()
    assert (message.by_kind, message.by_id, message.text) == ("person", office.person.pk, "Rutan blir tom.")
    assert page.one(".toast__text").text == f"KOM-{ticket.number} är sparat."
    assert page.one(".message__author").text == "Maj Ekdahl"
    assert page.one(".message__via").text == "Per telefon, Sven Berg skrev ner samtalet ·"
    assert page.all(".message--ours") == []
    assert page.all(".message__via a") == []


def test_customer_reads_a_call_as_what_they_said_and_of_no_other_way_in(office: Office) -> None:
    office.client.post(NEW, {"person": str(office.person.pk), **HEARD, "store": "yes"})
    calm = {name: value for name, value in HEARD.items() if name != "urgent"}
    office.client.post(NEW, {"person": str(office.person.pk), **calm, "store": "yes"})
    client = signed_in(office.person.account)
    for ticket in Ticket.unscoped.order_by("pk"):
        page = read(client.get(f"/kompass/tickets/KOM-{ticket.number}/"))
        assert page.one(".message--customer .message__author").text == "Maj Ekdahl"
        assert page.one(".message--customer .message__via").text == "Per telefon, Sven Berg skrev ner samtalet ·"
        why = [reason.text for reason in page.all(".because li")]
        assert why == [
            "Fel och sådant som inte fungerar enligt manualen hör till teknisk support.",
            "Du är supportkontakt för din organisation och har gått utbildningen.",
        ]


def test_call_of_somebody_without_support_goes_to_their_own_contacts_and_says_so(office: Office) -> None:
    user = make_person(office.organisation, name="Ulf Ek", contact=False, certified=False)
    calm = {name: value for name, value in HEARD.items() if name != "urgent"}
    page = read(office.client.post(NEW, {"person": str(user.pk), **calm, "store": "yes"}, follow=True))
    ticket = Ticket.unscoped.get()
    assert ticket.is_first_line
    assert page.one(".toast__text").text == (
        f"KOM-{ticket.number} är sparat. Kundens egna kontakter har ärendet nu, och bara de läser det."
    )
    said = read(signed_in(office.person.account).get(f"/kompass/tickets/KOM-{ticket.number}/"))
    assert said.one(".message__author").text == "Ulf Ek"
    assert said.one(".message__via").text == "Per telefon, Sven Berg skrev ner samtalet ·"


def test_call_is_no_answer_and_the_promise_of_one_runs_until_somebody_writes(office: Office) -> None:
    written = 'when = { channel = ["portal", "widget", "mail", "api"], scope = "in" }'
    source = policy_source("kompass").replace(written, 'when = { scope = "in" }')
    # The examples say that calls are promised nothing.
    publish_policy(desk=office.desk, source=source.partition("[[examples]]")[0], by=SYSTEM, now=NOW)
    with travel(NOW, tick=False):  # while the telephone is open
        office.client.post(NEW, {"person": str(office.person.pk), **HEARD, "store": "yes"})
    ticket, clock = Ticket.unscoped.get(), Clock.unscoped.get(name="first-answer")
    assert (clock.state, clock.due_at, ticket.customer_spoke_last) == ("running", ticket.next_deadline_at, True)
    reply(scope=office.scope, number=ticket.number, text="Prova nu.", by=actor(office.agent), now=clock.started_at)
    clock.refresh_from_db()
    assert clock.state == "met"


def test_call_that_the_policy_sends_elsewhere_is_not_stored(db: None) -> None:
    desk = make_desk("baver", slug="baver")
    client = signed_in(make_staff(desk, name="Stina Dal").account)
    person = make_person(make_organisation(desk, plan="support", products=("baver",)))
    given = {**HEARD, "person": str(person.pk), "kind": "invoice", "product": "", "priority": "normal", "store": "yes"}
    page = read(client.post("/baver/workspace/new/", given))
    assert page.one("#outcome .route__stop--end .route__heading").text == "Fakturor och avtal: ring eller mejla"
    said = page.one(".notice:not(:has(.notice__title))").text
    assert said.startswith("Policyn tar inte emot ärenden för den här frågan.")
    assert (page.all('button[name="store"]'), Ticket.unscoped.count()) == ([], 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": ""}, "kind"),
        ({"product": "nonsense"}, "product"),
        ({"product": ""}, "product"),
        ({"priority": "huge"}, "priority"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_wrong_call_keeps_what_was_typed(office: Office, wrong: dict[str, str], field: str) -> None:
    page = _look(office, office.person, status=422, store="yes", **wrong)
    assert [link.attributes["href"] for link in page.all(".error-summary a")] == [f"#{field}"]
    kept = page.one("form[method=post]:has(#text)").fields()
    expected = {name: value for name, value in {**HEARD, **wrong}.items() if name in {"subject", "text"}}
    assert {name: kept[name].strip() for name in expected} == {name: value.strip() for name, value in expected.items()}
    assert Ticket.unscoped.count() == 0


def test_t42_person_of_another_desk_is_not_found(office: Office) -> None:
    foreign = make_person(make_organisation(make_desk("baver", slug="baver"), plan="support", products=("baver",)))
    for person in (str(foreign.pk), "999999", "9" * 5_000, "x"):
        assert office.client.get(NEW, {"person": person}).status_code == 404
        assert office.client.post(NEW, {"person": person, **HEARD, "store": "yes"}).status_code == 404
    assert read(office.client.get(NEW, {"q": foreign.email})).all(".links__item a") == []


def test_customers_store_no_calls(office: Office) -> None:
    assert signed_in(office.person.account).post(NEW, HEARD).status_code == 404


@pytest.mark.parametrize(
    "number",
    [
        *("070-123 45 67", "0701234567", "+46 70 123 45 67", "004670 1234567", "1234567", "+46 (0)70-123 45 67"),
        *("tel:+46701234567", "tel:070-1234567", "TEL: 0701234567", "Tfn. 070-123 45 67", "callto:+46701234567"),
        *("070\N{EN DASH}123\N{NO-BREAK SPACE}45\N{NO-BREAK SPACE}67", " 070/123 45 67 ", "(070) 123.45.67"),
    ],
)
def test_caller_is_found_by_number(office: Office, number: str) -> None:
    make_person(office.organisation, name="Ove Lind", phone="+46 (0)70-123 45 67")
    assert caller(office, number) == "Ove Lind"


@pytest.mark.parametrize("words", ["2026", "12", "+", "---", "070"])
def test_short_numbers_are_words(office: Office, words: str) -> None:
    make_person(office.organisation, name="Ove Lind", email="ove@kund.example", phone="070-123 20 26")
    # Whose address the factory has given this number is found alone.
    found = read(office.client.get(NEW, {"q": words}, follow=True)).one("main")
    assert "Ove Lind" not in found.text


@pytest.mark.parametrize(
    ("plan", "products", "contact", "kind", "said"),
    [
        ("standard", ("suite",), True, "good", "Får ringa när det är bråttom: fråga när det måste vara klart."),
        ("standard", ("meetings",), True, "warning", "Det ingår inte för dem att ringa."),
        ("standard", ("suite",), False, "warning", "Det ingår inte för dem att ringa."),
    ],
)
def test_page_says_whether_they_may_call(
    office: Office, *, plan: str, products: tuple[str, ...], contact: bool, kind: str, said: str
) -> None:
    organisation = make_organisation(office.desk, plan=plan, products=products)
    person = make_person(organisation, contact=contact, certified=contact)
    page = read(office.client.get(NEW, {"person": str(person.pk)}))
    assert page.one(f".notice--{kind} .notice__title").text == said
    assert page.one(f".notice--{kind}").text != said


def test_whoever_may_call_is_judged_by_the_training_for_each_product(office: Office) -> None:
    per_product = policy_source("kompass").replace('per = "person"', 'per = "product"')
    publish_policy(desk=office.desk, source=per_product, by=SYSTEM, now=NOW)
    organisation = make_organisation(office.desk, products=("suite", "resource-planning"))
    person = make_person(organisation, certified=False)
    said = []
    for product in ("resource-planning", "suite"):
        record_certificate(person, product=product, passed_on=NOW.date(), by=SYSTEM, now=NOW)
        said.append(read(office.client.get(NEW, {"person": str(person.pk)})).one(".notice__title").text)
    assert said == [
        "Det ingår inte för dem att ringa.",
        "Får ringa när det är bråttom: fråga när det måste vara klart.",
    ]


def test_whoever_has_no_way_to_the_desk_hears_why_and_not_when_to_call(office: Office) -> None:
    person = make_person(make_organisation(office.desk, plan="standard", products=("suite",)), contact=False)
    said = read(office.client.get(NEW, {"person": str(person.pk)})).one(".notice--warning").text
    assert "Ring oss" not in said
    assert said != "Det ingår inte för dem att ringa."


def test_customer_with_one_product_asks_about_that_one(office: Office) -> None:
    alone = make_person(make_organisation(office.desk, products=("meetings",)))
    chosen = [
        read(office.client.get(NEW, {"person": str(person.pk)})).all("#product option[selected]")
        for person in (office.person, alone)
    ]
    assert [[option.attributes["value"] for option in options] for options in chosen] == [[], ["meetings"]]


def test_kind_that_the_words_tell_is_shown_and_waits_for_a_press(office: Office) -> None:
    page = _look(office, office.person, kind="", store="yes", text="Det kommer upp ett oväntat fel när jag sparar")
    assert page.one("#kind option[selected]").attributes["value"] == "unexpected-error"
    assert [button.attributes.get("name") for button in page.all("[autofocus]")] == ["store"]
    assert (Ticket.unscoped.count(), page.all("#outcome .route__stop--end") != []) == (0, True)
    form = page.one("form[method=post][action]:has(#text)").fields()
    assert office.client.post(NEW, {**form, "store": "yes"}).status_code == 303


def test_call_is_stored_with_the_fewest_words(office: Office) -> None:
    given = {"person": str(office.person.pk), "text": "Rutan blir tom. Det brådskar.", "kind": "unexpected-error"}
    more = {"product": "suite", "urgent": "yes", "deadline": "i dag kl. 15", "store": "yes"}
    assert office.client.post(NEW, given | more).status_code == 303
    ticket = Ticket.unscoped.get()
    assert (ticket.subject, ticket.facts["urgent"], ticket.channel) == ("Rutan blir tom.", True, "phone")
    assert Message.unscoped.get().text == "Rutan blir tom. Det brådskar.\n\nMåste vara klart: i dag kl. 15"
