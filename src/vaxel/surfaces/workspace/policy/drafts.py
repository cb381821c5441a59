"""Drafts of the policy: the list with a form for a new one, and each draft on its way to being published."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.desks.policies import PolicyRefusedError, published_version
from vaxel.domain.publishing.drafts import (
    DraftChangedError,
    DraftMissingError,
    DraftTooLargeError,
    TooManyDraftsError,
    begin_draft,
    remove_draft,
    try_again,
    write_draft,
)
from vaxel.domain.publishing.publish import (
    NothingNewError,
    NotProvenError,
    PlanInForceError,
    PublishedMeanwhileError,
    publish_draft,
)
from vaxel.domain.publishing.queries import DraftSeen, draft_seen, drafts_waiting
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.policy.frame import show_policy
from vaxel.surfaces.workspace.policy.trial import state_of, trial_shown
from vaxel.surfaces.workspace.policy.written import Written, errors_in, kilobytes, read_written


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft in the list."""

    purpose: str
    url: str
    at: Moment
    by: str
    state: str


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def drafts(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The drafts that wait, and the form for a new one: a file, or words that are pasted."""
    if request.method != "POST":
        return _list(request, place, Written())
    written = read_written(request)
    errors = errors_in(written)
    if not errors:
        try:
            draft = begin_draft(
                desk=place.desk, purpose=written.purpose, source=written.source, by=place.by, now=place.now
            )
            return _to_draft(place, draft.pk)
        except DraftTooLargeError:
            errors = (_too_large(),)
        except TooManyDraftsError:
            errors = (FieldError(field="purpose", text=_("There are too many drafts. Publish or remove one first")),)
    return _list(request, place, written, errors=errors)


def _too_large() -> FieldError:
    text = _("The file is too large: a policy has at most %(size)s kB here") % {"size": kilobytes()}
    return FieldError(field="source", text=text)


def _list(
    request: HttpRequest, place: StaffPlace, written: Written, *, errors: tuple[FieldError, ...] = ()
) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    waiting = drafts_waiting(place.scope, published_id=published_version(place.desk))
    return show_policy(
        request,
        place,
        "drafts",
        tab="policy_drafts",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        drafts=[_row(each, place, labels=labels) for each in waiting],
        written=written,
        largest=kilobytes(),
        versions_url=workspace_url("policy_versions", place),
        errors=errors,
        error_of={error.field: error.text for error in errors},
    )


def _row(seen: DraftSeen, place: StaffPlace, *, labels: Labels) -> DraftRow:
    return DraftRow(
        purpose=seen.draft.purpose,
        url=workspace_url("policy_draft", place, draft_id=str(seen.draft.pk)),
        at=labels.moment(seen.draft.written_at),
        by=seen.draft.written_by_name,
        state=state_of(seen, published_id=published_version(place.desk), now=place.now),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def draft(request: HttpRequest, place: StaffPlace, draft_id: int) -> HttpResponse:
    """A draft with what trying it has shown; by POST with other words."""
    if request.method != "POST":
        return show_draft(request, place, draft_id)
    written = read_written(request)
    errors = errors_in(written)
    if not errors:
        try:
            write_draft(
                scope=place.scope,
                draft_id=draft_id,
                seen_revision=written.revision,
                purpose=written.purpose,
                source=written.source,
                by=place.by,
                now=place.now,
            )
            say(request, _("The draft is kept."))
            return _to_draft(place, draft_id)
        except DraftMissingError:
            raise Http404 from None
        except DraftChangedError as changed:
            return show_draft(request, place, draft_id, written=written, changed_by=changed.draft.written_by_name)
        except DraftTooLargeError:
            errors = (_too_large(),)
    return show_draft(request, place, draft_id, written=written, errors=errors)


def show_draft(
    request: HttpRequest,
    place: StaffPlace,
    draft_id: int,
    *,
    written: Written | None = None,
    errors: tuple[FieldError, ...] = (),
    changed_by: str = "",
    trouble: str = "",
) -> HttpResponse:
    """The page of a draft. With `written`, what was typed stands in the form and nothing of it is kept yet."""
    labels, published_id = labels_of(place.desk, now=place.now), published_version(place.desk)
    seen = draft_seen(place.scope, draft_id=draft_id, published_id=published_id)
    if seen is None:
        raise Http404
    here = {"draft_id": str(draft_id)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return show_policy(
        request,
        place,
        "draft",
        tab="policy_drafts",
        status=HTTPStatus.CONFLICT if changed_by or trouble else status,
        draft=seen.draft,
        published=seen.draft.published,
        written_at=labels.moment(seen.draft.written_at),
        written=written or Written(purpose=seen.draft.purpose, source=seen.draft.source),
        trial=trial_shown(seen, place, labels=labels, published_id=published_id),
        changed_by=changed_by,
        has_words=written is not None,
        trouble=trouble,
        largest=kilobytes(),
        list_url=workspace_url("policy_drafts", place),
        draft_url=workspace_url("policy_draft", place, **here),
        try_url=workspace_url("policy_draft_trial", place, **here),
        publish_url=workspace_url("policy_publication", place, **here),
        remove_url=workspace_url("policy_draft_removal", place, **here),
        errors=errors,
        error_of={error.field: error.text for error in errors},
    )


def _to_draft(place: StaffPlace, draft_id: int) -> HttpResponse:
    address = workspace_url("policy_draft", place, draft_id=str(draft_id))
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


@require_POST
@administrator_page
def trial(request: HttpRequest, place: StaffPlace, draft_id: int) -> HttpResponse:
    """Try the draft against what is published today."""
    seen = read_written(request).revision
    try:
        try_again(scope=place.scope, draft_id=draft_id, seen_revision=seen, by=place.by, now=place.now)
    except DraftMissingError:
        raise Http404 from None
    except DraftChangedError as changed:
        return show_draft(request, place, draft_id, changed_by=changed.draft.written_by_name)
    return _to_draft(place, draft_id)


@require_POST
@administrator_page
def publication(request: HttpRequest, place: StaffPlace, draft_id: int) -> HttpResponse:
    """Let the desk decide by the draft from now on."""
    seen = read_written(request).revision
    try:
        version = publish_draft(scope=place.scope, draft_id=draft_id, seen_revision=seen, by=place.by, now=place.now)
    except DraftMissingError:
        raise Http404 from None
    except DraftChangedError as changed:
        return show_draft(request, place, draft_id, changed_by=changed.draft.written_by_name)
    except (PublishedMeanwhileError, NotProvenError, NothingNewError, PolicyRefusedError) as refused:
        return show_draft(request, place, draft_id, trouble=_why_not(refused, place))
    said = _("Version %(number)d is published: every new question is decided by it.") % {"number": version.number}
    say(request, said)
    return HttpResponseRedirect(workspace_url("policy", place), status=HTTPStatus.SEE_OTHER)


def _why_not(refused: Exception, place: StaffPlace) -> str:
    match refused:
        case PublishedMeanwhileError():
            return _("Another version has been published meanwhile. Try the draft against it, and read the difference.")
        case NotProvenError():
            return _("The draft is not proven yet, so it cannot be published.")
        case NothingNewError():
            return _("The draft says word for word what is published already.")
        case PlanInForceError(plan=plan, count=count):
            name = labels_of(place.desk, now=place.now).names.plans.get(plan, plan)
            said = {"plan": name, "count": count}
            return _("%(count)d agreements in force have the plan %(plan)s. Keep it until they have another.") % said
        case PolicyRefusedError(sentence=reason):
            return reason.in_(labels_of(place.desk, now=place.now).language)
        case _:
            raise refused


@require_POST
@administrator_page
def removal(request: HttpRequest, place: StaffPlace, draft_id: int) -> HttpResponse:
    """Throw the draft away."""
    seen = read_written(request).revision
    try:
        remove_draft(scope=place.scope, draft_id=draft_id, seen_revision=seen, by=place.by, now=place.now)
    except DraftMissingError:
        raise Http404 from None
    except DraftChangedError as changed:
        return show_draft(request, place, draft_id, changed_by=changed.draft.written_by_name)
    say(request, _("The draft is removed."))
    return HttpResponseRedirect(workspace_url("policy_drafts", place), status=HTTPStatus.SEE_OTHER)
