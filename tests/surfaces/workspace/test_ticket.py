"""The ticket page: who, why, by when; what was said; and what was done."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, customer_scope, hold_role, make_desk, make_person, make_project, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.conversation import note, reply, save_reply_draft
from vaxel.domain.tickets.lifecycle import close, set_priority, solve
from vaxel.domain.tickets.models import Message, ReplyDraft, Ticket
from vaxel.domain.tickets.question import CHECKED, IMPACT, SUGGESTED_PRIORITY, OnBehalfOf
from vaxel.domain.tickets.read_mark import ReadMark
from vaxel.domain.tickets.status import Status

#: All that can be put where people's words are shown (trust 30).
CANARY = '"><svg onload=alert(1)>'


def _page(office: Office, ticket: Ticket, query: str = "?view=all") -> Page:
    return read(office.client.get(office.url(ticket) + query))


def _facts(page: Page, section: str) -> dict[str, str]:
    names = page.all(f"#{section} .facts__name")
    return dict(
        zip([name.text for name in names], [one.text for one in page.all(f"#{section} .facts__value")], strict=True)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_ticket_costs_six_queries_however_long(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tickets = [ask(office.person) for _ in range(count)]
    ticket = tickets[0]
    for number in range(count):
        at = NOW + timedelta(minutes=number)
        draft = save_reply_draft(scope=office.scope, number=ticket.number, text="Svar", by=actor(office.agent), now=at)
        file = Incoming(name="bild.png", content_type="image/png", size=3, chunks=[str(number).encode()])
        store_for_draft(file, draft=draft, organisation_id=office.organisation.pk, now=at)
        reply(scope=office.scope, number=ticket.number, text="Svar", by=actor(office.agent), now=at)
        note(scope=office.scope, number=ticket.number, text="Intern", by=actor(office.agent), now=at)
        save_reply_draft(scope=office.scope, number=ticket.number, text="Utkast", by=actor(office.agent), now=at)
    _page(office, ticket)
    # Who asks, ticket, what stands on it, the list beside, the frame; and once the page has
    # gone out, that it was read.
    with django_assert_num_queries(6):
        page = _page(office, ticket)
    assert len(page.all(".message")) == 1 + 2 * count


def test_conversation_stands_in_the_order_of_time(office: Office, ticket: Ticket) -> None:
    minute, by = timedelta(minutes=1), actor(office.agent)
    reply(scope=office.scope, number=ticket.number, text="Vilken version?", by=by, now=NOW + minute)
    note(scope=office.scope, number=ticket.number, text="Liknar förra veckan.", by=by, now=NOW + 2 * minute)
    set_priority(scope=office.scope, number=ticket.number, priority="high", by=by, now=NOW + 3 * minute)
    own = customer_scope(office.person)
    reply(scope=own, number=ticket.number, text="8.9", by=actor(office.person), now=NOW + 4 * minute)
    page = _page(office, ticket)
    said = [
        part.one(".message__body").text if part.name == "article" else part.text
        for part in page.all(".conversation > *")
    ]
    assert [words.split(" · ")[0] for words in said] == [
        "Det står att ett oväntat fel har inträffat.",
        "Vilken version?",
        "Liknar förra veckan.",
        "Sven Berg ändrade prioriteten från Normal till Hög",
        "8.9",
    ]
    kinds = [part.attributes["class"].split()[-1] for part in page.all(".conversation > article")]
    assert kinds == ["message--customer", "message--ours", "message--note", "message--customer"]
    assert page.one(".message__label").text == "Intern anteckning: kunden ser den inte"


def test_why_it_is_here_names_rules_and_promises(office: Office, ticket: Ticket) -> None:
    page = _page(office, ticket)
    assert page.one("#panel-why .route__stop--end .route__heading").text == "Teknisk support"
    assert [rule.text for rule in page.all("#panel-why .because__rule")] == [
        reason["rule"] for reason in ticket.decision["because"]
    ]
    promise = page.one("#panel-promises .promise")
    assert promise.one(".promise__label").text == "Första svar"


@pytest.mark.parametrize(
    ("then", "state"),
    [(None, "hållet (mål)"), (Status.WAITING_CUSTOMER, "hållet (mål)"), ("unanswered", "har passerat (mål)")],
)
def test_promise_tells_how_it_stands(office: Office, ticket: Ticket, then: Status | str | None, state: str) -> None:
    if then != "unanswered":
        reply(
            scope=office.scope,
            number=ticket.number,
            text="Svar",
            by=actor(office.agent),
            now=NOW + timedelta(minutes=5),
            then=Status(then) if then else None,
        )
    page = _page(office, ticket)
    assert page.one("#panel-promises .promise__relative").text == state


def test_panel_tells_who_asks_and_what_they_have(office: Office) -> None:
    manager, leader = make_staff(office.desk, name="Kim Dahl"), make_staff(office.desk, name="Pia Wall")
    hold_role(manager, "account-manager")
    make_project(office.organisation, manager=leader)
    make_person(office.organisation, name="Ove Lind")
    colleague = OnBehalfOf(name="Bo Ek", phone="0555-1", email="bo@kund.example", copy=True)
    impact = {"question": {"sv": "Kan du arbeta vidare?"}, "answer": {"sv": "Nej, inte med den här uppgiften"}}
    answers = {"page": "Mål", CHECKED: ["manual"], SUGGESTED_PRIORITY: "high", IMPACT: [impact]}
    ticket = ask(office.person, on_behalf_of=colleague, fields=answers)
    page = _page(office, ticket)
    assert [name.text for name in page.all("#panel-who .person__name")] == ["Maj Ekdahl", "Bo Ek"]
    assert _facts(page, "panel-organisation") == {
        "Avtal": "Standard",
        "Produkter": "Kompass verksamhetsstyrning, Kompass möten",
        "Supportkontakter": "2 av 2: Maj Ekdahl, Ove Lind",
        "Pågående projekt": "Införande, leds av Pia Wall",
        "Kundansvarig": "Kim Dahl",
    }
    told = _facts(page, "panel-answers")
    assert (told["Föreslagen prioritet"], told["Har redan provat"]) == ("Hög", "manual")
    assert told["Kan du arbeta vidare?"] == "Nej, inte med den här uppgiften"
    assert "Mål" in told.values()
    to = page.one(".composer__to.only-reply:not(.needs-script)").text
    assert to == f"Går till Maj Ekdahl ({office.person.email}), kopia till Bo Ek (bo@kund.example)."


def test_urgent_question_says_so_and_by_which_day(office: Office) -> None:
    page = _page(office, ask(office.person, urgent=True, fields={"deadline": "2026-11-27"}))
    assert [each.text for each in page.all(".page-head__meta .badge--warning")] == ["Bråttom"]
    told = _facts(page, "panel-answers")
    assert (told["Bråttom"], told["När måste det vara klart?"]) == ("Ja", "fredag 27 november")


def test_earlier_tickets_begin_with_those_about_the_same_case(office: Office) -> None:
    same, other, ticket = ask(office.person), ask(office.person), ask(office.person)
    Ticket.unscoped.filter(pk__in=[same.pk, ticket.pk]).update(case_reference="BYGG.2022.194")
    page = _page(office, ticket)
    names = [link.text.split()[0] for link in page.all("#panel-earlier a")]
    assert names == [f"KOM-{same.number}", f"KOM-{other.number}"]
    assert page.all("#panel-earlier .soft")[0].text == "Nytt · samma ärende i produkten"


def test_mail_that_did_not_arrive_is_told_beside_its_words(office: Office, ticket: Ticket) -> None:
    said = reply(scope=office.scope, number=ticket.number, text="Svar", by=actor(office.agent), now=NOW)
    _mail(said, state=OutgoingMail.State.FAILED, reason="refused:550 no such user")
    page = _page(office, ticket)
    assert page.one(".message .notice p").text == (
        "Mejl till maj@kund.example: inte skickat. "
        "E-postservern tar inte emot mejlet. Kontrollera adressen. 550 no such user."
    )


def _mail(message: Message, *, state: OutgoingMail.State, reason: str = "") -> OutgoingMail:
    return OutgoingMail.objects.create(
        desk_id=message.desk_id,
        organisation_id=message.organisation_id,
        ticket_id=message.ticket_id,
        message=message,
        kind="answer",
        language="sv",
        recipient="maj@kund.example",
        header_id=f"<{message.pk}@kompass.example>",
        state=state,
        reason=reason,
        created_at=NOW,
    )


def test_list_beside_the_ticket_keeps_view_and_filter(office: Office, ticket: Ticket) -> None:
    ask(office.person, priority="high")
    page = _page(office, ticket, "?view=open&priority=normal")
    assert [row.attributes["href"] for row in page.all(".ticket-row__link")] == [
        office.url(ticket) + "?view=open&priority=normal"
    ]
    assert page.one(".ticket-row--current .ticket-row__link").attributes["aria-current"] == "true"
    assert (
        page.one(".composer").attributes["action"] == office.url(ticket, "conversation/") + "?view=open&priority=normal"
    )


def test_reading_is_remembered_by_post_alone(office: Office, ticket: Ticket) -> None:
    _page(office, ticket)
    assert ReadMark.objects.count() == 0
    assert office.client.post(office.url(ticket, "read/"), headers={"HX-Request": "true"}).status_code == 204
    assert ReadMark.objects.get().staff_id == office.agent.pk


def test_draft_is_kept_while_it_is_written(office: Office, ticket: Ticket) -> None:
    answer = office.client.post(office.url(ticket, "draft/"), {"body": "Hej", "body_html": "<p>Hej <b>du</b></p>"})
    assert (answer.status_code, answer["X-Saved"].startswith("Utkastet%20sparat")) == (204, True)
    draft = ReplyDraft.unscoped.get()
    assert (draft.text, draft.html, draft.by_id) == ("Hej du", "<p>Hej <b>du</b></p>", office.agent.pk)
    page = _page(office, ticket)
    assert page.one('input[name="body_html"]').attributes["value"] == "<p>Hej <b>du</b></p>"
    assert office.client.post(office.url(ticket, "draft/"), {"body": " "}).status_code == 204
    assert ReplyDraft.unscoped.count() == 0


def test_note_that_is_being_written_comes_back_as_a_note_and_never_as_an_answer(office: Office, ticket: Ticket) -> None:
    office.client.post(office.url(ticket, "draft/"), {"body": "Kunden är arg", "mode": "note"})
    page = _page(office, ticket)
    assert page.one("form.composer").fields()["mode"] == "note"
    assert page.one("form.composer textarea").text == "Kunden är arg"
    office.client.post(office.url(ticket, "draft/"), {"body": "Hej!", "mode": "reply"})
    assert _page(office, ticket).one("form.composer").fields()["mode"] == "reply"


def test_colleague_who_writes_a_note_is_not_in_the_way_of_an_answer(office: Office, ticket: Ticket) -> None:
    given: dict[str, Any] = {"text": "Jag", "is_note": True, "by": actor(office.colleague), "now": timezone.now()}
    save_reply_draft(scope=office.scope, number=ticket.number, **given)
    assert _page(office, ticket).all('.composer [role="status"]') == []


def test_canned_reply_that_was_put_in_is_marked_for_the_draft(office: Office, ticket: Ticket) -> None:
    assert "data-draft-unsaved" not in _page(office, ticket).one("form.composer").attributes
    form = {**_page(office, ticket).one("form.composer").fields(), "insert": "yes"}
    page = read(office.client.post(office.url(ticket, "conversation/"), form))
    assert "data-draft-unsaved" in page.one("form.composer").attributes


def test_colleague_who_writes_is_named_on_the_page(office: Office, ticket: Ticket) -> None:
    draft: dict[str, Any] = {
        "scope": office.scope,
        "number": ticket.number,
        "text": "Jag",
        "by": actor(office.colleague),
    }
    save_reply_draft(**draft, now=timezone.now())
    assert _page(office, ticket).one('.composer [role="status"]').text == "Sara Norrby skriver också ett svar."
    save_reply_draft(**draft, now=NOW - timedelta(days=1))
    assert _page(office, ticket).all('.composer [role="status"]') == []


def test_closed_ticket_takes_notes_only(office: Office, ticket: Ticket) -> None:
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)
    page = _page(office, ticket)
    modes = [(each.attributes["value"], "checked" in each.attributes) for each in page.all(".composer__choice")]
    assert modes == [("note", True)]
    assert page.all('.composer button[name="then"]') == []
    assert page.all(".pane__head [formaction]") == []
    assert "Ärendet är stängt, så ingen kan få svar i det." in page.one("form.composer").text


def test_solved_ticket_can_be_opened_or_closed(office: Office, ticket: Ticket) -> None:
    solve(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)
    page = _page(office, ticket)
    actions = [
        button.attributes["formaction"].split("/")[-2] for button in page.all(".pane__head > .row > [formaction]")
    ]
    assert actions == ["reopening", "closure"]


def test_t30_whatever_was_written_stands_as_text(office: Office) -> None:
    person = make_person(office.organisation, name=CANARY, title=CANARY, phone=CANARY)
    ticket = ask(
        person,
        subject=CANARY,
        text=CANARY,
        fields={"page": CANARY, CANARY: CANARY},
        on_behalf_of=OnBehalfOf(name=CANARY, phone=CANARY, email=CANARY, copy=True),
    )
    note(scope=office.scope, number=ticket.number, text=CANARY, by=actor(office.agent), now=NOW)
    save_reply_draft(scope=office.scope, number=ticket.number, text=CANARY, by=actor(office.agent), now=NOW)
    page = _page(office, ticket)
    assert [one for one in page.all("svg") if "onload" in one.attributes] == []
    assert page.one("h1").text == CANARY
    assert page.one("#body").text == CANARY


def test_t42_others_find_no_ticket(office: Office, ticket: Ticket) -> None:
    abroad = make_staff(make_desk("baver", slug="baver"), name="Stina Dal")
    for account in (office.person.account, abroad.account):
        assert signed_in(account).get(office.url(ticket)).status_code == 404
    assert signed_in(None).get(office.url(ticket))["Location"].startswith("/signin/?next=")
    assert office.client.get(office.url(ticket).replace("KOM-", "BAV-")).status_code == 404
    assert office.client.get("/kompass/workspace/tickets/KOM-99999/").status_code == 404


def test_question_to_local_contacts_is_not_the_vendors_to_read(office: Office) -> None:
    user = make_person(office.organisation, name="Ulf Ask", contact=False, certified=False)
    inside = ask(user)
    assert inside.is_first_line
    assert office.client.get(office.url(inside)).status_code == 404
    assert read(office.client.get(office.inbox("?view=all"))).all(".ticket-row") == []


def test_press_in_the_list_gets_the_same_ticket_without_the_frame(office: Office, ticket: Ticket) -> None:
    note(scope=office.scope, number=ticket.number, text="Intern", by=actor(office.agent), now=NOW)
    address = office.url(ticket) + "?view=open"
    whole = read(office.client.get(address))
    alone = read(office.client.get(address, headers={"HX-Request": "true", "HX-Target": "main"}))

    changed = ("title", "#main", "#panel", "#toasts")
    assert [_without_tokens(whole.one(part)) for part in changed] == [
        _without_tokens(alone.one(part)) for part in changed
    ]
    assert (len(whole.all("#tickets")), len(alone.all("#tickets"))) == (1, 0)


def test_list_beside_holds_what_is_seen_and_names_the_next(office: Office) -> None:
    tickets = [ask(office.person) for _ in range(33)][::-1]

    def beside(ticket: Ticket) -> tuple[int, list[str], str]:
        page = _page(office, ticket)
        current = [row.one(".ticket-row__number").text for row in page.all(".ticket-row--current")]
        assert current == [f"KOM-{ticket.number}"]
        more = [one.attributes["href"] for one in page.all(".ticket-list__more a")]
        return len(page.all(".ticket-row")), more, page.one("#composer input[name=next]").attributes["value"]

    whole = [office.inbox("?view=all")]
    assert beside(tickets[0]) == (16, whole, f"KOM-{tickets[1].number}")
    assert beside(tickets[18]) == (27, whole, f"KOM-{tickets[19].number}")
    assert beside(tickets[-1]) == (33, [], "")


def _without_tokens(part: Page) -> str:
    """Its markup; each page has other tokens of forms, and was made at another time."""
    return re.sub(r"\s+", " ", re.sub(r'value="[a-zA-Z0-9]{64}"|since=\d+', "", str(part.node.html)))


def test_receipt_that_did_not_arrive_stands_on_the_ticket_and_is_sent_again(office: Office, ticket: Ticket) -> None:
    mail = OutgoingMail.objects.create(
        desk=office.desk,
        organisation=office.organisation,
        ticket=ticket,
        kind="received",
        language="sv",
        recipient="maj@kund.example",
        header_id="<1@kompass.example>",
        state=OutgoingMail.State.FAILED,
        reason="refused",
        created_at=NOW,
    )
    page = read(office.client.get(office.url(ticket)))
    [trouble] = page.all("[data-live-part=mails] .notice")
    assert trouble.text.startswith("Mejl till maj@kund.example: inte skickat")

    form = trouble.one("form")
    office.client.post(form.attributes["action"], form.fields())

    assert OutgoingMail.unscoped.get(pk=mail.pk).state == "queued"


def test_ticket_is_marked_as_read_by_a_press_without_script(office: Office, ticket: Ticket) -> None:
    form = read(office.client.get(office.url(ticket))).one("noscript form")

    answer = office.client.post(form.attributes["action"], form.fields())

    assert (answer.status_code, ReadMark.objects.filter(staff=office.agent, ticket=ticket).count()) == (303, 1)


def test_reasons_are_said_to_speak_to_the_customer(office: Office, ticket: Ticket) -> None:
    page = read(office.client.get(office.url(ticket)))
    assert page.one(".route__stop--end p.soft").text == "Så här läser kunden det:"
