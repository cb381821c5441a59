"""The addresses of the workspace; nouns, with what is done to them by POST."""

from django.urls import path

from vaxel.surfaces.workspace import actions, answering, calls, decision, gaps, inbox, mails, preferences, ticket
from vaxel.surfaces.workspace.mailroom import body

app_name = "workspace"

_TICKET = "tickets/<slug:name>/"

urlpatterns = [
    path("", inbox.home, name="home"),
    path("tickets/", inbox.inbox, name="inbox"),
    path("new/", calls.new, name="new"),
    path("mailroom/<slug:mail>/body/", body.body, name="mail_body"),
    path("mailroom/<slug:mail>/original/", body.original, name="mail_original"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("preferences/", preferences.preferences, name="preferences"),
    path(_TICKET, ticket.ticket, name="ticket"),
    path(_TICKET + "read/", ticket.read, name="read"),
    path(_TICKET + "draft/", ticket.draft, name="draft"),
    path(_TICKET + "conversation/", answering.conversation, name="conversation"),
    path(_TICKET + "assignment/", actions.assignment, name="assignment"),
    path(_TICKET + "status/", actions.status, name="status"),
    path(_TICKET + "priority/", actions.priority, name="priority"),
    path(_TICKET + "decision/", decision.decision, name="decision"),
    path(_TICKET + "solution/", actions.solution, name="solution"),
    path(_TICKET + "reopening/", actions.reopening, name="reopening"),
    path(_TICKET + "closure/", actions.closure, name="closure"),
    path(_TICKET + "mails/<int:mail_id>/", mails.mail, name="mail"),
    path(_TICKET + "mails/<int:mail_id>/address/", mails.address, name="mail_address"),
]
