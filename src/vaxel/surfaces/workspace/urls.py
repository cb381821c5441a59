"""The addresses of the workspace; nouns, with what is done to them by POST."""

from django.urls import path

from vaxel.surfaces.workspace import actions, inbox, ticket

app_name = "workspace"

_TICKET = "<slug:desk>/workspace/tickets/<slug:name>/"

urlpatterns = [
    path("<slug:desk>/workspace/", inbox.home, name="home"),
    path("<slug:desk>/workspace/tickets/", inbox.inbox, name="inbox"),
    path(_TICKET, ticket.ticket, name="ticket"),
    path(_TICKET + "reply/", actions.reply, name="reply"),
    path(_TICKET + "note/", actions.note, name="note"),
    path(_TICKET + "assignment/", actions.assignment, name="assignment"),
    path(_TICKET + "status/", actions.status, name="status"),
    path(_TICKET + "priority/", actions.priority, name="priority"),
]
