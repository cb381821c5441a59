"""Who may enter: customers, staff, strangers; with how many queries."""

from datetime import UTC, datetime

import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_account, make_desk, make_organisation, make_person, make_staff
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import close_account
from vaxel.domain.people.models import Account, Organisation, Person, Staff
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.gate import CHOSEN_PERSONS, CustomerPlace, StaffPlace, customer_page, staff_page

pytestmark = pytest.mark.django_db

seen: list[CustomerPlace | StaffPlace] = []


@customer_page
def portal(request: HttpRequest, place: CustomerPlace, number: int = 0) -> HttpResponse:
    seen.append(place)
    return HttpResponse(f"{place.viewer.name} {number}")


@staff_page
def workspace(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    seen.append(place)
    return HttpResponse(place.viewer.name)


@pytest.fixture
def desk() -> Desk:
    seen.clear()
    return make_desk("kompass", slug="kompass")


@pytest.fixture
def person(desk: Desk) -> Person:
    return make_person(make_organisation(desk), name="Maj Ekdahl", may_approve=True)


@pytest.fixture
def staff(desk: Desk) -> Staff:
    return make_staff(desk, name="Sven Berg", roles=("support", "account-manager"))


def _request(account: Account | None, path: str = "/kompass/", *, mfa: bool = False, **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    client = Client()
    if account is not None:
        client.force_login(account)
        request.user = account
    request.session = client.session
    # In a request the session has been read before, to know who it is.
    request.session.accessed = bool(request.session.keys())
    if account is None:
        request.user = type("Anonymous", (), {"is_authenticated": False, "pk": None})()
    elif mfa:
        request.session["account_authentication_methods"] = [{"method": "mfa", "at": 1.0}]
        request.session["account_authentication_methods_user"] = str(account.pk)
    return request


def _text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def _account(holder: Person | Staff) -> Account:
    assert holder.account is not None
    return holder.account


def test_customer_enters_the_portal_with_one_query(
    desk: Desk, person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = _request(_account(person))
    with django_assert_num_queries(1):
        assert _text(portal(request, desk="kompass", number=7)) == "Maj Ekdahl 7"
    (place,) = seen
    assert isinstance(place, CustomerPlace)
    assert place.desk == desk
    assert place.scope == Scope(desk.pk, person.organisation_id)
    assert place.by == Actor("person", person.pk, "Maj Ekdahl")
    assert (place.viewer.rights.approves, place.viewer.rights.administers) == (True, False)
    assert abs((datetime.now(tz=UTC) - place.now).total_seconds()) < 5


def test_staff_enter_the_workspace_with_what_came_with_their_session(
    desk: Desk, staff: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = _request(staff.account)
    with django_assert_num_queries(0):
        assert _text(workspace(request, desk="kompass")) == "Sven Berg"
    (place,) = seen
    assert isinstance(place, StaffPlace)
    assert place.scope == Scope(desk.pk)
    assert place.by == Actor("staff", staff.pk, "Sven Berg")
    assert place.viewer.roles == ("support", "account-manager")


def test_t42_whoever_has_no_place_sees_no_desk(desk: Desk, person: Person, staff: Staff) -> None:
    stranger = make_account()
    for view, account, slug in [
        (portal, stranger, "kompass"),
        (portal, staff.account, "kompass"),
        (portal, _account(person), "baver"),
        (workspace, stranger, "kompass"),
        (workspace, _account(person), "kompass"),
        (workspace, staff.account, "baver"),
    ]:
        with pytest.raises(Http404):
            view(_request(account), desk=slug)


def test_anonymous_is_asked_to_sign_in_and_comes_back(desk: Desk) -> None:
    for view in (portal, workspace):
        answer = view(_request(None, "/kompass/tickets/?page=2"), desk="kompass")
        assert answer["Location"] == "/signin/?next=%2Fkompass%2Ftickets%2F%3Fpage%3D2"


def test_anonymous_at_an_unknown_desk_sees_nothing(desk: Desk) -> None:
    with pytest.raises(Http404):
        portal(_request(None), desk="baver")


def test_fragment_of_an_ended_session_leads_the_whole_page_to_sign_in(desk: Desk) -> None:
    shown = "http://testserver/kompass/ask/?draft=abc"
    answer = portal(_request(None, "/kompass/ask/kinds/", HX_Request="true", HX_Current_URL=shown), desk="kompass")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/signin/?next=%2Fkompass%2Fask%2F%3Fdraft%3Dabc")


def test_sent_form_of_an_ended_session_leads_back_to_its_page(desk: Desk) -> None:
    request = _request(None, "/kompass/ask/send/", referer="http://testserver/kompass/ask/")
    request.method = "POST"
    assert portal(request, desk="kompass")["Location"] == "/signin/?next=%2Fkompass%2Fask%2F"


def test_t61_page_elsewhere_is_no_way_back(desk: Desk) -> None:
    request = _request(None, "/kompass/ask/send/", referer="https://evil.example/kompass/ask/")
    request.method = "POST"
    assert portal(request, desk="kompass")["Location"] == "/signin/?next=%2Fkompass%2Fask%2Fsend%2F"


def test_chosen_organisation_is_who_one_is(desk: Desk, person: Person) -> None:
    other = make_organisation(desk, name="Annaberg kommun")
    twin = Person.objects.create(
        desk=desk,
        organisation=other,
        account=person.account,
        name="Maj i Annaberg",
        email=person.email,
        created_at=person.created_at,
    )
    request = _request(_account(person))
    request.session[CHOSEN_PERSONS] = {"kompass": person.pk}
    assert _text(portal(request, desk="kompass")) == "Maj Ekdahl 0"
    request.session[CHOSEN_PERSONS] = {"kompass": twin.pk}
    assert _text(portal(request, desk="kompass")) == "Maj i Annaberg 0"
    for chosen in ({}, {"kompass": make_person(make_organisation(desk)).pk}):
        request.session[CHOSEN_PERSONS] = chosen
        assert portal(request, desk="kompass")["Location"] == "/signin/places/?next=%2Fkompass%2F"
    assert [place.by.id for place in seen] == [person.pk, twin.pk]


@pytest.mark.parametrize("taken", ["person", "organisation"])
def test_t47_customer_is_out_at_the_next_request(desk: Desk, person: Person, taken: str) -> None:
    request = _request(_account(person))
    assert portal(request, desk="kompass").status_code == 200
    if taken == "person":
        Person.unscoped.filter(pk=person.pk).update(is_active=False)
    else:
        Organisation.unscoped.filter(pk=person.organisation_id).update(is_active=False)
    with pytest.raises(Http404):
        portal(request, desk="kompass")


def test_t47_right_taken_away_is_gone_at_the_next_request(desk: Desk, person: Person) -> None:
    request = _request(_account(person))
    portal(request, desk="kompass")
    Person.unscoped.filter(pk=person.pk).update(may_approve=False)
    portal(request, desk="kompass")
    rights = [place.viewer.rights.approves for place in seen if isinstance(place, CustomerPlace)]
    assert rights == [True, False]


def test_t47_closed_account_and_inactive_staff_are_out(desk: Desk, person: Person, staff: Staff) -> None:
    close_account(_account(person), by=SYSTEM, now=person.created_at)
    Staff.unscoped.filter(pk=staff.pk).update(is_active=False)
    with pytest.raises(Http404):
        portal(_request(_account(person)), desk="kompass")
    with pytest.raises(Http404):
        workspace(_request(staff.account), desk="kompass")


def test_second_factor_is_required_of_staff_where_the_desk_says_so(desk: Desk, person: Person, staff: Staff) -> None:
    Desk.objects.filter(pk=desk.pk).update(staff_need_second_factor=True)
    answer = workspace(_request(staff.account, "/kompass/workspace/"), desk="kompass")
    assert answer["Location"] == "/signin/second-factor/?next=%2Fkompass%2Fworkspace%2F"
    assert workspace(_request(staff.account, mfa=True), desk="kompass").status_code == 200
    assert portal(_request(_account(person)), desk="kompass").status_code == 200


def test_second_factor_of_somebody_else_does_not_count(desk: Desk, staff: Staff) -> None:
    Desk.objects.filter(pk=desk.pk).update(staff_need_second_factor=True)
    request = _request(staff.account, mfa=True)
    request.session["account_authentication_methods_user"] = str(make_account().pk)
    assert workspace(request, desk="kompass").status_code == 302
