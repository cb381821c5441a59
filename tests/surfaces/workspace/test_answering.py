"""Answers and notes: who gets them, what they do to the ticket, and that no word is ever lost."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, make_desk, make_staff
from tests.jobs_run import run_jobs
from tests.surfaces.workspace.conftest import BACKEND, Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.lifecycle import close
from vaxel.domain.tickets.models import Attachment, Event, Message, Note, ReplyDraft, Ticket
from vaxel.domain.tickets.status import Status


def _form(office: Office, ticket: Ticket, client: Client | None = None, query: str = "") -> dict[str, str]:
    """What the box of the page holds, ready to be sent."""
    return read((client or office.client).get(office.url(ticket) + query)).one("form.composer").fields()


def _send(office: Office, ticket: Ticket, client: Client | None = None, query: str = "", **given: Any) -> Page:
    form = {**_form(office, ticket, client), **given}
    address = office.url(ticket, "conversation/") + query
    return read((client or office.client).post(address, form, follow=True))


def test_answer_reaches_the_ticket_and_its_asker(office: Office, ticket: Ticket) -> None:
    page = _send(office, ticket, body="Hej!\r\n\r\nVi tittar på det.", then="stay")
    message = Message.unscoped.filter(ticket=ticket).latest("id")
    assert (message.text, message.html, message.by_name) == ("Hej!\n\nVi tittar på det.", "", "Sven Berg")
    assert page.all(".message--ours .message__body")[0].text == "Hej! Vi tittar på det."
    assert page.one(".toast__text").text == f"Ditt svar i KOM-{ticket.number} är på väg."
    now = office.reload(ticket)
    assert (now.status, now.assignee_id) == (Status.OPEN, office.agent.pk)


@pytest.mark.parametrize("mode", ["reply", "note"])
def test_words_that_are_too_many_are_refused_whole_and_not_cut(office: Office, ticket: Ticket, mode: str) -> None:
    body = "rad åäö " * 7000 + "sist"
    form = {**_form(office, ticket), "body": body, "mode": mode}
    page = read(office.client.post(office.url(ticket, "conversation/"), form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert page.one(".field__error").text.endswith(
        "Din text har 56 004 tecken, och högst 50 000 får plats. Lägg det som är långt i en fil som du bifogar."
    )
    assert page.one("form.composer textarea").text == body
    assert not Note.unscoped.filter(ticket=ticket).exists()
    assert Message.unscoped.filter(ticket=ticket).count() == 1


def test_answer_of_somebody_who_was_signed_out_stands_in_the_box_until_it_is_sent(
    office: Office, ticket: Ticket
) -> None:
    form = {**_form(office, ticket), "body": "Mitt långa svar"}
    office.client.session.flush()
    referer = {"referer": f"http://testserver{office.url(ticket)}"}
    assert office.client.post(office.url(ticket, "conversation/"), form, headers=referer).status_code == 302
    assert office.agent.account is not None
    office.client.force_login(office.agent.account, backend=BACKEND)

    page = read(office.client.get(office.url(ticket)))
    assert page.one("form.composer textarea").text == "Mitt långa svar"
    assert "Ditt svar står kvar i rutan." in page.text
    assert "välj eventuella filer en gång till" in page.text
    _send(office, ticket, body="Mitt långa svar", then="stay")
    assert Message.unscoped.filter(ticket=ticket).latest("id").text == "Mitt långa svar"
    assert read(office.client.get(office.url(ticket))).one("form.composer textarea").text == ""


def test_answer_costs_at_most_25_queries(
    office: Office, ticket: Ticket, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    form = {**_form(office, ticket), "body": "Svar", "then": "wait"}
    with django_assert_max_num_queries(25):
        assert office.client.post(office.url(ticket, "conversation/"), form).status_code == 303


def test_answer_from_the_editor_is_kept_clean(office: Office, ticket: Ticket) -> None:
    html = (
        '<p>Gör <strong>så</strong></p><ul><li><p>ett</p></li></ul><p onclick="x" class="y">Slut<script>z</script></p>'
    )
    _send(office, ticket, body="vad som helst", body_html=html)
    message = Message.unscoped.filter(ticket=ticket).latest("id")
    assert message.html == "<p>Gör <strong>så</strong></p><ul><li><p>ett</p></li></ul><p>Slut</p>"
    assert message.text == "Gör så\n\n- ett\n\nSlut"


@pytest.mark.parametrize(
    ("then", "status", "events"),
    [
        ("wait", Status.WAITING_CUSTOMER, [EventKind.OPENED, EventKind.REPLIED]),
        ("solve", Status.SOLVED, [EventKind.OPENED, EventKind.REPLIED, EventKind.SOLVED]),
        ("stay", Status.OPEN, [EventKind.OPENED, EventKind.REPLIED]),
    ],
)
def test_answer_leaves_the_ticket_as_chosen(
    office: Office, ticket: Ticket, then: str, status: Status, events: list[EventKind]
) -> None:
    _send(office, ticket, body="Svar", then=then)
    assert office.reload(ticket).status == status
    assert list(Event.unscoped.filter(ticket=ticket).order_by("id").values_list("kind", flat=True)) == events


def test_answer_that_solves_is_told_in_one_mail(office: Office, ticket: Ticket) -> None:
    run_jobs()
    before = OutgoingMail.unscoped.count()
    page = _send(office, ticket, body="Nu är det rättat.", then="solve")
    run_jobs()
    assert [mail.kind for mail in OutgoingMail.unscoped.order_by("id")[before:]] == ["answer"]
    undo = page.one(".toast form")
    assert undo.attributes["action"] == office.url(ticket, "reopening/")
    office.client.post(undo.attributes["action"], undo.fields())
    assert office.reload(ticket).status == Status.OPEN


def test_answer_leads_to_the_next_ticket_of_the_list(office: Office) -> None:
    older, newer = ask(office.person), ask(office.person, now=NOW + timedelta(minutes=5))
    page = _send(office, newer, query="?view=open", body="Svar", then="next", next=f"KOM-{older.number}")
    assert page.all(".page-head__meta span")[0].text == f"KOM-{older.number}"
    ways = {each.number: _form(office, each, query="?view=all")["next"] for each in (newer, older)}
    assert ways == {newer.number: f"KOM-{older.number}", older.number: ""}
    page = _send(office, older, query="?view=open", body="Svar", then="next", next="")
    assert page.one("h1").text == "Alla öppna"


@pytest.mark.parametrize("next_name", ["//evil.example", "BAV-1", "../../x", "KOM-1/../"])
def test_t61_next_ticket_is_never_elsewhere(office: Office, ticket: Ticket, next_name: str) -> None:
    form = {**_form(office, ticket), "body": "Svar", "then": "next", "next": next_name}
    answer = office.client.post(office.url(ticket, "conversation/"), form)
    assert (answer.status_code, answer["Location"]) == (303, "/kompass/workspace/tickets/?view=mine")


def test_note_is_for_colleagues_alone(office: Office, ticket: Ticket) -> None:
    run_jobs()
    canary = "kanariefågeln sjunger internt"
    page = _send(office, ticket, body=canary, mode="note", body_html=f"<p>{canary}</p>")
    run_jobs()
    assert Note.unscoped.get().text == canary
    assert page.one(".toast__text").text == "Anteckningen är sparad. Kunden ser den inte."
    assert Message.unscoped.filter(ticket=ticket).count() == 1
    customer = signed_in(office.person.account)
    shown = customer.get(f"/kompass/tickets/KOM-{ticket.number}/")
    assert (shown.status_code, canary in shown.content.decode()) == (200, False)
    assert [mail.pk for mail in OutgoingMail.unscoped.all() if canary in mail.text + mail.html + mail.subject] == []


def test_t44_note_is_not_quoted_in_the_next_answer(office: Office, ticket: Ticket) -> None:
    _send(office, ticket, body="bara för oss", mode="note")
    _send(office, ticket, body="Svar till kunden", mode="reply")
    run_jobs()
    assert [mail.pk for mail in OutgoingMail.unscoped.all() if "bara för oss" in mail.text + mail.html] == []


def test_t75_second_agent_is_told_and_loses_no_word(office: Office, ticket: Ticket) -> None:
    colleague = signed_in(office.colleague.account)
    mine, theirs = _form(office, ticket), _form(office, ticket, colleague)
    address = office.url(ticket, "conversation/")
    assert colleague.post(address, {**theirs, "body": "Saras svar"}).status_code == 303
    page = read(
        office.client.post(address, {**mine, "body": "Svens svar", "body_html": "<p>Svens <em>svar</em></p>"}),
        status=409,
    )
    assert page.one(".notice__title").text == "Någon har ändrat ärendet under tiden. Inget har skickats eller ändrats."
    assert [event.text.split(" · ")[0] for event in page.all(".notice .event")] == ["Sara Norrby svarade"]
    assert Message.unscoped.filter(text="Svens svar").count() == 0
    again = page.one("form.composer").fields()
    assert (again["body"], again["body_html"]) == ("Svens svar", "<p>Svens <em>svar</em></p>")
    assert office.client.post(address, again).status_code == 303
    assert [message.text for message in Message.unscoped.filter(ticket=ticket, by_kind="staff").order_by("id")] == [
        "Saras svar",
        "Svens svar",
    ]


def test_t75_customer_who_answers_meanwhile_is_noticed(office: Office, ticket: Ticket) -> None:
    form = _form(office, ticket)
    own: dict[str, Any] = {"scope": office.scope, "number": ticket.number, "by": actor(office.person)}
    reply(**own, text="Det löste sig!", now=NOW + timedelta(hours=1))
    page = read(
        office.client.post(office.url(ticket, "conversation/"), {**form, "body": "Vi letar", "then": "solve"}),
        status=409,
    )
    assert [event.text.split(" · ")[0] for event in page.all(".notice .event")] == ["Maj Ekdahl svarade"]
    assert office.reload(ticket).status == Status.NEW


def test_answer_to_a_ticket_that_was_closed_comes_back(office: Office, ticket: Ticket) -> None:
    close(scope=office.scope, number=ticket.number, by=actor(office.colleague), now=NOW)
    form = {**_form(office, ticket), "mode": "reply", "body": "För sent"}
    page = read(office.client.post(office.url(ticket, "conversation/"), form), status=409)
    assert page.one(".notice__title").text == "Ärendet är stängt, så svaret skickades inte."
    assert page.one("#body").as_it_stands.strip() == "För sent"


def test_t25_html_deeper_than_people_write_counts_as_the_text_beside_it(office: Office, ticket: Ticket) -> None:
    _send(office, ticket, body="Tack!", body_html="<blockquote>" * 20_000)

    message = Message.unscoped.latest("id")
    assert (message.text, message.html) == ("Tack!", "")


@pytest.mark.parametrize("field", ["body", "body_html"])
def test_t24_nul_is_left_out(office: Office, ticket: Ticket, field: str) -> None:
    given: dict[str, Any] = {field: "Hej\x00 du"}
    _send(office, ticket, **given)
    assert Message.unscoped.latest("id").text == "Hej du"


@pytest.mark.parametrize("mode", ["reply", "note"])
def test_empty_box_is_not_sent(office: Office, ticket: Ticket, mode: str) -> None:
    form = {**_form(office, ticket), "body": " \n", "mode": mode}
    page = read(office.client.post(office.url(ticket, "conversation/"), form), status=422)
    assert page.one("title").text.startswith("Fel: ")
    assert page.one(".error-summary a").attributes["href"] == "#body"
    assert page.one("#body").attributes["aria-describedby"] == "body-error"
    assert page.one(".composer__choice[checked]").attributes["value"] == mode


def test_files_go_with_the_answer(office: Office, ticket: Ticket) -> None:
    _send(office, ticket, body="Se bilden", files=SimpleUploadedFile("bild.png", b"png", "image/png"))
    attachment = Attachment.unscoped.get()
    assert (attachment.name, attachment.message_id) == ("bild.png", Message.unscoped.latest("id").pk)


def test_file_that_cannot_be_taken_keeps_words_and_other_files(office: Office, ticket: Ticket) -> None:
    files = [
        SimpleUploadedFile("bild.png", b"png"),
        SimpleUploadedFile("tom.txt", b""),
        SimpleUploadedFile("x.exe", b"x"),
    ]
    form = {**_form(office, ticket), "body": "Se filerna", "files": files}
    page = read(office.client.post(office.url(ticket, "conversation/"), form), status=422)
    assert [link.text.split(".")[0] for link in page.all(".error-summary a")] == ["Filen är tom: tom", "x"]
    assert page.one("#body").as_it_stands.strip() == "Se filerna"
    assert page.one("[data-kept] .file__name").text.startswith("bild.png")
    assert Message.unscoped.filter(ticket=ticket).count() == 1
    remove = page.one('button[name="remove"]').attributes["value"]
    page = _send(office, ticket, body="Se filerna", remove=remove)
    assert (page.all("[data-kept]"), page.one("#body").as_it_stands.strip()) == ([], "Se filerna")
    _send(office, ticket, body="Nu utan")
    assert (Attachment.unscoped.count(), ReplyDraft.unscoped.count()) == (0, 0)


def test_t49_canned_reply_fills_in_a_closed_list(office: Office, ticket: Ticket) -> None:
    canned = CannedReply.objects.create(
        desk=office.desk, title="Bild", language="sv", text="Hej {name}! {number} {agent} {{7*7}} {password} {0}"
    )
    CannedReply.objects.create(desk=office.desk, title="Picture", language="en", text="Hi")
    form = {**_form(office, ticket), "body": "Tack.", "canned": str(canned.pk), "insert": "yes"}
    page = read(office.client.post(office.url(ticket, "conversation/"), form))
    assert [option.text for option in page.all("#canned option")] == ["Färdigt svar", "Bild"]
    assert page.one("#body").as_it_stands.strip() == (
        f"Tack.\n\nHej Maj Ekdahl! KOM-{ticket.number} Sven Berg {{{{7*7}}}} {{password}} {{0}}"
    )
    assert Message.unscoped.filter(ticket=ticket).count() == 1


@pytest.mark.parametrize("pressed", [{"insert": "yes", "canned": ""}, {"find": "yes", "find_words": ""}])
def test_button_that_only_changes_the_box_sends_nothing(
    office: Office, ticket: Ticket, pressed: dict[str, str]
) -> None:
    form = {**_form(office, ticket), "body": "Ett halvt svar.", **pressed}
    page = read(office.client.post(office.url(ticket, "conversation/"), form))
    assert page.one("#body").as_it_stands.strip() == "Ett halvt svar."
    assert Message.unscoped.filter(ticket=ticket).count() == 1


def test_page_shown_after_a_press_is_followed_at_its_own_address(office: Office, ticket: Ticket) -> None:
    form = {**_form(office, ticket), "body": "Ett halvt svar.", "find": "yes", "find_words": ""}
    page = read(office.client.post(office.url(ticket, "conversation/"), form))
    followed = str(page.one("[data-live-ticket]").attributes["data-page"])
    assert office.client.get(followed).status_code == HTTPStatus.OK


def test_t49_name_with_a_placeholder_is_not_filled_again(office: Office, ticket: Ticket) -> None:
    office.person.name = "{agent}"
    office.person.save(update_fields=["name"])
    canned = CannedReply.objects.create(desk=office.desk, title="Bild", language="sv", text="Hej {name}!")
    form = {**_form(office, ticket), "canned": str(canned.pk), "insert": "yes", "body_html": "<p>Tack.</p>"}
    page = read(office.client.post(office.url(ticket, "conversation/"), form))
    assert page.one('input[name="body_html"]').attributes["value"] == "<p>Tack.</p><p>Hej {agent}!</p>"


def test_t45_form_cannot_write_for_somebody_else(office: Office, ticket: Ticket) -> None:
    given: dict[str, Any] = {
        "by_name": "Sara Norrby",
        "by_id": office.colleague.pk,
        "by_kind": "system",
        "at": "2020-01-01",
        "desk_id": 1,
    }
    _send(office, ticket, body="Svar", **given)
    message = Message.unscoped.latest("id")
    assert (message.by_name, message.by_id, message.by_kind, message.ticket_id) == (
        "Sven Berg",
        office.agent.pk,
        "staff",
        ticket.pk,
    )


def test_t42_others_answer_nothing(office: Office, ticket: Ticket) -> None:
    abroad = make_staff(make_desk("baver", slug="baver"), name="Stina Dal")
    for account in (office.person.account, abroad.account):
        client = signed_in(account)
        for page in ("conversation/", "draft/", "read/"):
            assert client.post(office.url(ticket, page), {"body": "x"}).status_code == 404
    assert Message.unscoped.filter(ticket=ticket).count() == 1
    for page in ("conversation/", "draft/", "read/"):
        address = office.url(ticket, page).replace(str(ticket.number), "99999")
        assert office.client.post(address, {"body": "x"}).status_code == 404
