"""The customer's tickets: lists, the letter exchange, answering, closing, opening again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import errors_of, signed_in, text_of
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.customer_list import PAGE_SIZE
from vaxel.domain.tickets.models import Attachment, Draft, Message, ReplyDraft, Ticket
from vaxel.domain.tickets.status import Status


@pytest.fixture
def agent(maj: Customer) -> Staff:
    return world.make_staff(maj.desk, name="Linnea Ek")


def page_of(customer: Customer, ticket: Ticket) -> str:
    return f"/{customer.desk.slug}/tickets/{customer.desk.prefix}-{ticket.number}/"


def answer(customer: Customer, agent: Staff, ticket: Ticket, text: str, *, then: Status | None = None) -> None:
    conversation.reply(
        scope=world.desk_scope(customer.desk),
        number=ticket.number,
        text=text,
        by=world.actor(agent),
        now=world.NOW,
        then=then,
    )


def solve(customer: Customer, agent: Staff, ticket: Ticket) -> None:
    lifecycle.solve(scope=world.desk_scope(customer.desk), number=ticket.number, by=world.actor(agent), now=world.NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    maj: Customer, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        world.ask(maj.person)
    maj.client.get(f"/{maj.desk.slug}/tickets/")

    with django_assert_num_queries(5):
        response = maj.client.get(f"/{maj.desk.slug}/tickets/")

    assert response.content.decode().count("list__item") == count


@pytest.mark.parametrize("count", [1, 3])
def test_ticket_costs_the_same_for_one_and_three_messages(
    maj: Customer, agent: Staff, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    ticket = world.ask(maj.person)
    for number in range(count - 1):
        answer(maj, agent, ticket, f"Svar {number}")

    with django_assert_num_queries(8):
        response = maj.client.get(page_of(maj, ticket))

    assert response.content.decode().count("<article") == count


def test_list_is_empty_with_a_way_onward(maj: Customer) -> None:
    said = text_of(maj.client.get(f"/{maj.desk.slug}/tickets/"))

    assert "Inga öppna ärenden Här visas dina frågor tills de är klara. Ställ en fråga" in said


def test_list_parts_open_from_finished(maj: Customer, agent: Staff) -> None:
    world.ask(maj.person, subject="Det öppna")
    done = world.ask(maj.person, subject="Det lösta")
    solve(maj, agent, done)

    still_open = text_of(maj.client.get(f"/{maj.desk.slug}/tickets/"))
    finished = text_of(maj.client.get(f"/{maj.desk.slug}/tickets/?state=finished"))

    assert ("Det öppna" in still_open, "Det lösta" in still_open) == (True, False)
    assert ("Det öppna" in finished, "Det lösta" in finished) == (False, True)
    assert "Öppna 1 Avslutade 1" in still_open


def test_the_organisations_tickets_are_a_right(maj: Customer) -> None:
    world.ask(maj.person, subject="Majs fråga")
    seer = world.make_person(maj.organisation, name="Siv Ahl", may_see_organisation=True)
    colleague = world.make_person(maj.organisation, name="Ove Lind")

    seen = {
        person.name: "Majs fråga" in text_of(signed_in(person).get(f"/{maj.desk.slug}/tickets/?whose=all"))
        for person in (seer, colleague)
    }

    assert seen == {"Siv Ahl": True, "Ove Lind": False}


def test_list_pages_by_key_without_losing_or_repeating(maj: Customer) -> None:
    for number in range(PAGE_SIZE + 2):
        world.ask(maj.person, now=world.NOW + timedelta(minutes=number), subject=f"Fråga nummer {number}.")
    first = maj.client.get(f"/{maj.desk.slug}/tickets/").content.decode()
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = maj.client.get(older).content.decode()
    newer = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")

    assert first.count("list__item") == PAGE_SIZE
    assert [f"Fråga nummer {number}." in second for number in (2, 1, 0)] == [False, True, True]
    assert maj.client.get(newer).content.decode().count("list__item") == PAGE_SIZE


def test_a_place_that_we_did_not_give_out_is_not_found(maj: Customer) -> None:
    assert maj.client.get(f"/{maj.desk.slug}/tickets/?after=1 OR 1=1").status_code == 404


def test_ticket_says_whose_turn_it_is(maj: Customer, agent: Staff) -> None:
    ticket = world.ask(maj.person)
    sentences = [text_of(maj.client.get(page_of(maj, ticket)))]
    answer(maj, agent, ticket, "Vilken enhet?", then=Status.WAITING_CUSTOMER)
    sentences.append(text_of(maj.client.get(page_of(maj, ticket))))
    maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Skolan"})
    sentences.append(text_of(maj.client.get(page_of(maj, ticket))))
    solve(maj, agent, ticket)
    sentences.append(text_of(maj.client.get(page_of(maj, ticket))))

    expected = (
        "Teknisk support har fått frågan. Första svar senast i dag kl. 14.00",
        "Vi väntar på ditt svar.",
        "Linnea Ek arbetar med ärendet.",
        "Ärendet är löst. Svara om något är kvar.",
    )
    assert [words in said for words, said in zip(expected, sentences, strict=True)] == [True] * 4


def test_ticket_shows_why_it_is_where_it_is(maj: Customer) -> None:
    said = text_of(maj.client.get(page_of(maj, world.ask(maj.person))))

    assert "Därför ligger det där Fel och sådant som inte fungerar enligt manualen hör till teknisk support." in said


@pytest.mark.parametrize(("told", "shown"), [("2026-11-27", "fredag 27 november"), ("snart", "snart")])
def test_a_day_that_was_told_is_shown_as_a_day(maj: Customer, told: str, shown: str) -> None:
    ticket = world.ask(maj.person, urgent=True, fields={"deadline": told})

    assert f"När måste det vara klart? {shown}" in text_of(maj.client.get(page_of(maj, ticket)))


def test_an_answer_is_sent_and_said(maj: Customer, agent: Staff) -> None:
    ticket = world.ask(maj.person)
    response = maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Det gäller skolan.\n\nTack"}, follow=True)

    assert response.redirect_chain == [(page_of(maj, ticket), 302)]
    assert "Ditt svar är skickat." in text_of(response)
    assert "<p>Det gäller skolan.</p><p>Tack</p>" in response.content.decode()
    assert ReplyDraft.unscoped.count() == 0


def test_an_answer_stays_within_its_queries(
    maj: Customer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = world.ask(maj.person)

    with django_assert_max_num_queries(25):
        maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Det gäller skolan."})


def test_an_empty_answer_keeps_its_files(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    picture = SimpleUploadedFile("fel.png", b"png", content_type="image/png")
    response = maj.client.post(page_of(maj, ticket) + "reply/", {"text": " ", "files": picture})

    assert (response.status_code, errors_of(response)) == (422, [("text", "Skriv ditt svar")])
    assert "fel.png" in text_of(response)
    maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Se bilden"})
    assert Attachment.unscoped.get().message == Message.unscoped.latest("pk")


def test_a_refused_file_keeps_the_answer(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    empty = SimpleUploadedFile("tom.png", b"", content_type="image/png")
    response = maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Mitt svar", "files": empty})

    assert errors_of(response) == [("files", "Filen är tom: tom.png. Välj en annan fil")]
    assert "Mitt svar" in response.content.decode()
    assert Message.unscoped.count() == 1


def test_a_file_of_an_answer_can_be_taken_away(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    picture = SimpleUploadedFile("fel.png", b"png", content_type="image/png")
    maj.client.post(page_of(maj, ticket) + "reply/", {"text": "", "files": picture})
    maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Kvar", "remove": Attachment.unscoped.get().public_id})

    page = text_of(maj.client.get(page_of(maj, ticket)))
    assert ("fel.png" in page, "Kvar" in page) == (False, True)


def test_a_half_written_answer_is_kept(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    response = maj.client.post(page_of(maj, ticket) + "draft/", {"text": "Halva me"})

    assert response.status_code == 204
    assert "Halva me" in maj.client.get(page_of(maj, ticket)).content.decode()


def test_a_half_written_answer_is_the_writers_own(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    maj.client.post(page_of(maj, ticket) + "draft/", {"text": "Halva me"})
    seer = world.make_person(maj.organisation, name="Siv Ahl", may_see_organisation=True)

    assert "Halva me" not in signed_in(seer).get(page_of(maj, ticket)).content.decode()


def test_closing_is_asked_first_and_ends_the_conversation(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    assert "Vill du stänga ärendet?" in text_of(maj.client.get(page_of(maj, ticket) + "close/"))
    response = maj.client.post(page_of(maj, ticket) + "close/", follow=True)

    said = text_of(response)
    assert "Ärendet är stängt. Är något kvar ställer du en ny fråga." in said
    assert "Ditt svar" not in said
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED


def test_answering_and_closing_in_one_press(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Det löste sig", "close": "yes"})

    ticket.refresh_from_db()
    assert (ticket.status, Message.unscoped.latest("pk").text) == (Status.CLOSED, "Det löste sig")


def test_answering_a_ticket_that_was_closed_meanwhile_says_so(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    maj.client.post(page_of(maj, ticket) + "close/")
    response = maj.client.post(page_of(maj, ticket) + "reply/", {"text": "Vänta"}, follow=True)

    assert "Ärendet hann stängas." in text_of(response)
    assert ReplyDraft.unscoped.get().text == "Vänta"


def test_what_was_not_sent_to_a_closed_ticket_becomes_a_new_question(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    maj.client.post(page_of(maj, ticket) + "close/")
    picture = SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    sent = {"text": "Felet är tillbaka", "files": [picture]}
    page = maj.client.post(page_of(maj, ticket) + "reply/", sent, follow=True)
    name = page_of(maj, ticket).split("/")[-2]

    assert "Det här hann du inte skicka" in text_of(page)
    assert "Felet är tillbaka</textarea>" in page.content.decode()

    words = {"words": "Felet är tillbaka", "after": name, "unsent": "yes"}
    maj.client.post(f"/{maj.desk.slug}/ask/", words)
    after = maj.client.get(page_of(maj, ticket))

    draft = Draft.unscoped.get()
    assert draft.data["words"] == "Felet är tillbaka"
    assert [each.name for each in draft.attachments.all()] == ["bild.png"]
    assert not ReplyDraft.unscoped.exists()
    assert "Det här hann du inte skicka" not in text_of(after)


def test_a_solved_ticket_is_opened_again(maj: Customer, agent: Staff) -> None:
    ticket = world.ask(maj.person)
    solve(maj, agent, ticket)
    response = maj.client.post(page_of(maj, ticket) + "reopen/", follow=True)

    assert "Ärendet är öppet igen." in text_of(response)
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_an_open_ticket_is_not_opened_again(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    response = maj.client.post(page_of(maj, ticket) + "reopen/", follow=True)

    assert "Ärendet var inte löst" in text_of(response)


@pytest.mark.parametrize("name", ["KOM-0", "X-1001", "1001", "KOM-", "KOM-99999999999999999999", "../1"])
def test_a_name_that_is_no_ticket_of_the_desk_is_not_found(maj: Customer, name: str) -> None:
    assert maj.client.get(f"/{maj.desk.slug}/tickets/{name}/").status_code == 404


def test_local_contacts_answer_what_their_colleagues_ask(maj: Customer) -> None:
    local = world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    ticket = world.ask(user, subject="Hur låser jag?")
    client = signed_in(local)
    client.post(page_of(maj, ticket) + "reply/", {"text": "Så här låser du"})

    assert ticket.destination == "local-contacts"
    assert "Hur låser jag?" in text_of(client.get(f"/{maj.desk.slug}/"))
    assert "Så här låser du" in text_of(signed_in(user).get(page_of(maj, ticket)))


@pytest.mark.parametrize("more", [{}, {"close": "yes"}])
def test_answer_pressed_twice_without_script_is_one(maj: Customer, more: dict[str, str]) -> None:
    ticket = world.ask(maj.person)
    version = maj.client.get(page_of(maj, ticket)).content.decode().split('name="version" value="')[1].split('"')[0]
    form = {"text": "Det gäller alla.", "version": version, **more}

    said = [maj.client.post(f"{page_of(maj, ticket)}reply/", form).status_code for _ in range(2)]

    assert (said, ticket.messages.count()) == ([302, 302], 2)


def test_asker_is_told_when_nobody_is_left_to_answer(maj: Customer) -> None:
    user = world.make_person(maj.organisation, name="Ove Lind", contact=False, certified=False)
    ticket, client = world.ask(user), signed_in(user)
    heading = "Ingen kan svara på din fråga just nu"
    assert heading not in text_of(client.get(page_of(maj, ticket)))
    maj.person.is_active = False
    maj.person.save(update_fields=["is_active"])

    said = text_of(client.get(page_of(maj, ticket)))
    listed = text_of(client.get(f"/{maj.desk.slug}/tickets/"))
    after = client.post(f"{page_of(maj, ticket)}pass-on/", follow=True)

    assert heading in said
    assert ("Frågan väntar på någon som kan svara." in said, "har fått frågan" in said) == (True, False)
    assert "Vem som hjälper dig Ingen just nu" in said
    assert ("Ingen kan svara just nu." in listed, "har fått frågan" in listed) == (True, False)
    assert "Er kundansvariga läser då allt som står här. Skicka frågan vidare" in said
    assert "Din fråga är skickad vidare." in text_of(after)
    assert heading not in text_of(after)


def test_asker_is_told_who_sees_the_question_and_whom_to_contact(bo: Customer) -> None:
    user = world.make_person(bo.organisation, name="Ove Lind", contact=False, certified=False)
    world.make_person(bo.organisation, name="Siv Ahl", contact=False, certified=False, may_administer=True)
    ticket = world.ask(user, kind="fault", product="baver", topic="protocol")
    bo.person.is_active = False
    bo.person.save(update_fields=["is_active"])

    page = signed_in(user).get(page_of(bo, ticket))

    assert ("Siv Ahl" in text_of(page), "Du kan också vända dig hit" in text_of(page)) == (True, True)
    assert "pass-on" not in page.content.decode()


@pytest.mark.parametrize(("writer", "times"), [("customer", 1), ("agent", 0)])
def test_what_a_mail_quotes_is_folded_and_an_agents_is_not_shown(
    maj: Customer, agent: Staff, writer: str, times: int
) -> None:
    ticket = world.ask(maj.person)
    answer(maj, agent, ticket, "Prova igen.")
    words = Message.unscoped.filter(ticket=ticket).order_by("id")
    message = words.first() if writer == "customer" else words.last()
    assert message is not None
    Message.unscoped.filter(pk=message.pk).update(quoted="Det vi sa tidigare")

    page = maj.client.get(page_of(maj, ticket)).content.decode()

    assert page.count("Det vi sa tidigare") == times
