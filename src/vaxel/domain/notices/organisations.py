"""Tell people about their place in an organisation: invited, given a seat, a certificate that runs out, nobody left.

Each thing is told once (`administration.Told`): the row and the mails are written together, so a job that runs twice
adds nothing. What is told is looked up when it is told: what has been put right meanwhile is told to nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from babel.dates import format_date
from django.db import transaction

from vaxel.domain.administration.models import CertificateClaim, SeatChange, Told
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.brakes import closed_addresses
from vaxel.domain.notices.facts import as_recipients, language_of, staff_as_recipients
from vaxel.domain.notices.mail_row import keep_back_if_braked, mail_row
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.organisation_mail import OrganisationMail, OrganisationNews, organisation_mail
from vaxel.domain.people.certificates import untrained_for
from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person, Seat, Staff
from vaxel.domain.people.queries import local_contacts, person_for_role

#: The role that follows a customer; where the policy has no such role, those who run the desk are told.
ACCOUNT_MANAGER: Final = "account-manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What there is to tell: ids only, so that a job can carry it."""

    kind: OrganisationNews
    #: Names it once and for all.
    key: str
    organisation_id: int
    #: Whom it is about.
    person_id: int | None = None
    #: The certificate, claim, agreement or change of a seat that it is about.
    subject_id: int | None = None


@transaction.atomic(durable=True)
def tell_organisation(news: News, *, now: datetime, hold: bool = False) -> Sequence[OutgoingMail]:
    """Write the mails and ask the worker to send them; none when it was told before or is true no more.

    `hold` keeps them back for staff, as `telling.tell` does.
    """
    organisation = Organisation.unscoped.select_related("desk").filter(pk=news.organisation_id).first()
    if organisation is None or not organisation.is_active:
        return []
    _told, is_new = Told.unscoped.get_or_create(
        key=news.key, defaults={"desk_id": organisation.desk_id, "organisation": organisation, "at": now}
    )
    if not is_new:
        return []
    mails = _mails(news, organisation, now=now)
    outbox.put_out(mails, hold=hold)
    return mails


def _mails(news: News, organisation: Organisation, *, now: datetime) -> list[OutgoingMail]:
    desk = organisation.desk
    today = desk.day_of(now)
    about = _about(news, organisation, today=today)
    if about is None:
        return []
    recipients = {each.email.lower(): each for each in _recipients(news, organisation, today=today) if each.email}
    closed = closed_addresses(desk_id=organisation.desk_id, addresses=recipients)
    mails = []
    for recipient in recipients.values():
        composed = organisation_mail(news.kind, _spoken(about, news, recipient, organisation))
        mail = mail_row(desk, recipient, composed, kind=news.kind, now=now, organisation=organisation)
        keep_back_if_braked(mail, closed=closed, now=now)
        mails.append(mail)
    return mails


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is true of the matter now, in no language yet."""

    person: str = ""
    on: date | None = None
    days: int = 0
    #: The products that it is about.
    products: tuple[str, ...] = ()
    is_untrained: bool = False
    why_not: str = ""


def _about(news: News, organisation: Organisation, *, today: date) -> _About | None:
    """None when it is true no more: nobody is told."""
    person = Person.unscoped.filter(pk=news.person_id or 0, is_active=True).first()
    if news.person_id is not None and person is None:
        return None
    about = _About(person=person.name if person else "")
    match news.kind:
        case "invited":
            return about
        case "seat-given":
            return _of_seat(about, organisation, person_id=news.person_id or 0, today=today)
        case "no-contacts":
            found = local_contacts(desk_id=organisation.desk_id, organisation_id=organisation.pk)
            return None if found else about
        case "certificate-answered" | "seat-passed":
            return _of_claim(news, about) if news.kind == "certificate-answered" else _of_change(news, about)
        case "certificate-expires" | "agreement-ends":
            return _of_ending(news, about, today=today)
        case _ as never:
            assert_never(never)


def _of_seat(about: _About, organisation: Organisation, *, person_id: int, today: date) -> _About | None:
    """What a new contact still lacks before support answers them; None when the seat is gone again."""
    agreements = [seat.agreement for seat in Seat.unscoped.select_related("agreement").filter(person=person_id)]
    if not agreements:
        return None
    rule = current_policy(organisation.desk).file.certificates
    products = sorted({product for one in agreements for product in one.products})
    lacking = untrained_for(Certificate.unscoped.filter(person=person_id), products=products, rule=rule, today=today)
    named = lacking if rule is not None and rule.per == "product" else ()
    return replace(about, products=named, is_untrained=bool(lacking))


def _of_claim(news: News, about: _About) -> _About | None:
    claim = CertificateClaim.unscoped.filter(pk=news.subject_id or 0).defer("content").first()
    if claim is None:
        return None
    return replace(about, on=claim.passed_on, products=_one(claim.product), why_not=claim.why_not)


def _of_change(news: News, about: _About) -> _About | None:
    """Who has the seat now, and until when; None when its holder has one after all."""
    change = SeatChange.unscoped.select_related("successor").filter(pk=news.subject_id or 0).first()
    if change is None or Seat.unscoped.filter(agreement=change.agreement_id, person=news.person_id).exists():
        return None
    return replace(about, person=change.successor.name, on=change.ends_on)


def _of_ending(news: News, about: _About, *, today: date) -> _About | None:
    """A certificate or an agreement with a last day."""
    if news.kind == "certificate-expires":
        certificate = Certificate.unscoped.filter(pk=news.subject_id or 0).first()
        last, product = (certificate.expires_on, certificate.product) if certificate else (None, "")
    else:
        last = Agreement.unscoped.filter(pk=news.subject_id or 0).values_list("ends_on", flat=True).first()
        product = ""
    return None if last is None else replace(about, on=last, days=(last - today).days, products=_one(product))


def _one(product: str) -> tuple[str, ...]:
    return (product,) if product else ()


def _recipients(news: News, organisation: Organisation, *, today: date) -> Iterator[Recipient]:
    """Whom it is about, then the organisation's administrators, then the account manager: each as the kind wants."""
    language = language_of(organisation.desk)
    if news.kind in {"invited", "seat-given", "seat-passed", "certificate-expires", "certificate-answered"}:
        yield from as_recipients(list(_people(Person.unscoped.filter(pk=news.person_id or 0))), language)
    # Of a seat that is passed on, administrators hear as they hear who has it now.
    if news.kind not in {"invited", "seat-passed"}:
        administrators = Person.unscoped.filter(organisation=organisation, may_administer=True)
        yield from as_recipients(list(_people(administrators)), language)
    if news.kind in {"no-contacts", "agreement-ends"}:
        yield from staff_as_recipients(_account_managers(organisation, today=today), language)


def _people(people: Iterable[Person]) -> Iterator[Person]:
    return (one for one in people if one.is_active and (one.account is None or one.account.is_active))


def _account_managers(organisation: Organisation, *, today: date) -> list[Staff]:
    """Whoever follows the customer; where nobody does, those who run the desk."""
    holder = person_for_role(
        desk_id=organisation.desk_id, organisation_id=organisation.pk, role=ACCOUNT_MANAGER, today=today
    )
    staff = Staff.unscoped.filter(desk=organisation.desk_id, is_active=True).select_related("account")
    return list(staff.filter(may_administer=True) if holder is None else staff.filter(pk=holder.staff_id))


def _spoken(about: _About, news: News, to: Recipient, organisation: Organisation) -> OrganisationMail:
    desk, file = organisation.desk, current_policy(organisation.desk).file
    products = [file.products[name].name.in_(to.language) for name in about.products if name in file.products]
    certificates = file.certificates
    for_staff = to.kind == "staff"
    page = f"{links.desk_link(desk)}/workspace/agreements/" if for_staff else f"{links.desk_link(desk)}/organisation/"
    own = to.kind == "person" and to.id == news.person_id
    return OrganisationMail(
        language=to.language,
        desk=desk.name,
        recipient=to.name,
        organisation=organisation.name,
        person=about.person,
        is_own=own,
        for_staff=for_staff,
        days=about.days,
        on=format_date(about.on, "d MMMM y", locale=to.language) if about.on else "",
        product=", ".join(products),
        is_untrained=about.is_untrained,
        how=certificates.how.in_(to.language)
        if certificates and (news.kind == "certificate-expires" or about.is_untrained)
        else "",
        why_not=about.why_not,
        link=f"{links.desk_link(desk)}/" if own else page,
        accent=desk.accent,
    )
