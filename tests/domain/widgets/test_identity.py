"""Who may enter by a token, and for how long."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from time_machine import travel

from tests import factories as world
from tests.domain.widgets.tokens import PRODUCT, make_widget, token
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Person
from vaxel.domain.widgets.identity import SESSION, SessionOverError, TokenRefusedError, enter, new_session, resume
from vaxel.domain.widgets.models import UsedToken, Widget
from vaxel.domain.widgets.setting_up import renew_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def maj() -> Person:
    return world.make_person(world.make_organisation(world.make_desk(), name="Norrtuna stad"))


def _code(widget: Widget, sent: str, **more: Any) -> str:
    with pytest.raises(TokenRefusedError) as refused:
        enter(widget, token=sent, now=more.get("now", world.NOW))
    return refused.value.code


def test_enter_finds_the_person_by_address(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    assert enter(widget, token=token(key, email=maj.email.upper()), now=world.NOW).person_id == maj.pk


def test_enter_needs_no_account(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    person = Person.objects.create(
        desk=maj.desk, organisation=maj.organisation, name="Ida Ek", email="ida@kund.example", created_at=world.NOW
    )
    assert enter(widget, token=token(key, email=person.email), now=world.NOW).person_id == person.pk


def test_t58_a_token_opens_one_session(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    sent = token(key, email=maj.email)
    enter(widget, token=sent, now=world.NOW)
    assert _code(widget, sent) == "used"


def test_t58_used_tokens_are_remembered_until_they_have_expired(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    enter(widget, token=token(key, email=maj.email), now=world.NOW)
    later = world.NOW + timedelta(minutes=20)
    enter(widget, token=token(key, email=maj.email, now=later), now=later)
    assert UsedToken.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"exp": int((world.NOW - timedelta(minutes=1)).timestamp())}, "expired"),
        ({"exp": int((world.NOW + timedelta(minutes=12)).timestamp())}, "too-long"),
        ({"exp": 1e400}, "too-long"),
        ({"exp": 10**400}, "too-long"),
        ({"exp": "soon"}, "invalid"),
        ({"exp": None}, "invalid"),
        ({"jti": None}, "invalid"),
        ({"jti": ""}, "invalid"),
        ({"jti": 7}, "invalid"),
        ({"email": None}, "invalid"),
        ({"email": ["maj@kund.example"]}, "invalid"),
        ({"email": "nobody@kund.example"}, "unknown-person"),
        ({"email": "nobody\x00@kund.example"}, "unknown-person"),
        ({"organisation": "Another"}, "unknown-person"),
        ({"name": "x" * 5000}, "invalid"),
    ],
)
def test_t58_what_no_product_should_send_is_refused(maj: Person, claims: dict[str, Any], code: str) -> None:
    widget, key = make_widget(maj.desk)
    assert _code(widget, token(key, **{"email": maj.email, **claims})) == code


def test_t58_what_others_have_signed_is_refused(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    _, other = make_widget(maj.desk)
    good = token(key, email=maj.email)
    head, body, _ = good.split(".")
    unsigned = jwt.encode(jwt.decode(good, options={"verify_signature": False}), "", algorithm="none")
    sent = [token(other, email=maj.email), f"{head}.{body}.", f"{head}.{body}", unsigned, "", "å.ä.ö", "a" * 5000]
    assert {_code(widget, each) for each in sent} == {"invalid"}


def test_t58_people_of_another_desk_are_strangers(maj: Person) -> None:
    widget, key = make_widget(world.make_desk("baver"))
    assert _code(widget, token(key, email=maj.email)) == "unknown-person"


def test_enter_tells_organisations_apart_by_name(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    other = world.make_organisation(maj.desk, name="Sörbo kommun")
    there = world.make_person(other, email=maj.email)
    assert _code(widget, token(key, email=maj.email)) == "several-organisations"
    sent = token(key, email=maj.email, organisation="sörbo kommun")
    assert enter(widget, token=sent, now=world.NOW).person_id == there.pk


def test_t58_a_session_is_for_its_widget_its_page_and_half_an_hour(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    other, _ = make_widget(maj.desk)
    viewer = enter(widget, token=token(key, email=maj.email), now=world.NOW)
    with travel(world.NOW, tick=False) as clock:
        session = new_session(widget, viewer, origin=PRODUCT)
        found = resume(widget, session=session, origin=PRODUCT).viewer
        assert found is not None
        assert found.person_id == maj.pk
        for where, page, sent in (
            (other, PRODUCT, session),
            (widget, "https://evil.example", session),
            (widget, PRODUCT, session[:-1]),
            (widget, PRODUCT, ""),
        ):
            with pytest.raises(SessionOverError):
                resume(where, session=sent, origin=page)
        clock.shift(SESSION + timedelta(seconds=2))
        with pytest.raises(SessionOverError):
            resume(widget, session=session, origin=PRODUCT)


def test_t47_a_session_is_over_when_the_person_has_left(maj: Person) -> None:
    widget, key = make_widget(maj.desk)
    viewer = enter(widget, token=token(key, email=maj.email), now=world.NOW)
    session = new_session(widget, viewer, origin=PRODUCT)
    Person.unscoped.filter(pk=maj.pk).update(is_active=False)
    with pytest.raises(SessionOverError):
        resume(widget, session=session, origin=PRODUCT)


def test_a_new_key_ends_what_the_old_one_opened(maj: Person) -> None:
    widget, old = make_widget(maj.desk)
    session = new_session(widget, None, origin=PRODUCT)
    changed, _ = renew_key(scope=world.desk_scope(maj.desk), widget_id=widget.pk, by=SYSTEM, now=world.NOW)
    with pytest.raises(SessionOverError):
        resume(changed, session=session, origin=PRODUCT)
    assert _code(changed, token(old, email=maj.email)) == "invalid"
