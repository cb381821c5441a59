"""The addresses of a desk's settings, below those of the workspace."""

from django.urls import path

from vaxel.surfaces.workspace.settings import (
    agreements,
    canned,
    choosing,
    erasing,
    history,
    home,
    organisations,
    people,
    persons,
    projects,
    readings,
    roles,
    staff,
)

_ONE = "organisations/<int:organisation_id>/"
_PERSON = f"{_ONE}people/<int:person_id>/"

urlpatterns = [
    path("", home.home, name="settings"),
    path("organisations/", organisations.organisations, name="settings_organisations"),
    path("organisations/new/", organisations.new, name="settings_organisation_new"),
    path(_ONE, organisations.organisation, name="settings_organisation"),
    path(f"{_ONE}closure/", organisations.closure, name="settings_organisation_closure"),
    path(f"{_ONE}agreements/new/", agreements.new, name="settings_agreement_new"),
    path(f"{_ONE}agreements/<int:agreement_id>/", agreements.agreement, name="settings_agreement"),
    path(f"{_ONE}people/", people.of_organisation, name="settings_members"),
    path(f"{_ONE}people/new/", people.new, name="settings_person_new"),
    path(_PERSON, persons.person, name="settings_person"),
    path(f"{_PERSON}seat/", persons.seat, name="settings_person_seat"),
    path(f"{_PERSON}training/", persons.training, name="settings_person_training"),
    path(f"{_PERSON}leaving/", persons.leaving, name="settings_person_leaving"),
    path(f"{_PERSON}erasing/", erasing.person_erasing, name="settings_person_erasing"),
    path(f"{_ONE}roles/<slug:role>/", roles.of_organisation, name="settings_organisation_role"),
    path(f"{_ONE}projects/new/", projects.new, name="settings_project_new"),
    path(f"{_ONE}projects/<int:project_id>/", projects.project, name="settings_project"),
    path("erasures/", erasing.erasures, name="settings_erasures"),
    path("erasures/<int:erasure_id>/refusal/", erasing.erasure_refusal, name="settings_erasure_refusal"),
    path("people/", people.everybody, name="settings_people"),
    path("projects/", projects.projects, name="settings_projects"),
    path("staff/", staff.staff_list, name="settings_staff_list"),
    path("staff/new/", staff.new, name="settings_staff_new"),
    path("staff/<int:staff_id>/", staff.one, name="settings_staff"),
    path("staff/<int:staff_id>/leaving/", staff.leaving, name="settings_staff_leaving"),
    path("roles/", roles.roles, name="settings_roles"),
    path("roles/<slug:role>/", roles.of_desk, name="settings_role"),
    path("canned/", canned.replies, name="settings_canned_list"),
    path("canned/new/", canned.new, name="settings_canned_new"),
    path("canned/<int:reply_id>/", canned.reply, name="settings_canned"),
    path("canned/<int:reply_id>/removal/", canned.removal, name="settings_canned_removal"),
    path("history/", history.history, name="settings_history"),
    path("readings/", readings.readings, name="settings_readings"),
    path("readings/file/", readings.readings_file, name="settings_readings_file"),
    path("choosing/staff/", choosing.staff, name="settings_choose_staff"),
]
