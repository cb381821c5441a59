"""The work of `bench.manual`, in a process of its own: a desk with 5,000 articles; prints one line of JSON.

They are copies of the example manual, each with words drawn from all of it, so that a common word stands in most of
them: kinder to no search than a real manual is.
"""

import json
import random
import statistics
import time
from typing import TypeVar

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django must be set up before
from django.utils import timezone  # noqa: E402

from tests.insight.search.grading import QUERIES  # noqa: E402
from vaxel.domain.audit.actor import SYSTEM  # noqa: E402
from vaxel.domain.desks.models import Desk  # noqa: E402
from vaxel.domain.manual.audience import Audience, ManualReader  # noqa: E402
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion, Manual  # noqa: E402
from vaxel.insight.search.articles import search_articles  # noqa: E402
from vaxel.insight.search.lexicon import learn_words  # noqa: E402
from vaxel.insight.transfer.demo import files  # noqa: E402
from vaxel.insight.transfer.demo.stage import make_desk  # noqa: E402
from vaxel.insight.transfer.manual.importing import import_manual  # noqa: E402

M = TypeVar("M", Article, ArticleVersion)

DESK = "baver"
ARTICLES = 5_000
LANGUAGE = "sv"
_DRAWN = 120
_BATCH = 500

#: As the doors weigh the parts of an article.
_WORDS = """
UPDATE manual_articletext one SET words = setweight(to_tsvector('swedish', live.title), 'A')
    || setweight(to_tsvector('swedish', live.summary), 'C') || setweight(to_tsvector('swedish', live.text), 'D')
FROM manual_articleversion live WHERE live.id = one.live_id AND one.words IS NULL AND one.desk_id = %s
"""


def main() -> None:
    desk = Desk.objects.filter(slug=DESK).first() or make_desk(files.desk_file(DESK).desk, now=timezone.now())
    if Article.unscoped.filter(desk=desk).count() < ARTICLES:
        fill(desk)
    reader, times = ManualReader(desk.pk), []
    for text in QUERIES[DESK]:
        began = time.perf_counter()
        search_articles(reader, text, language=LANGUAGE, most=10)
        times.append((time.perf_counter() - began) * 1e3)
    slugs = (
        Article.unscoped.filter(desk=desk, audience=Audience.EVERYONE)
        .order_by("?")
        .values_list("slug", flat=True)[:200]
    )
    said = {
        "articles": Article.unscoped.filter(desk=desk).count(),
        "asked": len(times),
        "p50": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "slugs": list(slugs),
    }
    print(json.dumps(said))


@transaction.atomic
def fill(desk: Desk) -> None:
    """Copies beside their originals, as rows: the doors would take minutes."""
    import_manual(files.manual_folder(DESK), desk=desk, by=SYSTEM, now=timezone.now())
    Manual.unscoped.filter(desk=desk).update(is_public=True)
    originals = list(
        ArticleText.unscoped.filter(desk=desk, language=LANGUAGE, live__isnull=False).select_related("article", "live")
    )
    words = [word for text in originals for word in (text.live.text.split() if text.live else ())]
    chance = random.Random(3)  # which words, guards nothing
    missing = ARTICLES - Article.unscoped.filter(desk=desk).count()
    chosen = [originals[place % len(originals)] for place in range(missing)]
    articles = Article.unscoped.bulk_create(
        [
            _copy(text.article, slug=f"{text.article.slug}-{place}", **_below(text.article))
            for place, text in enumerate(chosen)
        ],
        _BATCH,
    )
    versions = ArticleVersion.unscoped.bulk_create(
        [
            _copy(text.live, article_id=article.pk, text=f"{text.live.text} {' '.join(chance.sample(words, _DRAWN))}")
            for text, article in zip(chosen, articles, strict=True)
            if text.live is not None
        ],
        _BATCH,
    )
    now = timezone.now()
    ArticleText.unscoped.bulk_create(
        [
            ArticleText(desk=desk, article_id=each.article_id, language=LANGUAGE, live=each, published_at=now)
            for each in versions
        ],
        _BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [desk.pk])
    learn_words(desk_id=desk.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE manual_articletext, manual_article, manual_articleversion, search_word")


def _below(article: Article) -> dict[str, object]:
    """Where a copy stands: beside its original, and that of a section in the section."""
    return {"parent_id": article.parent_id or article.pk, "lineage": article.lineage or [article.pk]}


def _copy(row: M, **changes: object) -> M:
    """The same row again, with changes and without its id."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001  # Django documents it
        if not field.primary_key
    }
    return type(row)(**{**values, **changes})


if __name__ == "__main__":
    main()
