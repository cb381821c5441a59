"""Learning the words of a desk's manual: what compounds are made of, and how words are spelt.

Derived, and learnt anew as a whole whenever readers see another manual; between the two, search finds new articles
by their own words already and only lacks help with new compounds. Words of articles that are not for everyone are
learnt too, and never proposed (trust 43).
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from vaxel.domain.manual.audience import Audience
from vaxel.domain.manual.models import ArticleText, Manual
from vaxel.insight.search.models import Lexicon, Word
from vaxel.insight.search.words import Splitter, known_words, pieces, plain_words, root

#: The dictionary that stems each language's words; other languages' words are kept as they are.
DICTIONARIES = {"sv": "swedish_stem", "en": "english_stem"}
_BATCH = 5000


def learn_new_words() -> int:
    """Learn for each desk whose manual has changed; how many there were. One call of the worker's schedule."""
    manuals = Manual.unscoped.values_list("desk_id", "revision")
    learnt = dict(Lexicon.unscoped.values_list("desk_id", "revision"))
    stale = [desk_id for desk_id, revision in manuals if learnt.get(desk_id) != revision]
    for desk_id in stale:
        learn_words(desk_id=desk_id)
    return len(stale)


@transaction.atomic
def learn_words(*, desk_id: int) -> None:
    """Learn all words of the desk's published texts; one process at a time."""
    revision = Manual.unscoped.select_for_update().values_list("revision", flat=True).get(desk=desk_id)
    Word.unscoped.filter(desk=desk_id).delete()
    languages = ArticleText.unscoped.filter(desk=desk_id, live__isnull=False).values_list("language", flat=True)
    for language in sorted(set(languages)):
        Word.objects.bulk_create(_words(desk_id, language), batch_size=_BATCH)
    Lexicon.unscoped.update_or_create(desk_id=desk_id, defaults={"revision": revision})


def _words(desk_id: int, language: str) -> Iterable[Word]:
    counted = _count(desk_id, language)
    stems = stem_all(known_words(counted) if language == "sv" else counted, language)
    roots = {word: root(stem, language=language) for word, stem in stems.items()}
    splitter = Splitter.of(roots) if language == "sv" else None
    for word, articles in counted.items():
        if stem := stems.get(word):
            parts = splitter.split(word, roots[word]) if splitter else ()
            yield Word(
                desk_id=desk_id,
                language=language,
                word=word,
                stem=stem,
                root=roots[word],
                parts=list(parts),
                pieces=pieces(word),
                articles=articles,
            )


def _count(desk_id: int, language: str) -> Counter[str]:
    """In how many articles for everyone each word stands; words of other articles count as nought."""
    texts = ArticleText.unscoped.filter(
        desk=desk_id, language=language, live__isnull=False, article__archived_at=None
    ).values_list("article__audience", "live__title", "live__summary", "live__keywords", "live__text")
    counted = Counter[str]()
    for audience, title, summary, keywords, text in texts.iterator(chunk_size=500):
        words = set(plain_words(" ".join([title, summary, *keywords, text])))
        counted.update(dict.fromkeys(words, int(audience == Audience.EVERYONE)))
    return counted


def stem_all(words: Iterable[str], language: str) -> Mapping[str, str]:
    """The stem of each word; words that a search leaves out ("och") have none. One query."""
    dictionary = DICTIONARIES.get(language, "simple")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize(%s::regdictionary, word))[1] FROM unnest(%s::text[]) AS word",
            [dictionary, list(words)],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem}
