"""What is said of a wish reaches its wisher and whoever wants it: once, in their language, as they chose."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.domain.notices.conversations import desk_of
from tests.domain.notices.test_plain_language import lix
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.notices.choosing import choose_notices
from vaxel.domain.notices.digests import send_digests
from vaxel.domain.notices.models import DigestItem, OutgoingMail
from vaxel.domain.notices.wish_answers import tell_answer
from vaxel.domain.notices.wish_mail import WishMail, wish_mail
from vaxel.domain.people.models import Account, Person, Staff
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.triage import Answer, answer_wish, merge_wish, show_wish
from vaxel.domain.wishes.wishing import WishWords, send_wish, want_too

pytestmark = pytest.mark.django_db
TITLE = {"sv": "Mörkt läge", "en": "Dark mode"}


def wish_of(person: Person, text: str = "Jag saknar mörkt läge.") -> Wish:
    return send_wish(
        WishWords(text=text, language="sv"),
        desk=desk_of(person),
        reader=ManualReader(person.desk_id, person_id=person.pk),
        person_id=person.pk,
        by=world.actor(person),
        now=world.NOW,
    )


def said_of(wish: Wish, agent: Staff, state: str = "planned") -> WishAnswer:
    return answer_wish(
        Answer(state=state, text={"sv": "Vi gör det i vår.", "en": "We make it in spring."}),
        scope=world.desk_scope(agent.desk),
        number=wish.number,
        seen_version=Wish.unscoped.get(pk=wish.pk).version,
        by=world.actor(agent),
        now=world.NOW,
    )


def test_wisher_and_voters_hear_of_it_once_and_in_their_language(person: Person, agent: Staff) -> None:
    english = world.make_person(world.make_organisation(desk_of(person)), name="Ann Lee")
    Account.objects.filter(persons=english).update(language="en")
    wish = wish_of(person)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    show_wish(TITLE, scope=scope, number=wish.number, seen_version=1, by=by, now=world.NOW)
    want_too(
        scope=world.customer_scope(english),
        person_id=english.pk,
        number=wish.number,
        by=world.actor(english),
        now=world.NOW,
    )
    said = said_of(wish, agent)

    mails = tell_answer(answer_id=said.pk, now=world.NOW)

    assert [(mail.recipient, mail.language, mail.subject) for mail in mails] == [
        (person.email, "sv", "Planerat: Mörkt läge"),
        (english.email, "en", "Planned: Dark mode"),
    ]
    assert "Vi gör det i vår." in mails[0].text.splitlines()
    assert tell_answer(answer_id=said.pk, now=world.NOW) == []


def test_t43_nobody_reads_anothers_words(person: Person, agent: Staff) -> None:
    other = world.make_person(world.make_organisation(desk_of(person)))
    first, second = wish_of(person, "kanariefågel ett"), wish_of(other, "kanariefågel två")
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    merge_wish(scope=scope, number=second.number, into=first.number, by=by, now=world.NOW)
    mails = tell_answer(answer_id=said_of(first, agent).pk, now=world.NOW)
    assert {mail.recipient: mail.subject for mail in mails} == {
        person.email: "Planerat: kanariefågel ett",
        other.email: "Planerat: kanariefågel två",
    }
    assert ["två" in mail.text for mail in mails] == [False, True]


@pytest.mark.parametrize("way", ["off", "digest"])
def test_choices_are_kept(person: Person, agent: Staff, way: str) -> None:
    by = world.actor(person)
    choose_notices(desk_id=person.desk_id, ways={"wish-answer": way}, digest_hour=8, by=by, now=world.NOW)
    said = said_of(wish_of(person), agent, "done")
    assert tell_answer(answer_id=said.pk, now=world.NOW) == []
    assert DigestItem.unscoped.filter(wish_answer=said).count() == (1 if way == "digest" else 0)
    sent = send_digests(now=world.NOW + timedelta(days=1))
    assert sent == (1 if way == "digest" else 0)
    if sent:
        lines = OutgoingMail.unscoped.get(kind="digest").text.splitlines()
        assert any("Jag saknar mörkt läge." in line for line in lines)
        assert any("Vi har svarat på önskemålet" in line for line in lines)


def test_t47_who_has_left_is_not_told(person: Person, agent: Staff) -> None:
    said = said_of(wish_of(person), agent)
    Person.unscoped.filter(pk=person.pk).update(is_active=False)
    assert tell_answer(answer_id=said.pk, now=world.NOW) == []


def test_restored_installation_holds_the_mails(person: Person, agent: Staff) -> None:
    said = said_of(wish_of(person), agent)
    assert [mail.state for mail in tell_answer(answer_id=said.pk, now=world.NOW, hold=True)] == ["held"]


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("state", ["new", "considered", "planned", "done", "declined"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_mail_is_easy_to_read(language: str, state: str, is_own: bool) -> None:  # noqa: FBT001  # a parameter of the table
    mail = WishMail(
        language=language,
        desk="Kompass",
        recipient="Eva",
        name="Mall",
        state=state,
        told=(),
        release="8.10",
        article="Mall",
        article_link="",
        link="",
        choices_link="",
        is_own=is_own,
        accent="#1f5fae",
    )
    assert lix(wish_mail(mail).text) <= 40
