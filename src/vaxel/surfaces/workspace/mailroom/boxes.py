"""The desk's mailboxes: how they are, setting one up, trying it. For those who run the desk."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.channels.mail.incoming.checkup import Checkup, check_mailbox
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.mailboxes import AddressTakenError, add_mailbox, change_mailbox
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.queries import MailboxHealth, mailbox_named, mailboxes
from vaxel.domain.mailroom.sealing import SealBrokenError, unseal
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.mailroom.box_choices import encryptions, sign_ins, ways_of_mails
from vaxel.surfaces.workspace.mailroom.box_form import BoxForm, form_of, problems, read_form
from vaxel.surfaces.workspace.mailroom.frame import MAILBOXES, show


@require_safe
@administrator_page
def boxes(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All mailboxes of the desk with their health."""
    labels = labels_of(place.desk, now=place.now)
    return show(
        request,
        place,
        "boxes",
        title=_("Mailboxes"),
        part=MAILBOXES,
        boxes=[(each, _state(each), _heard(each, labels=labels), _url(each, place)) for each in _all(place)],
        new_url=workspace_url("mailbox_new", place),
    )


def _all(place: StaffPlace) -> tuple[MailboxHealth, ...]:
    return mailboxes(place.scope, now=place.now)


def _state(health: MailboxHealth) -> str:
    """In a word, for people who do not see colours."""
    if not health.mailbox.is_on:
        return _("Switched off")
    return _("Works") if health.is_well else _("Does not work")


def _heard(health: MailboxHealth, *, labels: Labels) -> Moment | None:
    at = health.mailbox.heard_at
    return None if at is None else labels.moment(at)


def _url(health: MailboxHealth, place: StaffPlace) -> str:
    return workspace_url("mailbox", place, mailbox_id=str(health.mailbox.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Set up a mailbox."""
    if request.method != "POST":
        return _show_form(request, place, form_of(None))
    form = read_form(request.POST)
    errors = problems(form, file=current_policy(place.desk).file, mailbox=None)
    if errors:
        return _show_form(request, place, form, errors=errors)
    settings = form.settings()
    try:
        made = add_mailbox(
            desk=place.desk,
            address=settings.pop("address"),
            way=settings.pop("way"),
            secrets=form.secrets,
            by=place.by,
            now=place.now,
            **settings,
        )
    except AddressTakenError as taken:
        return _show_form(request, place, form, errors=(_taken(taken),))
    return _saved(request, place, made)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def box(request: HttpRequest, place: StaffPlace, mailbox_id: int) -> HttpResponse:
    """Change a mailbox. What is secret stays as it is where nothing is typed."""
    found = _found(place, mailbox_id)
    if request.method != "POST":
        return _show_form(request, place, form_of(found), mailbox=found)
    form = read_form(request.POST)
    errors = problems(form, file=current_policy(place.desk).file, mailbox=found)
    if errors:
        return _show_form(request, place, form, mailbox=found, errors=errors)
    try:
        changed = change_mailbox(
            scope=place.scope,
            mailbox_id=mailbox_id,
            secrets=form.secrets,
            by=place.by,
            now=place.now,
            **form.settings(),
        )
    except AddressTakenError as taken:
        return _show_form(request, place, form, mailbox=found, errors=(_taken(taken),))
    return _saved(request, place, changed)


def _found(place: StaffPlace, mailbox_id: int) -> Mailbox:
    found = mailbox_named(place.scope, mailbox_id=mailbox_id)
    if found is None:
        raise Http404
    return found


def _taken(error: AddressTakenError) -> FieldError:
    return FieldError(field="address", text=_("Another mailbox has the address %(address)s") % {"address": str(error)})


def _saved(request: HttpRequest, place: StaffPlace, mailbox: Mailbox) -> HttpResponse:
    """With “Save and try” what is wrong is said at once."""
    if "try" in request.POST and mailbox.way == Mailbox.Way.IMAP:
        return _show_form(request, place, form_of(mailbox), mailbox=mailbox, checkup=_try(mailbox))
    say(request, _("%(address)s is saved.") % {"address": mailbox.address})
    return HttpResponseRedirect(workspace_url(MAILBOXES, place), status=HTTPStatus.SEE_OTHER)


@require_POST
@administrator_page
def trial(request: HttpRequest, place: StaffPlace, mailbox_id: int) -> HttpResponse:
    """Go every step of reading the mailbox, and say at which one it fails."""
    found = _found(place, mailbox_id)
    return _show_form(request, place, form_of(found), mailbox=found, checkup=_try(found))


def _try(mailbox: Mailbox) -> Checkup:
    try:
        secrets = unseal(mailbox.secret)
    except SealBrokenError:
        return Checkup(fault=MailboxFault.SECRET, words=str(WORDS[MailboxFault.SECRET]), detail="")
    return check_mailbox(mailbox, secrets)


def _show_form(
    request: HttpRequest,
    place: StaffPlace,
    form: BoxForm,
    *,
    mailbox: Mailbox | None = None,
    errors: tuple[FieldError, ...] = (),
    checkup: Checkup | None = None,
) -> HttpResponse:
    names = labels_of(place.desk, now=place.now).names
    number = "" if mailbox is None else str(mailbox.pk)
    return show(
        request,
        place,
        "box",
        title=_("New mailbox") if mailbox is None else mailbox.address,
        part=MAILBOXES,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        values=form.values,
        is_on=form.is_on,
        has_secret=mailbox is not None and bool(mailbox.secret),
        checkup=checkup,
        kinds=options_of(names.kinds),
        products=options_of(names.products),
        ways=ways_of_mails(),
        encryptions=encryptions(),
        sign_ins=sign_ins(),
        action=workspace_url("mailbox", place, mailbox_id=number) if number else workspace_url("mailbox_new", place),
        try_url=workspace_url("mailbox_try", place, mailbox_id=number) if number else "",
        back_url=workspace_url(MAILBOXES, place),
    )
