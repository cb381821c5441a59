"""The addresses of the workspace; nouns, with what is done to them by POST."""

from django.urls import path

from vaxel.surfaces.workspace import (
    actions,
    answering,
    calls,
    decision,
    gaps,
    inbox,
    mail_texts,
    mails,
    missing,
    notices,
    palette,
    preferences,
    ticket,
)
from vaxel.surfaces.workspace.mailroom import body, boxes, outgoing, quarantine
from vaxel.surfaces.workspace.problems import hanging, known, operating

app_name = "workspace"

_TICKET = "tickets/<slug:name>/"

urlpatterns = [
    path("", inbox.home, name="home"),
    path("tickets/", inbox.inbox, name="inbox"),
    path("new/", calls.new, name="new"),
    path("go/", palette.palette, name="palette"),
    path("mailroom/", quarantine.quarantine, name="mailroom"),
    path("mailroom/unblocking/", quarantine.unblock, name="mail_unblock"),
    path("mailroom/outgoing/", outgoing.outgoing, name="outgoing"),
    path("mailroom/outgoing/<int:mail_id>/", outgoing.again, name="outgoing_again"),
    path("mailroom/boxes/", boxes.boxes, name="mailboxes"),
    path("mailroom/boxes/new/", boxes.new, name="mailbox_new"),
    path("mailroom/boxes/<int:mailbox_id>/", boxes.box, name="mailbox"),
    path("mailroom/boxes/<int:mailbox_id>/trial/", boxes.trial, name="mailbox_try"),
    path("mailroom/<slug:mail>/", quarantine.held, name="held_mail"),
    path("mailroom/<slug:mail>/ticket/", quarantine.to_ticket, name="mail_ticket"),
    path("mailroom/<slug:mail>/person/", quarantine.to_person, name="mail_person"),
    path("mailroom/<slug:mail>/retry/", quarantine.retry, name="mail_retry"),
    path("mailroom/<slug:mail>/aside/", quarantine.aside, name="mail_aside"),
    path("mailroom/<slug:mail>/block/", quarantine.block, name="mail_block"),
    path("mailroom/<slug:mail>/body/", body.body, name="mail_body"),
    path("mailroom/<slug:mail>/original/", body.original, name="mail_original"),
    path("problems/", known.problems, name="problems"),
    path("problems/new/", known.new, name="problem_new"),
    path("problems/<int:number>/", known.problem, name="problem"),
    path("problems/<int:number>/description/", known.description, name="problem_description"),
    path("problems/<int:number>/solving/", known.solving, name="problem_solving"),
    path("operating/", operating.operating, name="operating"),
    path("operating/new/", operating.new, name="operating_new"),
    path("operating/<int:notice_id>/", operating.notice, name="operating_notice"),
    path("operating/<int:notice_id>/end/", operating.end, name="operating_end"),
    path("operating/<int:notice_id>/withdrawal/", operating.withdrawal, name="operating_withdrawal"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("mail-texts/", mail_texts.mail_texts, name="mail_texts"),
    path("mail-texts/<slug:kind>/<slug:language>/", mail_texts.mail_text, name="mail_text"),
    path("mail-texts/<slug:kind>/<slug:language>/preview/", mail_texts.preview, name="mail_text_preview"),
    path("notices/", notices.notices, name="notices"),
    path("preferences/", preferences.preferences, name="preferences"),
    path(_TICKET, ticket.ticket, name="ticket"),
    path(_TICKET + "read/", ticket.read, name="read"),
    path(_TICKET + "draft/", ticket.draft, name="draft"),
    path(_TICKET + "conversation/", answering.conversation, name="conversation"),
    path(_TICKET + "assignment/", actions.assignment, name="assignment"),
    path(_TICKET + "status/", actions.status, name="status"),
    path(_TICKET + "priority/", actions.priority, name="priority"),
    path(_TICKET + "details/", missing.details, name="details"),
    path(_TICKET + "decision/", decision.decision, name="decision"),
    path(_TICKET + "problem/", hanging.hanging, name="ticket_problem"),
    path(_TICKET + "solution/", actions.solution, name="solution"),
    path(_TICKET + "reopening/", actions.reopening, name="reopening"),
    path(_TICKET + "closure/", actions.closure, name="closure"),
    path(_TICKET + "mails/<int:mail_id>/", mails.mail, name="mail"),
    path(_TICKET + "mails/<int:mail_id>/address/", mails.address, name="mail_address"),
]
