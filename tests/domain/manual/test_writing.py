"""Saving, publishing, planning, going back."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article, text_of, write
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.comparing import compare
from vaxel.domain.manual.models import ArticleVersion, Manual
from vaxel.domain.manual.queries import versions_of
from vaxel.domain.manual.writing import (
    ArticleWords,
    EditedMeanwhileError,
    NothingToPublishError,
    mark_behind,
    plan_publishing,
    publish,
    publish_due,
    restore,
    save_draft,
    withdraw,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk()
    begin_manual(desk)
    return desk


def test_draft_is_kept_and_nobody_reads_it(desk: Desk) -> None:
    text = text_of(make_article(desk, "mallar", live=False))
    assert (text.live, text.draft and text.draft.number) == (None, 1)


def test_same_words_make_no_version(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    write(article, title="mallar", markdown="A")
    assert ArticleVersion.unscoped.count() == 1
    assert text_of(article).draft is None


def test_publishing_points_readers_at_the_draft(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    write(article, markdown="B")
    before = text_of(article)
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW + HOUR)
    after = text_of(article)
    assert (before.live and before.live.markdown, after.live and after.live.markdown) == ("A", "B")
    assert (after.draft, after.published_at) == (None, world.NOW + HOUR)
    assert AuditEntry.unscoped.filter(kind="article-published").count() == 2


def test_publishing_without_a_draft_is_refused(desk: Desk) -> None:
    article = make_article(desk, "mallar")
    with pytest.raises(NothingToPublishError):
        publish(article=article, language="sv", by=SYSTEM, now=world.NOW)


def test_publishing_tells_that_readers_see_something_new(desk: Desk) -> None:
    before = Manual.unscoped.get(desk=desk).revision
    article = make_article(desk, "mallar", live=False)
    saved = Manual.unscoped.get(desk=desk).revision
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    assert (saved - before, Manual.unscoped.get(desk=desk).revision - saved) == (1, 1)


def test_other_language_falls_behind_and_catches_up(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    write(article, language="en", markdown="A in English")
    publish(article=article, language="en", by=SYSTEM, now=world.NOW)
    marks = [text_of(article, "en").is_behind]
    write(article, markdown="B")
    marks.append(text_of(article, "en").is_behind)
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    marks.append(text_of(article, "en").is_behind)
    mark_behind(article=article, language="en", behind=False, by=SYSTEM, now=world.NOW)
    marks.append(text_of(article, "en").is_behind)
    assert marks == [False, False, True, False]
    assert text_of(article).is_behind is False


def test_planned_draft_is_published_when_its_time_has_come_and_once(desk: Desk) -> None:
    article = make_article(desk, "mallar", live=False)
    plan_publishing(article=article, language="sv", at=world.NOW + HOUR, by=SYSTEM, now=world.NOW)
    published = [publish_due(now=world.NOW + minutes * HOUR / 60) for minutes in (59, 60, 61)]
    assert published == [0, 1, 0]
    assert text_of(article).published_at == world.NOW + HOUR


def test_plan_can_be_taken_back(desk: Desk) -> None:
    article = make_article(desk, "mallar", live=False)
    plan_publishing(article=article, language="sv", at=world.NOW, by=SYSTEM, now=world.NOW)
    plan_publishing(article=article, language="sv", at=None, by=SYSTEM, now=world.NOW)
    assert publish_due(now=world.NOW + HOUR) == 0


def test_withdrawn_text_is_a_draft_again(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    withdraw(article=article, language="sv", by=SYSTEM, now=world.NOW)
    text = text_of(article)
    assert (text.live, text.words, text.draft and text.draft.markdown) == (None, None, "A")


def test_t75_draft_does_not_overwrite_what_somebody_saved_meanwhile(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    write(article, markdown="B")
    with pytest.raises(EditedMeanwhileError):
        save_draft(
            article=article,
            language="sv",
            words=ArticleWords(title="C", markdown="C"),
            by=SYSTEM,
            now=world.NOW,
            based_on=1,
        )
    assert versions_of(desk_id=desk.pk, slug="mallar", language="sv").count() == 2


def test_restored_version_is_a_draft_of_its_own(desk: Desk) -> None:
    article = make_article(desk, "mallar", markdown="A")
    write(article, markdown="B")
    first = versions_of(desk_id=desk.pk, slug="mallar", language="sv").last()
    assert first is not None
    restored = restore(version=first, by=SYSTEM, now=world.NOW)
    assert (restored.number, restored.markdown, text_of(article).draft) == (3, "A", restored)


def test_versions_are_compared_line_by_line_and_word_by_word(desk: Desk) -> None:
    article = make_article(desk, "mallar", title="Titel", markdown="Lika.\n\nEn röd knapp.")
    write(article, markdown="Lika.\n\nEn blå knapp.\nNy rad.")
    new, old = versions_of(desk_id=desk.pk, slug="mallar", language="sv")
    changed = [(line.change, line.parts) for line in compare(old, new) if line.change != "same"]
    assert changed == [
        ("gone", (("En röd knapp.", True),)),
        ("new", (("En blå knapp.", True),)),
        ("new", (("Ny rad.", True),)),
    ]
    write(article, markdown="Lika.\n\nEn gul knapp.\nNy rad.")
    newest = versions_of(desk_id=desk.pk, slug="mallar", language="sv")[0]
    within = [(line.change, line.parts) for line in compare(new, newest) if line.change != "same"]
    assert within == [
        ("gone", (("En ", False), ("blå", True), (" knapp.", False))),
        ("new", (("En ", False), ("gul", True), (" knapp.", False))),
    ]
