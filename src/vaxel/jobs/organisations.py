"""The worker's jobs for organisations' people and contacts. Each may run twice without harm (trust 72)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vaxel.domain.administration.seat_changes import settle_due
from vaxel.domain.notices.organisation_mail import OrganisationNews
from vaxel.domain.notices.organisations import News
from vaxel.domain.notices.organisations import tell_organisation as tell
from vaxel.domain.notices.reminders import send_reminders
from vaxel.jobs.tasks import Patient


@app.task(name="tell_organisation", retry=Patient())
def tell_organisation(
    kind: OrganisationNews,
    key: str,
    organisation_id: int,
    person_id: int | None = None,
    subject_id: int | None = None,
    *,
    hold: bool = False,
) -> None:
    """`hold` is set in a restored installation (`vaxel.insight.transfer.installation.restore`)."""
    news = News(kind=kind, key=key, organisation_id=organisation_id, person_id=person_id, subject_id=subject_id)
    tell(news, now=timezone.now(), hold=hold)


@app.periodic(cron="*/5 * * * *")
@app.task(name="settle_seat_changes", queueing_lock="settle_seat_changes")
def settle_seat_changes(timestamp: int) -> None:  # given by the schedule
    """Deputies and successors whose day has come, and seats for those who wait in line."""
    settle_due(now=timezone.now())


@app.periodic(cron="7 6 * * *")
@app.task(name="send_reminders", queueing_lock="send_reminders", retry=Patient())
def send_reminders_job(timestamp: int) -> None:  # given by the schedule
    send_reminders(now=timezone.now())
