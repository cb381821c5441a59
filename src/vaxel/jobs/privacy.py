"""The worker's jobs for personal data: a name, ids in, one call. Each may run twice without harm (trust 72)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vaxel.insight.transfer.people_erasing.carrying_out import erase_person
from vaxel.jobs.tasks import Patient


@app.task(name="erase_person", retry=Patient())
def erase_person_job(erasure_id: int) -> None:
    erase_person(erasure_id=erasure_id, now=timezone.now())
