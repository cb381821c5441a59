"""The published policy in words, on one page that can be printed."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.policies import published_version
from vaxel.domain.publishing.queries import published_as
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.policy.costs import costs, quotas, small_jobs, told_besides
from vaxel.surfaces.workspace.policy.frame import show_policy, words_of
from vaxel.surfaces.workspace.policy.hours import calendars, hours_titles
from vaxel.surfaces.workspace.policy.promises import promises
from vaxel.surfaces.workspace.policy.questions import kinds, priorities
from vaxel.surfaces.workspace.policy.ways import asked, ways_in
from vaxel.surfaces.workspace.policy.who import who
from vaxel.surfaces.workspace.policy.words import Words


@require_safe
@staff_page
def policy(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Everything that the policy says; two queries."""
    words = words_of(place)
    today = place.desk.day_of(place.now)
    titles = hours_titles(words.policy, words.language)
    version = published_as(place.scope, version_id=published_version(place.desk))
    return show_policy(
        request,
        place,
        "reading",
        tab="policy",
        version=version,
        published_at=words.moment(version.published_at),
        source_url=workspace_url("policy_source", place, number=str(version.number)),
        texts_language=words.texts_language,
        desk_text=words.text(words.file.desk.name),
        contents=_contents(words),
        who=who(words, today=today),
        kinds=kinds(words),
        priorities=priorities(words),
        promises=promises(words, hours=titles),
        calendars=calendars(words, today=today),
        ways=ways_in(words, hours=titles),
        asked=asked(words),
        costs=costs(words),
        quotas=quotas(words),
        small_jobs=small_jobs(words),
        told_besides=tuple(told_besides(words)),
    )


def _contents(words: Words) -> tuple[Link, ...]:
    """The parts of the page, each by its anchor."""
    file = words.file
    parts = {
        "who": _("Who may contact us"),
        "questions": _("What people ask, and where it goes"),
        "promises": _("What we promise"),
        "hours": _("Opening hours"),
        "ways": _("Ways in"),
        "costs": _("What it costs"),
        "quotas": _("What is counted") if any(fact.source == "count" for fact in file.facts.values()) else "",
        "told": _("Who else is told") if file.notify else "",
        "end": _("When the agreement or a product ends"),
        "destinations": _("Who answers"),
    }
    return tuple(Link(label=label, url=f"#{anchor}") for anchor, label in parts.items() if label)
