"""What a mail about a small job says of it. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSaid:
    """An offer in words of the mail's language; texts that do not apply are empty and left out."""

    #: The event that is told, by its kind: "offer-made" … "job-done".
    event: str = ""
    what: str = ""
    #: The most that is charged: "45 minuter".
    time: str = ""
    #: What that costs, without value added tax; empty when it is drawn from bought hours.
    price: str = ""
    valid_until: str = ""
    answered_by: str = ""
    why_not: str = ""
    #: What has been used; empty before the yes.
    used: str = ""
    left: str = ""
    #: Who may say yes, by name.
    approvers: str = ""
    #: Where the recipient says yes or no without signing in; empty for whoever has no such right.
    answer_link: str = ""


#: What a mail says that is about no job.
NO_JOB: Final = JobSaid()
