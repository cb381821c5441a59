"""Texts of a policy: what people read, in every language of the desk."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BeforeValidator, ConfigDict, RootModel, StringConstraints, model_validator

from vaxel.rules.sentences import Sentence, SentenceError, say

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
#: Letters.
LONGEST_NAME: Final = 200
#: Key of a text that was written as one plain string.
EVERY_LANGUAGE: Final = "*"

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


def _from_string(value: Any) -> Any:
    """A plain string stands for the same words in every language."""
    if isinstance(value, str):
        return {EVERY_LANGUAGE: value}
    if not isinstance(value, dict):
        raise SentenceError(say("part.no-text"))
    if EVERY_LANGUAGE in value:
        raise SentenceError(say("part.star"))
    return value


def _either_shape(schema: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a text as people write it: one string, or one per language."""
    description = schema.get("description", "")
    schema.clear()
    per_language = {language: {"type": "string"} for language in LANGUAGES}
    table = {"type": "object", "properties": per_language, "additionalProperties": False, "minProperties": 1}
    return {"description": description, "anyOf": [{"type": "string", "minLength": 1}, table]}


def language_name(language: str) -> Sentence | str:
    """What a language is called."""
    return {"sv": say("language.sv"), "en": say("language.en")}.get(language, language)


class Text(RootModel[Annotated[dict[Language | Literal["*"], _Words], BeforeValidator(_from_string)]]):
    """A sentence: `{ sv = "…", en = "…" }`, or a plain string where the desk has one language."""

    model_config = ConfigDict(
        frozen=True, defer_build=True, json_schema_extra=lambda schema: schema.update(_either_shape(schema))
    )
    #: Whether one plain string may serve several languages.
    one_for_all: ClassVar[bool] = False

    def in_(self, language: str) -> str:
        """The words in that language; a plain string is the same in each."""
        words: Mapping[str, str] = self.root  # type: ignore[assignment]  # the keys are the languages' names
        return words.get(language) or words.get(EVERY_LANGUAGE) or next(iter(words.values()))

    def per_language(self, languages: tuple[str, ...]) -> dict[str, str]:
        return {language: self.in_(language) for language in languages}

    def missing(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages of the desk that this text does not have."""
        if EVERY_LANGUAGE in self.root:
            return () if self.one_for_all or len(languages) == 1 else languages
        return tuple(language for language in languages if language not in self.root)


class Name(Text):
    """A name or other short words that may be the same in every language: a plain string is always enough.

    It stands in headers of mails, in lists and on buttons, so it is one line.
    """

    one_for_all: ClassVar[bool] = True

    @model_validator(mode="after")
    def _is_one_line(self) -> Self:
        for words in self.root.values():
            if len(words) > LONGEST_NAME or len(words.splitlines()) > 1:
                raise SentenceError(say("name.one-line", most=LONGEST_NAME))
        return self


def texts_in(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Every text at or under `value`, each with its path: models, tables and lists are walked."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_in(item, (*path, str(key)))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from texts_in(item, (*path, index))
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:  # type: ignore[attr-defined]  # asked for on the line above
            yield from texts_in(getattr(value, name), (*path, name))
