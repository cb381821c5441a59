"""The addresses of the portal: everything a customer's people see of a desk."""

from django.urls import URLPattern, path

from vaxel.surfaces.portal.views import (
    asking,
    home,
    missing,
    notices,
    offers,
    organisation,
    people_list,
    problems,
    seats,
    sending,
    several,
    tickets,
)

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("ask/", asking.ask, name="ask"),
    path("ask/suggestions/", asking.suggestions, name="ask_suggestions"),
    path("ask/<str:draft>/words/", asking.words, name="ask_words"),
    path("ask/<str:draft>/several/", several.several, name="ask_several"),
    path("ask/<str:draft>/kind/", asking.kind, name="ask_kind"),
    path("ask/<str:draft>/details/", asking.details, name="ask_details"),
    path("ask/<str:draft>/review/", sending.review, name="ask_review"),
    path("ask/<str:draft>/sent/", sending.sent, name="ask_sent"),
    path("ask/<str:draft>/discard/", asking.discard, name="ask_discard"),
    path("ask/<str:draft>/save/<str:step>/", asking.save, name="ask_save"),
    path("notices/", notices.notices, name="notices"),
    path("problems/<int:number>/me-too/", problems.me_too, name="me_too"),
    path("approvals/", offers.approvals, name="approvals"),
    path("approvals/<int:offer_id>/", offers.approval, name="approval"),
    path("offers/<str:token>/", offers.signed_offer, name="signed_offer"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/people/new/", organisation.new_colleague, name="new_colleague"),
    path("organisation/people/list/", people_list.people_list, name="people_list"),
    path("organisation/people/<int:person_id>/", organisation.one_colleague, name="colleague"),
    path("organisation/people/<int:person_id>/leaving/", organisation.leaving, name="colleague_leaving"),
    path("organisation/people/<int:person_id>/seat/", seats.seat, name="colleague_seat"),
    path("organisation/people/<int:person_id>/change/", seats.change, name="colleague_change"),
    path("organisation/people/<int:person_id>/training/", seats.training, name="colleague_training"),
    path("organisation/changes/<int:change_id>/calling-off/", seats.calling_off, name="calling_off"),
    path("organisation/proofs/<int:claim_id>/", seats.proof, name="proof"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("tickets/<str:name>/", tickets.ticket, name="ticket"),
    path("tickets/<str:name>/reply/", tickets.reply, name="ticket_reply"),
    path("tickets/<str:name>/details/", missing.details, name="ticket_details"),
    path("tickets/<str:name>/draft/", tickets.draft, name="ticket_draft"),
    path("tickets/<str:name>/pass-on/", tickets.passing_on, name="ticket_pass_on"),
    path("tickets/<str:name>/close/", tickets.closure, name="ticket_close"),
    path("tickets/<str:name>/reopen/", tickets.reopening, name="ticket_reopen"),
]
