"""What the pages about the policy share: their tabs, and the policy in the reader's words."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.policy.words import Words


def words_of(place: StaffPlace) -> Words:
    """The published policy in the language of the page; no query once it is compiled."""
    return Words(current_policy(place.desk), labels_of(place.desk, now=place.now))


def show_policy(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    tab: str,
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page about the policy, with the ways to the others above it."""
    return show(
        request,
        place,
        f"policy/{template}",
        labels=labels_of(place.desk, now=place.now),
        status=status,
        tabs_shown=_tabs(place, current=tab),
        **contents,
    )


def _tabs(place: StaffPlace, *, current: str) -> tuple[Link, ...]:
    names = {
        "policy": _("The policy"),
        "policy_examples": _("Examples"),
        "policy_trying": _("Try it"),
        "policy_versions": _("Versions"),
    }
    if place.viewer.may_administer:
        names["policy_drafts"] = _("Drafts")
    return tuple(
        Link(label=label, url=workspace_url(page, place), current=page == current) for page, label in names.items()
    )
