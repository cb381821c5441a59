"""What stands in the box of answers and is not sent: it is kept, whatever else is done on the ticket's page."""

from django.http import Http404, HttpRequest

from vaxel.domain.tickets.attachments import remove_from_draft
from vaxel.domain.tickets.conversation import discard_reply_draft, save_reply_draft
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import ReplyDraft
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.kept_form import forget_form
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.ui.uploads import store_files
from vaxel.surfaces.workspace.composer import Written


def keep_unsent(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> tuple[FieldError, ...]:
    """Keep the box that came with a button of the page, if one did; says what cannot be taken."""
    if "body" not in request.POST:
        return ()
    keep_words(request, place, name, written)
    return keep_files(request, place, name, written)


def keep_words(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> None:
    """As the writer's draft; an empty box keeps nothing. What was kept while they were signed out is older."""
    try:
        if written.text:
            _draft(place, name, written)
        else:
            discard_reply_draft(scope=place.scope, number=number_of(place.desk, name), by=place.by)
    except TicketMissingError:
        raise Http404 from None
    forget_form(request)


def keep_files(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> tuple[FieldError, ...]:
    """Store what was attached with the writer's draft, and take out what was removed; says what cannot be taken."""
    files = request.FILES.getlist("files")
    if not files and not written.remove:
        return ()
    try:
        organisation_id = staff_ticket(place.scope, number=number_of(place.desk, name)).organisation_id
    except TicketMissingError:
        raise Http404 from None
    draft = _draft(place, name, written)
    if written.remove:
        remove_from_draft(draft=draft, public_id=written.remove)
    return store_files(files, draft=draft, organisation_id=organisation_id, now=place.now)


def _draft(place: StaffPlace, name: str, written: Written) -> ReplyDraft:
    return save_reply_draft(
        scope=place.scope,
        number=number_of(place.desk, name),
        text=written.text,
        html=written.html,
        is_note=written.is_note,
        by=place.by,
        now=place.now,
    )
