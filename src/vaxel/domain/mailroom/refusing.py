"""Telling the sender of a mail why nothing came of it, and who helps instead (A12, trust 10, 19).

Nobody is told anything by a mail that failed its proof, is automatic, or comes from an address that no human reads.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.letters import Contact, Letter, Recipient, may_answer, send_letter
from vaxel.domain.mailroom.questions import CHANNEL
from vaxel.domain.people.models import Organisation
from vaxel.domain.people.queries import local_contacts
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS, colleagues_to_ask, role_contact, who_takes
from vaxel.rules.policy import Decision, Policy

#: What an address may be long, and a column of ours.
_LONGEST: Final = 254
#: Colleagues who are named to somebody whom we do not know.
_MOST_CONTACTS: Final = 5
_NOBODY_READS: Final = re.compile(r"(no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)([-+.=_].*)?@.*")


def _can_be_written_to(address: str) -> bool:
    """An address by the rules, of bounded length, that somebody may read."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= _LONGEST and _NOBODY_READS.fullmatch(address) is None


def tell_stranger(address: str, *, desk: Desk, is_proven: bool, now: datetime) -> bool:
    """We do not know the address; whether a letter was written.

    Somebody who proves to write from a customer's own domain is told whom to ask there. Anybody else learns nobody's
    name: who a customer's people are is not for those who write its domain into a sender (trust 9).
    """
    if not _can_be_written_to(address) or not may_answer("stranger", desk=desk, address=address, now=now):
        return False
    file = current_policy(desk).file
    language = file.desk.languages[0]
    strangers = file.desk.strangers
    letter = Letter(
        desk=desk.name,
        language=language,
        accent=desk.accent,
        reasons=(strangers.because.in_(language),),
        contacts=_colleagues_of(address, desk=desk) if is_proven else (),
    )
    letter = _with_details(letter, current_policy(desk), strangers.destination)
    return send_letter("stranger", letter, desk=desk, to=Recipient(address=address), now=now) is not None


def _colleagues_of(address: str, *, desk: Desk) -> tuple[Contact, ...]:
    """Whom to ask at the one customer that has the domain, by name and address; nobody where several share it."""
    domain = address.rpartition("@")[2].lower()
    having = Organisation.unscoped.filter(desk=desk, is_active=True, domains__contains=[domain])
    organisations = list(having.values_list("pk", flat=True)[:2])
    if len(organisations) != 1:
        return ()
    found = local_contacts(desk_id=desk.pk, organisation_id=organisations[0])
    return tuple(Contact(name=one.name, title=one.title, email=one.email) for one in found[:_MOST_CONTACTS])


def tell_refused(asker: CustomerViewer, decision: Decision, *, desk: Desk, references: str, now: datetime) -> bool:
    """The policy leads the question elsewhere, or does not take it by mail; whether a letter was written."""
    if not _can_be_written_to(asker.email) or not may_answer("not-by-mail", desk=desk, address=asker.email, now=now):
        return False
    policy = current_policy(desk)
    language = asker.language if asker.language in policy.languages else policy.languages[0]
    name = who_takes(
        decision.destination,
        policy=policy,
        desk_id=desk.pk,
        organisation_id=asker.organisation_id,
        asker_id=asker.person_id,
    )
    letter = Letter(
        desk=desk.name,
        language=language,
        accent=desk.accent,
        recipient=asker.name,
        reasons=_reasons(decision, policy=policy, language=language),
        contacts=_contacts(name, policy=policy, asker=asker, desk=desk, now=now),
        link=f"{settings.BASE_URL.rstrip('/')}/{desk.slug}/",
    )
    letter = _with_details(letter, policy, name)
    to = Recipient(address=asker.email, name=asker.name, organisation_id=asker.organisation_id)
    return send_letter("not-by-mail", letter, desk=desk, to=to, references=references, now=now) is not None


def _reasons(decision: Decision, *, policy: Policy, language: str) -> tuple[str, ...]:
    """Why it goes elsewhere, and why not by mail. What the terms say of other channels, forms, promises and prices is
    not the matter here: who may not call shall not be told to.
    """
    file = policy.file
    beside = {rule.name for rule in (*file.billing, *file.targets, *file.forms, *file.checklists, *file.notify)}
    beside |= {rule.name for rule in file.channels if rule.allow or CHANNEL not in rule.channels}
    texts = (each.text.get(language, "") for each in decision.because if each.rule not in beside)
    return tuple(filter(None, texts))


def _contacts(
    destination: str, *, policy: Policy, asker: CustomerViewer, desk: Desk, now: datetime
) -> tuple[Contact, ...]:
    """The asker's own contacts, or whoever holds the role for them."""
    if policy.file.destinations[destination].type == LOCAL_CONTACTS:
        found = colleagues_to_ask(desk_id=desk.pk, organisation_id=asker.organisation_id, asker_id=asker.person_id)
        return tuple(Contact(name=one.name, title=one.title, email=one.email, phone=one.phone) for one in found)
    holder = role_contact(destination, policy=policy, desk=desk, organisation_id=asker.organisation_id, now=now)
    if holder is None:
        return ()
    return (Contact(name=holder.name, title=holder.title, email=holder.email, phone=holder.phone),)


def _with_details(letter: Letter, policy: Policy, destination: str) -> Letter:
    given = policy.file.destinations[destination].details
    if given is None:
        return letter
    hours = "" if given.hours is None else given.hours.in_(letter.language)
    return replace(letter, phone=given.phone or "", mail=given.mail or "", web=given.web or "", hours=hours)
