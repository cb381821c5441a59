"""Changes of settings in the demonstration, so that their history has something to tell."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.appointing import describe_person
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.people.organisations import describe_organisation
from vaxel.domain.people.staffing import describe_staff
from vaxel.domain.tickets.canned import CannedWords, change_canned
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.insight.transfer.demo.stage import Stage

#: Customers whose settings somebody has touched lately.
_TOUCHED: Final = 3


def change_settings(stage: Stage, *, now: datetime) -> None:
    """Whoever runs the desk has put this and that right during the last days."""
    administrator = Staff.unscoped.filter(desk=stage.desk, may_administer=True, is_active=True).order_by("pk").first()
    if administrator is None:
        return
    by = Actor(kind="staff", id=administrator.pk, name=administrator.name)
    customers = Organisation.unscoped.filter(desk=stage.desk, is_active=True).order_by("name", "pk")
    for days, customer in enumerate(customers[:_TOUCHED], start=1):
        at = now - timedelta(days=days, hours=2)
        domains = [*customer.domains, *(f"mail.{each}" for each in customer.domains[:1])]
        describe_organisation(customer, profile={"domains": domains}, by=by, now=at)
        _let_see_more(customer, by=by, now=at + timedelta(minutes=4))
    _put_right(stage, administrator, by=by, now=now)


def _let_see_more(customer: Organisation, *, by: Actor, now: datetime) -> None:
    """Somebody at the customer reads all of its tickets from now on."""
    people = Person.unscoped.filter(organisation=customer, is_active=True, may_see_organisation=False)
    person = people.order_by("pk").first()
    if person is not None:
        describe_person(person, profile={"may_see_organisation": True}, by=by, now=now)


def _put_right(stage: Stage, administrator: Staff, *, by: Actor, now: datetime) -> None:
    colleague = (
        Staff.unscoped.filter(desk=stage.desk, is_active=True).exclude(pk=administrator.pk).order_by("pk").first()
    )
    if colleague is not None and not colleague.may_edit_manual:
        describe_staff(colleague, profile={"may_edit_manual": True}, by=by, now=now - timedelta(days=4))
    reply = CannedReply.unscoped.filter(desk=stage.desk).order_by("pk").first()
    if reply is not None:
        greeting = {"sv": "\n\nHör av dig igen om något är oklart.", "en": "\n\nDo write again if anything is unclear."}
        words = CannedWords(
            title=reply.title, language=reply.language, text=f"{reply.text}{greeting.get(reply.language, '')}"
        )
        change_canned(reply, words=words, by=by, now=now - timedelta(days=2))
