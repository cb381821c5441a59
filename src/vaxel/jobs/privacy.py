"""The worker's jobs for personal data: a name, ids in, one call. Each may run twice without harm (trust 72)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vaxel.domain.privacy.exports import forget_exports
from vaxel.insight.transfer.customer_export.writing import make_export
from vaxel.insight.transfer.people_erasing.carrying_out import erase_person
from vaxel.insight.transfer.retention.carrying_out import let_go_of_old
from vaxel.jobs.tasks import Patient


@app.task(name="erase_person", retry=Patient())
def erase_person_job(erasure_id: int) -> None:
    erase_person(erasure_id=erasure_id, now=timezone.now())


@app.task(name="make_export", retry=Patient())
def make_export_job(export_id: int) -> None:
    make_export(export_id=export_id, now=timezone.now())


@app.periodic(cron="27 3 * * *")
@app.task(name="forget_exports", queueing_lock="forget_exports")
def forget_exports_job(timestamp: int) -> None:  # given by the schedule
    forget_exports(now=timezone.now())


@app.periodic(cron="7 2 * * *")
@app.task(name="let_go_of_old", queueing_lock="let_go_of_old")
def let_go_of_old_job(timestamp: int) -> None:  # given by the schedule
    """Before the night's `clear_away_files`, which takes the bytes off the disk."""
    let_go_of_old(now=timezone.now())
