"""The worker's own housekeeping: jobs of a worker that died go to another one, and old jobs are removed."""

from typing import Final

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.sessions import remove_ended_sessions
from vaxel.domain.smalljobs.queries import jobs_with_running_clocks
from vaxel.domain.smalljobs.work import stop_if_spent
from vaxel.domain.tickets import blobs

#: Seconds of silence after which a worker counts as dead; it gives a sign of life every five. With a look every
#: fifteen seconds, a job begins anew within forty seconds of the death (trust 72 allows sixty).
SILENCE: Final = 20
#: Hours for which failed and cancelled jobs are kept; finished ones are removed at once.
KEPT: Final = 30 * 24
#: Before everything else that waits: behind ten thousand mails it would come too late.
_FIRST: Final = 100


@app.periodic(cron="* * * * * */15")
@app.task(name="requeue_stalled_jobs", queueing_lock="requeue_stalled_jobs", priority=_FIRST, pass_context=True)
async def requeue_stalled_jobs(context: JobContext, timestamp: int) -> None:  # given by the schedule
    """Queue the jobs anew that a dead worker had begun; each job may run twice without harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="stop_spent_clocks", queueing_lock="stop_spent_clocks")
def stop_spent_clocks(timestamp: int) -> None:  # given by the schedule
    """Stop the clocks of jobs whose agreed time has run out, for people who forgot theirs (A14)."""
    for offer_id in jobs_with_running_clocks():
        stop_if_spent(offer_id=offer_id, by=SYSTEM, now=timezone.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:  # given by the schedule
    """Remove what nobody will look into any more."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="47 3 * * *")
@app.task(name="remove_expired_sessions", queueing_lock="remove_expired_sessions")
def remove_expired_sessions(timestamp: int) -> None:  # given by the schedule
    """Remove the sessions that let nobody in any more, and the forms that wait in them."""
    remove_ended_sessions(now=timezone.now())


@app.periodic(cron="17 4 * * *")
@app.task(name="clear_away_files", queueing_lock="clear_away_files")
def clear_away_files(timestamp: int) -> None:  # given by the schedule
    """Remove the bytes that nothing uses."""
    blobs.clear_away(now=timezone.now())
