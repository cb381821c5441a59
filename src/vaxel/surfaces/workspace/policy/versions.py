"""The versions of the policy: when, by whom and why, what differs between two of them, and each as a file."""

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.desks.models import PolicyVersion
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.publishing.drafts import TooManyDraftsError, begin_draft
from vaxel.domain.publishing.queries import version_source, versions
from vaxel.rules.policy import Change, compare
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page, staff_page
from vaxel.surfaces.ui.shapes import Moment, Option
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.policy.differences import DifferenceShown, EntryShown, differences, entries
from vaxel.surfaces.workspace.policy.frame import show_policy
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version in the list."""

    number: int
    at: Moment
    by: str
    note: str
    is_published: bool
    source_url: str
    again_url: str


@require_safe
@staff_page
def versions_page(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The list, and two versions compared: the newest two unless others are chosen. At most four queries."""
    labels = labels_of(place.desk, now=place.now)
    known = versions(place.scope)
    old, new = _chosen(request, known)
    return show_policy(
        request,
        place,
        "versions",
        tab="policy_versions",
        rows=[_row(each, place, labels=labels) for each in known],
        choices=[Option(value=str(each.number), label=_version(each, labels=labels)) for each in known],
        old=old.number,
        new=new.number,
        differences=_between(old, new, labels=labels),
        entries=_written(old, new),
        texts_language=labels.language,
    )


def _version(version: PolicyVersion, *, labels: Labels) -> str:
    said = {"number": version.number, "at": labels.moment(version.published_at).exact}
    return _("Version %(number)d, %(at)s") % said


def _chosen(request: HttpRequest, known: list[PolicyVersion]) -> tuple[PolicyVersion, PolicyVersion]:
    """The two that the address names; the newest and the one before it otherwise."""
    by_number = {str(each.number): each for each in known}
    new = by_number.get(request.GET.get("new", ""), known[0])
    before = next((each for each in known if each.number < new.number), new)
    return by_number.get(request.GET.get("old", ""), before), new


def _between(old: PolicyVersion, new: PolicyVersion, *, labels: Labels) -> tuple[DifferenceShown, ...]:
    changes = _compared(old.pk, new.pk)
    before, after = (Words(policy_version(each.pk), labels) for each in (old, new))
    return differences(changes, old=before, new=after)


def _written(old: PolicyVersion, new: PolicyVersion) -> tuple[EntryShown, ...]:
    return () if old.pk == new.pk else entries(policy_version(old.pk).file, policy_version(new.pk).file)


@lru_cache(maxsize=32)
def _compared(old_id: int, new_id: int) -> tuple[Change, ...]:
    """Versions never change, so their differences are worked out once in a process."""
    return () if old_id == new_id else compare(policy_version(old_id), policy_version(new_id))


def _row(version: PolicyVersion, place: StaffPlace, *, labels: Labels) -> VersionRow:
    number = str(version.number)
    is_published = version.pk == place.desk.policy_id
    may_publish = place.viewer.may_administer and not is_published
    return VersionRow(
        number=version.number,
        at=labels.moment(version.published_at),
        by=version.published_by,
        note=version.note,
        is_published=is_published,
        source_url=workspace_url("policy_source", place, number=number),
        again_url=workspace_url("policy_again", place, number=number) if may_publish else "",
    )


@require_safe
@staff_page
def source(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """The file of a version, to keep or to write on from."""
    text = version_source(place.scope, number=number)
    if text is None:
        raise Http404
    name = f"{place.desk.slug}-{number}.toml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)


@require_POST
@administrator_page
def again(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """Going back to an earlier version: it becomes a draft, is tried like any other, and then published anew."""
    text = version_source(place.scope, number=number)
    if text is None:
        raise Http404
    purpose = _("Back to version %(number)d") % {"number": number}
    try:
        draft = begin_draft(desk=place.desk, purpose=purpose, source=text, by=place.by, now=place.now)
    except TooManyDraftsError:
        say(request, _("There are too many drafts. Publish or remove one first."))
        return HttpResponseRedirect(workspace_url("policy_drafts", place), status=HTTPStatus.SEE_OTHER)
    say(request, _("Version %(number)d is a draft now. Read what would change, then publish it.") % {"number": number})
    address = workspace_url("policy_draft", place, draft_id=str(draft.pk))
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
