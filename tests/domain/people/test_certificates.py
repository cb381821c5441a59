"""What a certificate is worth on a day."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_desk, make_organisation, make_person
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.certificates import Passed, certificate_state, record_certificate
from vaxel.domain.people.models import Certificate

DAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
OLD, NEW = date(2023, 1, 10), date(2026, 1, 10)


@pytest.mark.parametrize(
    ("certificates", "product", "expected"),
    [
        ([], "suite", "none"),
        ([Passed("", NEW, None)], "suite", "valid"),
        ([Passed("suite", NEW, None)], "suite", "valid"),
        ([Passed("meetings", NEW, None)], "suite", "none"),
        ([Passed("meetings", NEW, None)], "", "valid"),
        ([Passed("", NEW, date(2026, 11, 19))], "suite", "valid"),
        ([Passed("", OLD, date(2026, 11, 18))], "suite", "grace"),
        ([Passed("", OLD, date(2026, 10, 20))], "suite", "grace"),
        ([Passed("", OLD, date(2026, 10, 19))], "suite", "expired"),
        ([Passed("", OLD, date(2024, 1, 1)), Passed("suite", NEW, None)], "suite", "valid"),
        ([Passed("", OLD, date(2024, 1, 1)), Passed("suite", OLD, date(2026, 11, 1))], "suite", "grace"),
        ([Passed("", OLD, date(2024, 1, 1)), Passed("meetings", NEW, None)], "suite", "expired"),
        ([Passed("", date(2026, 11, 20), None)], "suite", "none"),
        ([Passed("", DAY, None)], "suite", "valid"),
    ],
)
def test_best_fitting_certificate_counts(certificates: list[Passed], product: str, expected: str) -> None:
    assert certificate_state(certificates, product=product, today=DAY, grace_days=30) == expected


def test_without_grace_the_day_after_the_last_is_expired() -> None:
    passed = [Passed("", OLD, date(2026, 11, 18))]
    assert certificate_state(passed, product="suite", today=DAY, grace_days=0) == "expired"


@pytest.mark.django_db
def test_recording_keeps_earlier_ones_and_leaves_a_trace() -> None:
    person = make_person(make_organisation(make_desk("kompass")), certified=False)
    for passed_on in (OLD, NEW):
        record_certificate(person, product="suite", passed_on=passed_on, by=SYSTEM, now=NOW)
    assert list(Certificate.unscoped.values_list("passed_on", flat=True).order_by("passed_on")) == [OLD, NEW]
    assert AuditEntry.unscoped.filter(kind="certificate-recorded", data__person_id=person.pk).count() == 2


@pytest.mark.django_db
def test_certificate_that_ends_before_it_began_is_refused() -> None:
    person = make_person(make_organisation(make_desk("kompass")), certified=False)
    with pytest.raises(ValueError, match="cannot expire before"):
        record_certificate(person, passed_on=NEW, expires_on=OLD, by=SYSTEM, now=NOW)
