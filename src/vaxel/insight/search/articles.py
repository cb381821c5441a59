"""Search in the manual: what a reader may read, best first, with the words that were found.

Each word of the search counts by how rare it is; the word itself counts more than what it is a part of, a title more
than the text. What has more of the words comes first. The reader's rights are in the query (trust 43).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import ArticleText, Manual
from vaxel.insight.search.asking import CONFIGURATIONS, Asked, AskedWord, understand
from vaxel.insight.search.spelling import nearest_word
from vaxel.insight.search.words import tokens

#: Weights of text, summary, keywords and headings, title.
_WEIGHTS: Final = "{0.1, 0.3, 0.55, 1.0}"
#: What a word is worth that stands there only as a part, by a synonym or by its beginning.
_WIDE: Final = 0.45
#: How much it costs to lack words of the search: the share that is there, to this power.
_COVERAGE: Final = 2
#: The rank leans against long texts: 1 divides by the logarithm of the length.
_NORMALISATION: Final = 1
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article around what was found; each part says whether it is what was found."""

    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that was found."""

    slug: str
    language: str
    title: str
    summary: str
    product: str
    excerpt: Excerpt
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `meant` is the search with its words spelt as the manual spells them, when that differs;
    with `corrected` the hits are those of `meant`, because the words as they were typed found nothing.
    """

    hits: tuple[ArticleHit, ...]
    meant: str = ""
    corrected: bool = False
    #: There are more than were asked for.
    more: bool = False


def search_articles(
    reader: ManualReader, text: str, *, language: str, typing: bool = False, most: int = MOST, skip: int = 0
) -> Found:
    """Articles of the reader's that hold words of the text; `typing` lets the last word be a beginning.

    Six queries: synonyms, stems, words, ranking, articles, excerpts; with a misspelt word some more.
    """
    synonyms = Manual.unscoped.filter(desk=reader.desk_id).values_list("synonyms", flat=True).first() or {}
    asked = understand(text, desk_id=reader.desk_id, language=language, synonyms=synonyms, typing=typing)
    hits = _hits(reader, asked, language=language, most=most + 1, skip=skip)
    # A word that is being written has its end before it; one that begins nothing is misspelt already.
    is_misspelt = asked.unknown and not (typing and hits)
    meant = _respelt(text, asked, desk_id=reader.desk_id, language=language) if is_misspelt else ""
    if meant and not hits:
        asked = understand(meant, desk_id=reader.desk_id, language=language, synonyms=synonyms)
        hits = _hits(reader, asked, language=language, most=most + 1, skip=skip)
        return Found(tuple(hits[:most]), meant=meant, corrected=bool(hits), more=len(hits) > most)
    return Found(tuple(hits[:most]), meant=meant, more=len(hits) > most)


def _respelt(text: str, asked: Asked, *, desk_id: int, language: str) -> str:
    """The search with each unknown word replaced by its nearest neighbour; empty when none has one."""
    nearest = {word: nearest_word(word, desk_id=desk_id, language=language) for word in asked.unknown}
    if not any(nearest.values()):
        return ""
    return " ".join(nearest.get(token) or token for token in tokens(text))


def _hits(reader: ManualReader, asked: Asked, *, language: str, most: int, skip: int) -> list[ArticleHit]:
    """The best ones; what they say is read for these alone, for a common word is held by most articles."""
    if not asked.words:
        return []
    score, values = _score(asked.words)
    ranked = (
        _holding(reader, asked, language=language)
        .annotate(score=RawSQL(score, values, output_field=FloatField()))  # noqa: S611  # made of constants; values apart
        .order_by("-score", "article__slug")
        .values_list("pk", "score")
    )
    scores = dict(ranked[skip : skip + most])
    rows = ArticleText.unscoped.filter(pk__in=scores).values_list(
        "pk", "article__slug", "live__title", "live__summary", "article__product", "live__text"
    )
    found = sorted(rows, key=lambda row: (-scores[row[0]], row[1]))
    excerpts = _excerpts([row[-1] for row in found], asked, language=language)
    return [
        ArticleHit(slug, language, title, summary, product, excerpt, scores[pk])
        for (pk, slug, title, summary, product, _text), excerpt in zip(found, excerpts, strict=True)
    ]


def _holding(reader: ManualReader, asked: Asked, *, language: str) -> QuerySet[ArticleText]:
    """The reader's texts in the language that hold any of the words."""
    return (
        ArticleText.readable.by(reader)
        .filter(language=language)
        .extra(  # a constant; the value apart
            where=['"manual_articletext"."words" @@ %s::tsquery'], params=[asked.any]
        )
    )


def _score(words: Sequence[AskedWord]) -> tuple[str, list[Any]]:
    """The rank of a text as SQL: each word's own rank by its rarity, times the share of the words that are there."""
    rank = "ts_rank(%s, words, %s::tsquery, %s)"
    parts, held, values, held_values = [], [], [], []
    whole = sum(_rarity(word) for word in words)
    for word in words:
        if word.exact == word.wide:
            parts.append(f"%s * {rank}")
            values += [_rarity(word) * (1 + _WIDE), _WEIGHTS, word.exact, _NORMALISATION]
        else:
            parts.append(f"%s * ({rank} + %s * {rank})")
            values += [_rarity(word), _WEIGHTS, word.exact, _NORMALISATION, _WIDE, _WEIGHTS, word.wide, _NORMALISATION]
        held.append("CASE WHEN words @@ %s::tsquery THEN %s ELSE 0 END")
        held_values += [word.wide, _rarity(word)]
    return f"({' + '.join(parts)}) * power(({' + '.join(held)}) / %s, %s)", [*values, *held_values, whole, _COVERAGE]


def _rarity(word: AskedWord) -> float:
    """What a word tells: one that stands in ten times as many articles tells a third."""
    return 1 / math.sqrt(1 + word.articles / 3)


_START, _STOP = "\x02", "\x03"
_HEADLINE: Final = (
    f'StartSel={_START}, StopSel={_STOP}, MaxFragments=2, MinWords=6, MaxWords=18, FragmentDelimiter=" … "'
)


def _excerpts(texts: Sequence[str], asked: Asked, *, language: str) -> list[Excerpt]:
    """Where the words stand, in two short pieces of each text. One query."""
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_headline(%s::regconfig, text, %s::tsquery, %s)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS one(text, place) ORDER BY place",
            [CONFIGURATIONS.get(language, "simple"), asked.any, _HEADLINE, list(texts)],
        )
        return [excerpt(marked) for (marked,) in cursor.fetchall()]


def excerpt(marked: str) -> Excerpt:
    """Parts of a text in which what was found stands between control characters."""
    parts: list[tuple[str, bool]] = []
    for at, piece in enumerate(" ".join(marked.split("\n")).split(_START)):
        found, _, after = piece.partition(_STOP) if at else ("", "", piece)
        parts += [(found, True)] if found else []
        parts += [(after, False)] if after else []
    return Excerpt(tuple(parts))
