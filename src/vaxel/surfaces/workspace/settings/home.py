"""The settings' front: everything that a desk's administrators decide, with a sentence each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.settings.frame import Settings, settings_page, show


@dataclass(frozen=True, slots=True)
class Way:
    """A page, and what is decided there."""

    label: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together; `key` names the group in the page."""

    key: str
    label: str
    ways: tuple[Way, ...]


@require_safe
@settings_page
def home(request: HttpRequest, at: Settings) -> HttpResponse:
    """No query of its own."""
    groups = (_customers(at), _own(at), _words(at), _doors(at), _privacy(at))
    return show(request, at, "home", title=_("Settings"), trail=None, groups=groups)


def _customers(at: Settings) -> Group:
    return Group(
        "customers",
        _("Customers"),
        (
            Way(_("Organisations"), at.url("organisations"), _("Who is a customer, and what they have agreed on.")),
            Way(
                _("People at customers"), at.url("people"), _("Find anybody by name or address, whoever they work for.")
            ),
            Way(_("Projects"), at.url("projects"), _("Deliveries that run, with who leads them.")),
            Way(
                _("Agreements and trainings"),
                workspace_url("agreements", at.place),
                _("Agreements that end, and trainings that wait for your answer."),
            ),
        ),
    )


def _own(at: Settings) -> Group:
    return Group(
        "own",
        _("Your own people"),
        (
            Way(_("Staff"), at.url("staff_list"), _("Who works here, what they answer and what they may do.")),
            Way(
                _("Roles"),
                at.url("roles"),
                _("Who is account manager and the like where a customer has nobody of its own."),
            ),
            Way(_("Absences"), workspace_url("absences", at.place), _("Who is away, and who steps in.")),
            Way(_("Gaps"), workspace_url("gaps", at.place), _("What is missing for every question to reach somebody.")),
        ),
    )


def _words(at: Settings) -> Group:
    return Group(
        "words",
        _("Terms, words and prices"),
        (
            Way(
                _("Policy"),
                workspace_url("policy", at.place),
                _("Who may ask what, where it goes and by when it is answered."),
            ),
            Way(_("Canned replies"), at.url("canned_list"), _("Answers that all agents can use again.")),
            Way(_("Words of mails"), workspace_url("mail_texts", at.place), _("What the desk's mails say.")),
            Way(_("Prices of work"), workspace_url("prices", at.place), _("Rate cards for small jobs.")),
            Way(
                _("Customers' cards and hours"),
                workspace_url("job_terms", at.place),
                _("Who has prices of their own, and hours bought ahead."),
            ),
            Way(
                _("Invoicing"),
                workspace_url("invoicing", at.place),
                _("What has been worked, as files to invoice from."),
            ),
        ),
    )


def _doors(at: Settings) -> Group:
    return Group(
        "doors",
        _("Ways in"),
        (
            Way(_("Mailboxes"), workspace_url("mailboxes", at.place), _("Which mail is read, and how it is.")),
            Way(_("Help inside products"), workspace_url("widgets", at.place), _("Which of your products show help.")),
            *_help_centre(at),
            Way(_("History"), at.url("history"), _("Who changed which setting, when, and what it was before.")),
        ),
    )


def _privacy(at: Settings) -> Group:
    return Group(
        "privacy",
        _("Personal data"),
        (
            Way(_("Erased people"), at.url("erasures"), _("Who has asked to be erased, and the proof that they were.")),
            Way(
                _("How long things are kept"),
                at.url("retention"),
                _("What goes by night, and what has to be kept longer."),
            ),
            Way(_("Exports of customers"), at.url("exports"), _("Everything of one customer, as a file to hand over.")),
            Way(_("Who read what"), at.url("readings"), _("Who opened which ticket, and who took which file.")),
        ),
    )


def _help_centre(at: Settings) -> tuple[Way, ...]:
    """There is nothing to set before there is a manual."""
    if not at.place.desk.has_manual:
        return ()
    url = workspace_url("manual_settings", at.place)
    return (Way(_("Settings of the help centre"), url, _("Who may read the manual, and which words mean the same.")),)
