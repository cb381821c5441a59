"""A person leaves the installation: who they were goes everywhere, and a number stands in its place (trust 81).

What they wrote stays, as their organisation's record of what was asked and answered, without what tells of them; or it
goes too, where the desk has decided so. Backups of before keep what they hold until they are removed: docs/running.md.
"""

from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Account, Person, Staff
from vaxel.domain.privacy.erasures import finish_erasure, put_back
from vaxel.domain.privacy.exports import remove_exports_of
from vaxel.domain.privacy.keeping import holds_on
from vaxel.domain.privacy.models import Erasure
from vaxel.insight.transfer.people_erasing.accounts import addresses_of, remove_account
from vaxel.insight.transfer.people_erasing.identity import Identity, own_parts_of
from vaxel.insight.transfer.people_erasing.mails import forget_received, remove_sent
from vaxel.insight.transfer.people_erasing.rows import erase_files, erase_words, put_number, remove_own
from vaxel.insight.transfer.people_erasing.searching import learn_anew
from vaxel.insight.transfer.people_erasing.striking import strike
from vaxel.kit.tenancy import Scope


@transaction.atomic(durable=True)
def erase_person(*, erasure_id: int, now: datetime) -> None:
    """Carry out what the desk has ordered: all of it or nothing; a second time does nothing. A legal hold that came
    meanwhile puts it back before the desk.

    Raises OnItsWayError while a mail to them is being sent.
    """
    erasure = Erasure.unscoped.select_for_update().get(pk=erasure_id)
    if erasure.state != Erasure.State.ORDERED:
        return
    if holds_on(Scope(erasure.desk_id), organisation_id=erasure.organisation_id):
        put_back(erasure, by=SYSTEM, now=now)
        return
    person = Person.unscoped.select_for_update().get(pk=erasure.person_id)
    account = _only_theirs(person)
    identity = _identity(person, account)
    counts = {"mails": remove_sent(person, identity), "originals": forget_received(person, identity)}
    counts["files"] = erase_files(person, identity, wanted=erasure.with_files)
    if erasure.with_words:
        counts["texts"] = erase_words(person)
    remove_own(person, identity)
    counts["names"] = put_number(person, account, identity)
    struck = strike(identity, desk_id=person.desk_id, organisation_id=person.organisation_id)
    counts["rows"] = struck.rows
    _forget(person, identity, now=now)
    remove_exports_of(person.organisation_id, now=now)
    if account is not None:
        remove_account(account, identity)
    learn_anew(struck.tickets | _tickets_with_words(person))
    finish_erasure(erasure, counts=counts, by=SYSTEM, now=now)


def _only_theirs(person: Person) -> Account | None:
    """The account, where it is nobody else's: somebody at two customers is erased at one of them."""
    if person.account_id is None:
        return None
    others = Person.unscoped.filter(account=person.account_id).exclude(pk=person.pk)
    if others.exists() or Staff.unscoped.filter(account=person.account_id).exists():
        return None
    return Account.objects.select_for_update().get(pk=person.account_id)


def _identity(person: Person, account: Account | None) -> Identity:
    others = Person.unscoped.filter(organisation=person.organisation_id).exclude(pk=person.pk)
    names = list(others.values_list("name", flat=True))
    staff = list(Staff.unscoped.filter(desk=person.desk_id).values_list("name", flat=True))
    emails = {person.email, *(addresses_of(account) if account else ())}
    return Identity(
        name=person.name,
        emails=tuple(sorted(emails, key=len, reverse=True)),
        phones=(person.phone,) if person.phone else (),
        own_parts=own_parts_of(person.name, others=[*names, *staff]),
        is_elsewhere=person.account_id is not None and account is None,
        alias=f"Person {person.pk}",
    )


def _forget(person: Person, identity: Identity, *, now: datetime) -> None:
    """The row itself stays: everything that they did hangs on it."""
    person.name, person.phone, person.title = identity.alias, "", ""
    person.email = f"person-{person.pk}@erased.example"
    person.account, person.is_active, person.erased_at = None, False, now
    rights = ["may_see_organisation", "may_administer", "may_approve", "is_local_contact"]
    for right in rights:
        setattr(person, right, False)
    person.save(update_fields=["name", "email", "phone", "title", "account", "is_active", "erased_at", *rights])


def _tickets_with_words(person: Person) -> frozenset[int]:
    """Whose words were erased outright, and stand in no list of what was struck."""
    return frozenset(person.tickets.values_list("pk", flat=True))
