"""The addresses of the workspace; nouns, with what is done to them by POST."""

from django.urls import include, path

from vaxel.surfaces.workspace import (
    absences,
    actions,
    answering,
    calls,
    decision,
    erasing,
    gaps,
    handing_over,
    inbox,
    leaving,
    mail_logo,
    mail_texts,
    mails,
    missing,
    notices,
    palette,
    participants,
    preferences,
    several,
    ticket,
)
from vaxel.surfaces.workspace.customers import agreements, customer, meeting, noting, own_list
from vaxel.surfaces.workspace.mailroom import body, boxes, outgoing, quarantine
from vaxel.surfaces.workspace.manual import beginning as manual_places
from vaxel.surfaces.workspace.manual import editing, history, passages, picturing, preview, publishing
from vaxel.surfaces.workspace.manual import settings as manual_settings
from vaxel.surfaces.workspace.manual import tree as manual_tree
from vaxel.surfaces.workspace.policy import drafts as policy_drafts
from vaxel.surfaces.workspace.policy import examples as policy_examples
from vaxel.surfaces.workspace.policy import reading as policy
from vaxel.surfaces.workspace.policy import trying as policy_trying
from vaxel.surfaces.workspace.policy import versions as policy_versions
from vaxel.surfaces.workspace.problems import hanging, known, operating
from vaxel.surfaces.workspace.settings import urls as settings
from vaxel.surfaces.workspace.smalljobs import choosing as job_choosing
from vaxel.surfaces.workspace.smalljobs import customers as job_customers
from vaxel.surfaces.workspace.smalljobs import invoicing, offering, prices, working
from vaxel.surfaces.workspace.together import pages as together
from vaxel.surfaces.workspace.together import splitting
from vaxel.surfaces.workspace.widgets import pages as widgets
from vaxel.surfaces.workspace.wishes import merging as wish_merging
from vaxel.surfaces.workspace.wishes import pages as wishes

app_name = "workspace"

#: Apart, so that the address of anything else is not compared with each of them, nor theirs with all others.
_of_a_ticket = [
    path("", ticket.ticket, name="ticket"),
    path("read/", ticket.read, name="read"),
    path("draft/", ticket.draft, name="draft"),
    path("conversation/", answering.conversation, name="conversation"),
    path("articles/", passages.ticket_articles, name="ticket_articles"),
    path("assignment/", actions.assignment, name="assignment"),
    path("status/", actions.status, name="status"),
    path("priority/", actions.priority, name="priority"),
    path("details/", missing.details, name="details"),
    path("decision/", decision.decision, name="decision"),
    path("hand-over/", handing_over.handing_over, name="hand_over"),
    path("problem/", hanging.hanging, name="ticket_problem"),
    path("together/", together.together, name="together"),
    path("together/link/", together.linking, name="linking"),
    path("together/<int:link_id>/end/", together.unlinking, name="unlinking"),
    path("together/apart/", together.unmerging, name="unmerging"),
    path("split/", splitting.split, name="split"),
    path("offer/", offering.offer, name="offer"),
    path("offers/<int:offer_id>/", working.job, name="job"),
    path("offers/<int:offer_id>/withdrawal/", offering.withdrawal, name="offer_withdrawal"),
    path("offers/<int:offer_id>/start/", working.start, name="job_start"),
    path("offers/<int:offer_id>/stop/", working.stop, name="job_stop"),
    path("offers/<int:offer_id>/time/", working.worked, name="job_time"),
    path("offers/<int:offer_id>/correction/", working.correction, name="job_correction"),
    path("offers/<int:offer_id>/end/", working.finish, name="job_end"),
    path("solution/", actions.solution, name="solution"),
    path("reopening/", actions.reopening, name="reopening"),
    path("closure/", actions.closure, name="closure"),
    path("erasing/", erasing.erasing, name="erasing"),
    path("participants/<int:participant_id>/", participants.participant, name="participant"),
    path("mails/<int:mail_id>/", mails.mail, name="mail"),
    path("mails/<int:mail_id>/address/", mails.address, name="mail_address"),
]

urlpatterns = [
    path("", inbox.home, name="home"),
    path("tickets/", inbox.inbox, name="inbox"),
    path("tickets/several/", several.several, name="several"),
    path("tickets/several/reopening/", several.reopening, name="several_reopening"),
    path("tickets/<slug:name>/", include(_of_a_ticket)),
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
    path("wishes/", wishes.wishes, name="wishes"),
    path("wishes/<int:number>/", wishes.wish, name="wish"),
    path("wishes/<int:number>/title/", wishes.title, name="wish_title"),
    path("wishes/<int:number>/merging/", wish_merging.merging, name="wish_merging"),
    path("wishes/<int:number>/splitting/", wish_merging.splitting, name="wish_splitting"),
    path("operating/", operating.operating, name="operating"),
    path("operating/new/", operating.new, name="operating_new"),
    path("operating/<int:notice_id>/", operating.notice, name="operating_notice"),
    path("operating/<int:notice_id>/end/", operating.end, name="operating_end"),
    path("operating/<int:notice_id>/withdrawal/", operating.withdrawal, name="operating_withdrawal"),
    path("settings/", include(settings.urlpatterns)),
    path("products/", widgets.widgets, name="widgets"),
    path("products/new/", widgets.new, name="widget_new"),
    path("products/<int:widget_id>/", widgets.widget, name="widget"),
    path("products/<int:widget_id>/key/", widgets.key, name="widget_key"),
    path("prices/", prices.prices, name="prices"),
    path("prices/customers/", job_customers.terms, name="job_terms"),
    path("prices/customers/found/<slug:field>/", job_choosing.customers_found, name="job_customers_found"),
    path("invoicing/", invoicing.invoicing, name="invoicing"),
    path("invoicing/<int:period_id>/rows.<slug:kind>", invoicing.invoice_rows, name="invoice_rows"),
    path("policy/", policy.policy, name="policy"),
    path("policy/examples/", policy_examples.examples, name="policy_examples"),
    path("policy/trying/", policy_trying.trying, name="policy_trying"),
    path("policy/versions/", policy_versions.versions_page, name="policy_versions"),
    path("policy/versions/<int:number>.toml", policy_versions.source, name="policy_source"),
    path("policy/versions/<int:number>/again/", policy_versions.again, name="policy_again"),
    path("policy/drafts/", policy_drafts.drafts, name="policy_drafts"),
    path("policy/drafts/<int:draft_id>/", policy_drafts.draft, name="policy_draft"),
    path("policy/drafts/<int:draft_id>/trial/", policy_drafts.trial, name="policy_draft_trial"),
    path("policy/drafts/<int:draft_id>/publication/", policy_drafts.publication, name="policy_publication"),
    path("policy/drafts/<int:draft_id>/removal/", policy_drafts.removal, name="policy_draft_removal"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("absences/", absences.absences, name="absences"),
    path("absences/colleagues/<int:staff_id>/", leaving.leaving, name="leaving"),
    path("absences/<int:absence_id>/end/", absences.end, name="absence_end"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/trainings/<int:claim_id>/", agreements.claim, name="claim"),
    path("agreements/trainings/<int:claim_id>/proof/", agreements.claim_proof, name="claim_proof"),
    path("customers/", own_list.customers, name="customers"),
    path("customers/<int:organisation_id>/", customer.customer, name="customer"),
    path("customers/<int:organisation_id>/notes/", noting.notes, name="customer_notes"),
    path("customers/notes/<int:note_id>/", noting.note, name="customer_note"),
    path("customers/<int:organisation_id>/report/", meeting.report, name="customer_report"),
    path("customers/<int:organisation_id>/report.pdf", meeting.report_pdf, name="customer_report_pdf"),
    path("mail-texts/logo/", mail_logo.mail_logo, name="mail_logo"),
    path("mail-texts/", mail_texts.mail_texts, name="mail_texts"),
    path("mail-texts/<slug:kind>/<slug:language>/", mail_texts.mail_text, name="mail_text"),
    path("mail-texts/<slug:kind>/<slug:language>/preview/", mail_texts.preview, name="mail_text_preview"),
    path("manual/", manual_tree.manual, name="manual"),
    path("manual/beginning/", manual_tree.beginning, name="manual_beginning"),
    path("manual/new/", manual_places.new, name="manual_new"),
    path("manual/new/unsaved/", manual_places.unsaved, name="manual_new_unsaved"),
    path("manual/settings/", manual_settings.settings, name="manual_settings"),
    path("manual/pictures/", picturing.picture, name="manual_picture"),
    path("manual/articles/<slug:slug>/", editing.article, name="manual_article"),
    path("manual/articles/<slug:slug>/unsaved/", editing.unsaved, name="manual_unsaved"),
    path("manual/articles/<slug:slug>/publishing/", publishing.publishing, name="manual_publishing"),
    path("manual/articles/<slug:slug>/place/", manual_places.position, name="manual_place"),
    path("manual/articles/<slug:slug>/archive/", manual_places.archive, name="manual_archive"),
    path("manual/articles/<slug:slug>/return/", manual_places.coming_back, name="manual_return"),
    path("manual/articles/<slug:slug>/<slug:language>/preview/", preview.preview, name="manual_preview"),
    path("manual/articles/<slug:slug>/<slug:language>/versions/", history.versions, name="manual_versions"),
    path("manual/articles/<slug:slug>/<slug:language>/restoring/", history.restoring, name="manual_restoring"),
    path("notices/", notices.notices, name="notices"),
    path("preferences/", preferences.preferences, name="preferences"),
]
