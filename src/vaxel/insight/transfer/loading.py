"""Staff, customers and their people from a file into a desk: all of it or nothing, and any number of times.

People are found by mail address and organisations by name. What is there is changed to what the file says; what
the file does not mention stays, and nothing is removed but the seat of somebody with `contact = false`.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.appointing import add_person, appoint_contact, describe_person
from vaxel.domain.people.certificates import correct_certificate, record_certificate
from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person, Project, RoleHolder, Seat, Staff
from vaxel.domain.people.organisations import (
    OlderTermsError,
    Terms,
    agree,
    describe_organisation,
    open_organisation,
)
from vaxel.domain.people.projects import ProjectPlan, plan_project, start_project
from vaxel.domain.people.seats import SeatsFullError, free_seat
from vaxel.domain.people.staffing import add_staff, describe_staff, hold_role
from vaxel.insight.transfer.desk_file import (
    AgreementEntry,
    CertificateEntry,
    DeskFile,
    Entry,
    OrganisationEntry,
    PersonEntry,
    ProjectEntry,
    StaffEntry,
    located,
    read_desk_file,
)
from vaxel.insight.transfer.desk_references import check_desk_file
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Policy
from vaxel.rules.policy.faults import FaultList, Path


@dataclass(slots=True)
class Loaded:
    """What a load did, each thing as words for whoever reads the answer."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    #: How many things were as the file says already.
    left: int = 0

    def note(self, what: str, *, made: bool = False, changed: str = "") -> None:
        """One thing: made, changed (in which keys), or as it was."""
        if made:
            self.made.append(what)
        elif changed:
            self.changed.append(f"{what}: {changed}")
        else:
            self.left += 1


def load_desk(data: bytes, *, desk: Desk, by: Actor, now: datetime, dry_run: bool = False) -> Loaded:
    """Bring the desk's staff and customers to what the file says, in one transaction.

    With `dry_run` everything is tried and nothing kept. Raises DeskFileFaultsError with every fault, the seats
    that are not there among them.
    """
    file = read_desk_file(data)
    faults = FaultList()
    with transaction.atomic(durable=True):
        policy = current_policy(desk)
        staff = {one.account.email: one for one in Staff.objects.within(Scope(desk.pk)).select_related("account")}
        check_desk_file(file, policy.file, known_staff=staff, faults=faults)
        if faults:
            raise located(faults.all(), data)
        load = _Load(desk=desk, policy=policy, staff=staff, by=by, now=now, faults=faults)
        load.everything(file)
        if faults:
            raise located(faults.all(), data)
        record(kind="desk-loaded", by=by, now=now, desk_id=desk.pk, made=len(load.said.made))
        transaction.set_rollback(dry_run)
    return load.said


@dataclass(slots=True, kw_only=True)
class _Load:
    """One load under way."""

    desk: Desk
    policy: Policy
    #: Everybody who works at the desk, by mail address.
    staff: dict[str, Staff]
    by: Actor
    now: datetime
    faults: FaultList
    said: Loaded = field(default_factory=Loaded)

    def everything(self, file: DeskFile) -> None:
        """Staff first: roles and projects name them."""
        for member in file.staff:
            self._staff(member)
        for role, mail in file.roles.items():
            self._role(role, mail, organisation=None)
        known = {one.name.casefold(): one for one in Organisation.objects.within(Scope(self.desk.pk))}
        for index, entry in enumerate(file.organisations):
            self._organisation(entry, known.get(entry.name.casefold()), at=("organisations", index))

    def _staff(self, entry: StaffEntry) -> None:
        known = self.staff.get(entry.mail)
        if known is None:
            language = entry.language or self._language
            self.staff[entry.mail] = add_staff(
                self.desk, email=entry.mail, profile=self._described(entry), language=language, by=self.by, now=self.now
            )
            self.said.note(f"staff {entry.name}", made=True)
            return
        changed = describe_staff(known, profile=self._described(entry), by=self.by, now=self.now)
        self.said.note(f"staff {entry.name}", changed=entry.keys_of(changed))

    def _role(self, role: str, mail: str, *, organisation: Organisation | None) -> None:
        holder = RoleHolder.unscoped.filter(desk=self.desk, organisation=organisation, role=role).first()
        of = "everybody" if organisation is None else organisation.name
        what, staff = f"{role} of {of}", self.staff[mail]
        kept = holder is not None and holder.staff_id == staff.pk
        if not kept:
            hold_role(staff, role=role, organisation=organisation, by=self.by, now=self.now)
        self.said.note(what, made=holder is None, changed="" if kept else f"now {staff.name}")

    def _organisation(self, entry: OrganisationEntry, known: Organisation | None, *, at: Path) -> None:
        profile, what = self._described(entry), f"organisation {entry.name}"
        if known is None:
            known = open_organisation(self.desk, profile=profile, by=self.by, now=self.now)
            self.said.note(what, made=True)
        else:
            changed = describe_organisation(known, profile=profile, by=self.by, now=self.now)
            self.said.note(what, changed=entry.keys_of(changed))
        if entry.agreement is not None:
            self._agreement(entry.agreement, known, at=(*at, "agreement"))
        for role, mail in entry.roles.items():
            self._role(role, mail, organisation=known)
        people = {one.email.lower(): one for one in Person.objects.within(Scope(self.desk.pk, known.pk))}
        for index, person in enumerate(entry.people):
            self._person(person, people.get(person.mail), known, at=(*at, "people", index))
        for project in entry.projects:
            self._project(project, known)

    def _agreement(self, entry: AgreementEntry, organisation: Organisation, *, at: Path) -> None:
        terms = Terms(
            plan=entry.plan,
            products=list(entry.products),
            starts_on=entry.starts,
            ends_on=entry.ends,
            seats=entry.seats,
            facts=dict(entry.facts),
        )
        try:
            agreed = agree(organisation, terms=terms, by=self.by, now=self.now)
        except OlderTermsError as older:
            problem = f"There is an agreement from {older.later} already: write that day to change it, or a later one."
            self.faults.add((*at, "starts"), problem)
            return
        keys = ", ".join(name.removesuffix("_on") for name in agreed.changed)
        self.said.note(f"agreement of {organisation.name} from {entry.starts}", made=agreed.made, changed=keys)

    def _person(self, entry: PersonEntry, known: Person | None, organisation: Organisation, *, at: Path) -> None:
        profile, what = self._described(entry), f"{entry.name}, {organisation.name}"
        if known is None:
            language = entry.language or self._language
            known = add_person(
                organisation, email=entry.mail, profile=profile, language=language, by=self.by, now=self.now
            )
            self.said.note(what, made=True)
        else:
            changed = describe_person(known, profile=profile, by=self.by, now=self.now)
            self.said.note(what, changed=entry.keys_of(changed))
        for certificate in entry.certificates:
            self._certificate(certificate, known)
        if entry.contact is not None:
            self._seat(known, wanted=entry.contact, at=(*at, "contact"))

    def _certificate(self, entry: CertificateEntry, person: Person) -> None:
        product, expires = entry.product or "", entry.expires or self._last_day(entry.passed)
        what = f"certificate of {person.name} from {entry.passed}"
        known = Certificate.unscoped.filter(person=person, product=product, passed_on=entry.passed).first()
        if known is None:
            record_certificate(
                person, passed_on=entry.passed, product=product, expires_on=expires, by=self.by, now=self.now
            )
            self.said.note(what, made=True)
        else:
            corrected = correct_certificate(known, expires_on=expires, by=self.by, now=self.now)
            self.said.note(what, changed="expires" if corrected else "")

    def _seat(self, person: Person, *, wanted: bool, at: Path) -> None:
        """A seat in each agreement that has not ended, or in the newest: a renewal that lies ahead is another one."""
        agreements = list(Agreement.unscoped.filter(organisation=person.organisation_id).order_by("-starts_on", "-pk"))
        today = self.desk.day_of(self.now)
        for agreement in [one for one in agreements if one.ends_on is None or one.ends_on >= today] or agreements[:1]:
            self._seat_in(agreement, person, wanted=wanted, at=at)
        if wanted and not agreements:
            self.faults.add(at, "The organisation has no agreement, so there is no seat: give it an `agreement`.")

    def _seat_in(self, agreement: Agreement, person: Person, *, wanted: bool, at: Path) -> None:
        seat = Seat.unscoped.filter(agreement=agreement, person=person).first()
        what = f"seat of {person.name}"
        if wanted == (seat is not None):
            self.said.note(what)
        elif seat is not None:
            free_seat(seat, by=self.by, now=self.now)
            self.said.note(what, changed="given back")
        else:
            self._appoint(person, agreement, what=what, at=at)

    def _appoint(self, person: Person, agreement: Agreement, *, what: str, at: Path) -> None:
        try:
            seat = appoint_contact(person, agreement=agreement, by=self.by, now=self.now)
            self.said.note(f"{what}: number {seat.number}", made=True)
        except SeatsFullError as full:
            problem = (
                f"All {full.limit} seats of the agreement are taken: contact = false gives one back, seats = … more."
            )
            self.faults.add(at, problem)

    def _project(self, entry: ProjectEntry, organisation: Organisation) -> None:
        plan: ProjectPlan = self._described(entry)
        plan["manager"] = self.staff[entry.manager]
        what = f"project {entry.name}, {organisation.name}"
        known = Project.unscoped.filter(organisation=organisation, name__iexact=entry.name).first()
        if known is None:
            start_project(organisation, name=entry.name, plan=plan, by=self.by, now=self.now)
            self.said.note(what, made=True)
        else:
            changed = plan_project(known, plan=plan, by=self.by, now=self.now)
            self.said.note(what, changed=entry.keys_of(changed))

    def _last_day(self, passed: date) -> date | None:
        """How long a certificate holds by the policy: to the same day of a later month, or the last one there."""
        certificates = self.policy.file.certificates
        if certificates is None or certificates.valid_months is None:
            return None
        years, month = divmod(passed.month - 1 + certificates.valid_months, 12)
        year, month = passed.year + years, month + 1
        return date(year, month, min(passed.day, monthrange(year, month)[1]))

    @property
    def _language(self) -> str:
        return self.policy.languages[0]

    @staticmethod
    def _described(entry: Entry) -> Any:
        """As the doors' profiles, whose keys `Entry.FIELDS` names."""
        return entry.described()
