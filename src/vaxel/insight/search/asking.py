"""What somebody types, understood: stems, compounds, synonyms, identifiers, and a word that is not finished yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from vaxel.insight.search.lexicon import stem_all
from vaxel.insight.search.words import MOST_WORDS, is_identifier, relatives, root, tokens

#: Compounds, or words begun, that one word may stand for; more say nothing any more.
_MOST_COMPOUNDS: Final = 40
#: An unfinished word is looked for by its beginning from so many letters on.
_SHORTEST_BEGINNING: Final = 2


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word of a search, as text-search queries of PostgreSQL.

    `exact` finds the word itself, `wide` also what it is a part of, what means the same, and what begins with it.
    """

    word: str
    exact: str
    wide: str
    #: In how many articles for everyone it stands, in any of its forms.
    articles: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, understood. Without words it finds nothing."""

    words: tuple[AskedWord, ...]
    #: Words that no article for everyone holds, in any form, not even as a beginning.
    unknown: tuple[str, ...]

    @property
    def any(self) -> str:
        """Any of the words."""
        return " | ".join(f"({word.wide})" for word in self.words)


def understand(
    text: str, *, desk_id: int, language: str, synonyms: Mapping[str, list[list[str]]], typing: bool = False
) -> Asked:
    """The text as words to search by; `typing` says that the last one may not be finished. Two queries."""
    said = tokens(text)[:MOST_WORDS]
    if not said:
        return Asked((), ())
    groups = [{word.lower() for word in group} for group in synonyms.get(language, [])]
    alike = {
        token: sorted({other for group in groups if token in group for other in group} - {token}) for token in said
    }
    everything = list(dict.fromkeys([*said, *(other for others in alike.values() for other in others)]))
    unfinished = said[-1] if typing and len(said[-1]) >= _SHORTEST_BEGINNING else None
    known = _known(everything, unfinished=unfinished, desk_id=desk_id, language=language)
    words, unknown = [], []
    for token in dict.fromkeys(said):
        row = known[token]
        if not row.query:
            continue
        same = [known[other] for other in alike[token] if known[other].query]
        words.append(_asked(row, same, is_unfinished=token == unfinished))
        begins_something = token == unfinished and row.begins
        if not (row.articles or row.compounds or same or begins_something or is_identifier(token)):
            unknown.append(token)
    return Asked(tuple(words), tuple(unknown))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lexicon says of a word. `query` is empty for one that searches leave out."""

    token: str
    query: str
    articles: int
    #: The stems of the word's other forms, and of the compounds that it is a part of.
    forms: tuple[str, ...]
    compounds: tuple[str, ...]
    #: The stems of what it is made of, each part in its forms.
    parts: tuple[tuple[str, ...], ...]
    #: Whether a word of articles for everyone begins with it, and the stems of all words that do: a stem is shorter
    #: than its word, so that "kallels" begins "kallelse" and not what the index holds of it.
    begins: bool
    begun: tuple[str, ...]


#: How often a word stands in articles is counted over those for everyone: of others nothing is ever told (trust 43).
_LOOK_UP: Final = """
WITH words AS NOT MATERIALIZED (SELECT * FROM search_word WHERE desk_id = %(desk)s AND language = %(language)s)
SELECT asked.token,
    phraseto_tsquery(%(configuration)s::regconfig, asked.token)::text,
    (SELECT coalesce(max(articles), 0) FROM words WHERE root = asked.root),
    ARRAY(SELECT DISTINCT stem FROM words WHERE root = asked.root),
    ARRAY(SELECT DISTINCT stem FROM words WHERE parts @> ARRAY[asked.root] LIMIT %(most)s),
    (SELECT parts FROM words WHERE root = asked.root AND parts <> '{}' LIMIT 1),
    EXISTS (SELECT FROM words WHERE word >= asked.token AND word < asked.token || U&'\\FFFF' AND articles > 0),
    ARRAY(SELECT stem FROM words WHERE asked.token = %(unfinished)s
          AND word >= asked.token AND word < asked.token || U&'\\FFFF'
          GROUP BY stem ORDER BY max(articles) DESC, stem LIMIT %(most)s)
FROM unnest(%(tokens)s::text[], %(roots)s::varchar[]) AS asked(token, root)
"""
CONFIGURATIONS: Final = {"sv": "swedish", "en": "english"}


def _known(said: Sequence[str], *, unfinished: str | None, desk_id: int, language: str) -> dict[str, _Known]:
    stems = stem_all(said, language)
    values: dict[str, Any] = {
        "tokens": list(said),
        "roots": [root(stems.get(token, token), language=language) for token in said],
        "desk": desk_id,
        "language": language,
        "most": _MOST_COMPOUNDS,
        "unfinished": unfinished,
        "configuration": CONFIGURATIONS.get(language, "simple"),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, values)
        return {
            token: _Known(
                token=token,
                query=query,
                articles=articles,
                forms=tuple(forms),
                compounds=tuple(compounds),
                parts=tuple(tuple(relatives(part)) for part in parts or ()),
                begins=begins,
                begun=tuple(begun),
            )
            for token, query, articles, forms, compounds, parts, begins, begun in cursor.fetchall()
        }


def _asked(row: _Known, same: list[_Known], *, is_unfinished: bool) -> AskedWord:
    exact = " | ".join([f"({row.query})", *(_lexeme(form) for form in row.forms)])
    wide = [exact, *(f"({other.query})" for other in same), *(_lexeme(stem) for stem in row.compounds)]
    if row.parts:
        wide.append("(" + " & ".join(f"({' | '.join(map(_lexeme, part))})" for part in row.parts) + ")")
    if is_unfinished:
        wide += [f"{_lexeme(row.token)}:*", *(_lexeme(stem) for stem in row.begun)]
    return AskedWord(word=row.token, exact=exact, wide=" | ".join(wide), articles=row.articles)


def _lexeme(word: str) -> str:
    """A word as a text-search query holds it, whatever is in it."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
