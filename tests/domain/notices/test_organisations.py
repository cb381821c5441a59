"""What an organisation's people are told: once, in their language, and only while it is true."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests import factories as world
from tests.domain.notices.test_plain_language import lix
from tests.jobs_run import run_jobs
from vaxel.domain.administration.certificates import Proof, claim_certificate, decline_claim
from vaxel.domain.administration.seat_changes import Change, call_off, plan_change, settle_due
from vaxel.domain.administration.seating import let_go, take_back
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.notices import brakes
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.organisation_mail import KINDS, OrganisationMail, OrganisationNews, organisation_mail
from vaxel.domain.notices.organisations import News, tell_organisation
from vaxel.domain.notices.reminders import send_reminders
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Account, Agreement, Organisation, Person

TODAY = date(2026, 11, 19)


@pytest.fixture
def organisation(db: None) -> Organisation:
    return world.make_organisation(world.make_desk(), name="Åsklinge kommun")


@pytest.fixture
def administrator(organisation: Organisation) -> Person:
    return world.make_person(organisation, name="Lo Kahl", contact=False, certified=False, may_administer=True)


def told(mails: Sequence[OutgoingMail]) -> list[str]:
    return sorted(mail.recipient_name for mail in mails)


def contact_with(organisation: Organisation, *, days: int) -> Person:
    """A contact whose certificate has so many days left."""
    person = world.make_person(organisation, certified=False)
    record_certificate(
        person, passed_on=date(2024, 1, 1), expires_on=TODAY + timedelta(days=days), by=SYSTEM, now=world.NOW
    )
    return person


def test_nobody_left_is_told_to_administrators_and_account_manager(
    organisation: Organisation, administrator: Person
) -> None:
    manager = world.make_staff(organisation.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=organisation)
    news = News(kind="no-contacts", key="k", organisation_id=organisation.pk)

    mails = tell_organisation(news, now=world.NOW)

    assert told(mails) == ["Karin Holm", "Lo Kahl"]
    assert mails[0].subject == "Åsklinge kommun saknar supportkontakt"
    assert tell_organisation(news, now=world.NOW) == []


def invitation(person: Person, key: str) -> str:
    """The state of the mail that tells somebody that they were let in."""
    news = News(kind="invited", key=key, organisation_id=person.organisation_id, person_id=person.pk)
    (mail,) = tell_organisation(news, now=world.NOW)
    return mail.state


def test_t19_whoever_is_let_in_again_and_again_gets_one_mail_a_day(organisation: Organisation) -> None:
    person = world.make_person(organisation, contact=False)

    assert [invitation(person, key) for key in ("a", "b")] == [OutgoingMail.State.QUEUED, OutgoingMail.State.HELD]


def test_t19_one_organisation_invites_no_whole_world(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brakes, "MOST_INVITATIONS_BY_ORGANISATION", 2)
    people = [world.make_person(organisation, name=f"Siv {number}", contact=False) for number in range(3)]
    other = world.make_person(world.make_organisation(organisation.desk, name="Bodasjö kommun"), contact=False)

    states = [invitation(person, str(person.pk)) for person in (*people, other)]

    assert states == [OutgoingMail.State.QUEUED] * 2 + [OutgoingMail.State.HELD, OutgoingMail.State.QUEUED]


@pytest.mark.parametrize(
    ("ends", "subject"), [(TODAY + timedelta(days=2), "Siv Ek vikarierar för dig"), (None, "Siv Ek har tagit över")]
)
def test_whoever_lets_a_seat_go_is_told_and_told_again_when_it_is_back(
    organisation: Organisation, administrator: Person, ends: date | None, subject: str
) -> None:
    holder = world.make_person(organisation, name="Maj Ek")
    deputy = world.make_person(organisation, name="Siv Ek", contact=False)
    agreement = Agreement.unscoped.get(organisation=organisation)
    wanted = Change(agreement=agreement, holder=holder, successor=deputy, starts_on=TODAY, ends_on=ends)
    change = plan_change(wanted, by=SYSTEM, now=world.NOW)
    settle_due(now=world.NOW + timedelta(days=0 if ends else 60))
    run_jobs()

    def mails() -> list[str]:
        return [mail.kind for mail in OutgoingMail.unscoped.filter(recipient=holder.email).order_by("id")]

    assert mails() == ["seat-passed"]
    assert OutgoingMail.unscoped.get(recipient=holder.email).subject.startswith(subject)
    assert [*OutgoingMail.unscoped.filter(recipient=administrator.email).values_list("kind", flat=True)] == [
        "seat-given"
    ]
    if ends:
        call_off(change, by=SYSTEM, now=world.NOW)
        run_jobs()
        assert mails() == ["seat-passed", "seat-given"]


@pytest.mark.parametrize("certified", [True, False])
def test_new_contact_reads_what_is_missing_before_support_answers(
    organisation: Organisation, administrator: Person, *, certified: bool
) -> None:
    person = world.make_person(organisation, name="Siv Ek", certified=certified)
    news = News(kind="seat-given", key="k", organisation_id=organisation.pk, person_id=person.pk)

    mails = {mail.recipient: mail.text for mail in tell_organisation(news, now=world.NOW)}

    own, administrators = mails[person.email], mails[administrator.email]
    assert ("inget giltigt utbildningsintyg" in own, "du frågar supporten direkt" in own) == (not certified, certified)
    assert ("Siv Ek har inget giltigt utbildningsintyg" in administrators) is not certified
    assert ("Boka en plats på utbildningen" in own, "Boka en plats på utbildningen" in administrators) == (
        not certified,
        not certified,
    )


def test_nobody_is_told_of_what_has_been_put_right(organisation: Organisation, administrator: Person) -> None:
    world.make_person(organisation)

    assert tell_organisation(News(kind="no-contacts", key="k", organisation_id=organisation.pk), now=world.NOW) == []


@pytest.mark.parametrize(("days", "mails"), [(61, 0), (60, 2), (14, 2), (0, 2), (-1, 0)])
def test_certificate_is_spoken_of_sixty_and_fourteen_days_ahead(
    organisation: Organisation, administrator: Person, days: int, mails: int
) -> None:
    contact_with(organisation, days=days)

    assert (send_reminders(now=world.NOW), send_reminders(now=world.NOW)) == (mails, 0)


def test_certificate_is_spoken_of_twice_in_all(organisation: Organisation) -> None:
    contact_with(organisation, days=60)

    sent = [send_reminders(now=world.NOW + timedelta(days=day)) for day in range(61)]

    assert {day: number for day, number in enumerate(sent) if number} == {0: 1, 46: 1}


def test_certificate_that_was_renewed_is_not_spoken_of(organisation: Organisation) -> None:
    person = contact_with(organisation, days=10)
    record_certificate(person, passed_on=TODAY, expires_on=date(2029, 11, 19), by=SYSTEM, now=world.NOW)

    assert send_reminders(now=world.NOW) == 0


def test_end_of_an_agreement_is_told_unless_another_follows(organisation: Organisation, administrator: Person) -> None:
    agreement = Agreement.unscoped.get(organisation=organisation)
    Agreement.unscoped.filter(pk=agreement.pk).update(ends_on=TODAY + timedelta(days=30))

    sent = send_reminders(now=world.NOW)

    assert (sent, OutgoingMail.unscoped.get().kind) == (1, "agreement-ends")


def test_refusal_of_a_training_carries_its_reason(organisation: Organisation) -> None:
    person = world.make_person(organisation, certified=False)
    Account.objects.filter(persons=person).update(language="en")
    claim = claim_certificate(person, proof=Proof(passed_on=TODAY, told="Course"), by=SYSTEM, now=world.NOW)
    scope = world.desk_scope(organisation.desk)
    decline_claim(scope=scope, claim_id=claim.pk, why_not="Another course", by=SYSTEM, now=world.NOW)
    news = News(
        kind="certificate-answered",
        key="k",
        organisation_id=organisation.pk,
        person_id=person.pk,
        subject_id=claim.pk,
    )

    (mail,) = tell_organisation(news, now=world.NOW)

    assert ("does not count" in mail.subject, "Another course" in mail.text) == (True, True)


def test_last_contact_who_leaves_is_noticed_by_every_door(organisation: Organisation, administrator: Person) -> None:
    """Both doors hand over the job: one takes the seat back, the other closes the person out."""
    first, second = world.make_person(organisation), world.make_person(organisation)
    agreement = Agreement.unscoped.select_related("desk").get(organisation=organisation)
    take_back(first, agreement=agreement, by=SYSTEM, now=world.NOW)
    let_go(second, by=SYSTEM, now=world.NOW)

    mails = tell_organisation(News(kind="no-contacts", key="k", organisation_id=organisation.pk), now=world.NOW)

    assert "Lo Kahl" in told(mails)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("is_untrained", [True, False])
@pytest.mark.parametrize("why_not", ["", "Det var en annan kurs."])
def test_words_are_plain(kind: OrganisationNews, *, own: bool, is_untrained: bool, why_not: str) -> None:
    mail = OrganisationMail(
        language="sv",
        desk="Kompass support",
        recipient="Lo",
        organisation="Åsklinge kommun",
        person="Maj Ekdahl",
        is_own=own,
        is_untrained=is_untrained,
        on="1 december 2026",
        why_not=why_not,
        link="https://hjalp.kompass.example/",
    )

    assert lix(organisation_mail(kind, mail).text) <= 40
