"""The states of a ticket, and what each means for whose turn it is."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """One word each; the sentence that customers read is made in the surfaces."""

    NEW = "new", pgettext_lazy("status", "New")
    OPEN = "open", pgettext_lazy("status", "Open")
    NEEDS_DETAILS = "needs-details", pgettext_lazy("status", "Waiting for details")
    WAITING_CUSTOMER = "waiting-customer", pgettext_lazy("status", "Waiting for customer")
    WAITING_THIRD_PARTY = "waiting-third-party", pgettext_lazy("status", "Waiting for third party")
    SOLVED = "solved", pgettext_lazy("status", "Solved")
    CLOSED = "closed", pgettext_lazy("status", "Closed")


#: The vendor has something to do.
OURS = (Status.NEW, Status.OPEN)
#: Somebody else has something to do. Promises stand still for the customer; a third party is the vendor's own affair.
WAITING = (Status.WAITING_CUSTOMER, Status.WAITING_THIRD_PARTY)
#: Not finished. A question by mail begins with needing details where its kind asks for more than the mail said; the
#: policy says whether promises run meanwhile.
OPEN_STATUSES = (*OURS, Status.NEEDS_DETAILS, *WAITING)
#: Finished; a solved ticket can be opened again, a closed one is answered by a new ticket.
DONE = (Status.SOLVED, Status.CLOSED)
