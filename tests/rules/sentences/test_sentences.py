"""Every sentence of the rules has its words in Swedish and English, and says what the code puts into it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from tests.domain.notices.test_plain_language import lix
from vaxel.rules.sentences import say
from vaxel.rules.sentences.asking import ASKING
from vaxel.rules.sentences.catalogue import TEMPLATES
from vaxel.rules.sentences.comparing import COMPARING
from vaxel.rules.sentences.conditions import CONDITIONS
from vaxel.rules.sentences.declared import DECLARED
from vaxel.rules.sentences.hours import HOURS
from vaxel.rules.sentences.instead import INSTEAD
from vaxel.rules.sentences.notes import NOTES
from vaxel.rules.sentences.proof import PROOF
from vaxel.rules.sentences.references import REFERENCES
from vaxel.rules.sentences.shapes import SHAPES
from vaxel.rules.sentences.toml import TOML

SOURCE: Final = Path(__file__).parents[3] / "src" / "vaxel"
PARTS: Final = {
    "asking": ASKING,
    "comparing": COMPARING,
    "conditions": CONDITIONS,
    "declared": DECLARED,
    "hours": HOURS,
    "instead": INSTEAD,
    "notes": NOTES,
    "proof": PROOF,
    "references": REFERENCES,
    "shapes": SHAPES,
    "toml": TOML,
}
MOST_LIX: Final = 40
#: As for the texts of pages: shorter ones are parts of sentences.
FEWEST_WORDS: Final = 4
NOT_SWEDISH: Final = re.compile(r"\b(ticket|SLA|eskaler\w*|allowed|did you mean|is not)\b", re.IGNORECASE)


def placeholders(words: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(words) if name})


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """The code that says sentences, without the words themselves."""
    for path in SOURCE.rglob("*.py"):
        if "sentences" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"))


def said() -> Iterator[tuple[str, str, list[str]]]:
    """Each `say("code", name=…)` of the code: where, which code, with which names."""
    for path, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str() as code)], keywords=keywords):
                    names = sorted(str(each.arg) for each in keywords)
                    yield f"{path.name}:{node.lineno}", code, names


@pytest.mark.parametrize("code", TEMPLATES)
def test_sentence_has_its_words_in_both_languages(code: str) -> None:
    words = TEMPLATES[code]
    assert sorted(words) == ["en", "sv"]
    assert all(words.values())
    assert placeholders(words["sv"]) == placeholders(words["en"])
    assert NOT_SWEDISH.findall(re.sub(r"[`\"(].*?[`\")]", "", without_values(words["sv"]))) == []


def test_codes_of_the_parts_are_their_own() -> None:
    assert len(TEMPLATES) == sum(len(part) for part in PARTS.values())


def test_code_gives_each_sentence_what_its_words_take() -> None:
    """The workspace's own `say` takes a request first, so it has no code in that place."""
    wrong = [
        (place, code, names)
        for place, code, names in said()
        if code not in TEMPLATES or placeholders(TEMPLATES[code]["en"]) != names
    ]
    assert wrong == []


def test_every_sentence_is_said_somewhere() -> None:
    constants = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    own = {"fault.both"}
    assert sorted(set(TEMPLATES) - constants - own) == []


def test_rules_say_nothing_in_one_language() -> None:
    """A fault, a note or a refusal of the rules is a sentence, never a string."""
    plain = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        if "rules" in path.parts and path.parent.name in {"policy", "targets"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and any(_is_told(node, place) for place in range(len(node.args)))
    ]
    assert plain == []


def _is_told(call: ast.Call, place: int) -> bool:
    """Whether an argument that people read is written as text."""
    name = ast.unparse(call.func)
    told = {"Fault": (1,), "FactsError": (0,), "UndecidedError": (0,), "SentenceError": (0,)}
    places = (1, 2) if name.endswith(("faults.add", "faults.add_unknown")) else told.get(name, ())
    if name.endswith("faults.add_unknown"):
        places = (2,)
    argument = call.args[place]
    return place in places and (
        isinstance(argument, ast.JoinedStr) or (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_sentences_are_easy_to_read(part: str, language: str) -> None:
    texts = []
    for words in PARTS[part].values():
        text = re.sub(r"`[^`]*`|\"[^\"]*\"|\[\[?\w*\]?\]|\w+ = \S+", "Eva", without_values(words[language]))
        if len(text.split()) >= FEWEST_WORDS:
            texts.append(text if text.endswith((".", "?")) else f"{text}.")
    assert lix("\n".join(texts)) <= MOST_LIX


def without_values(words: str) -> str:
    """The words with a short name for each value."""
    return re.sub(r"\{\w+\}", "Eva", words).replace("{{", "{").replace("}}", "}")


def test_sentence_puts_values_into_words_late() -> None:
    inner = say("known.role")
    sentence = say("unknown", value="cheif", what=inner)
    assert (sentence.in_("sv"), sentence.in_("en")) == ('"cheif" är inte en roll.', '"cheif" is not a role.')
    assert sentence.in_("de") == str(sentence) == '"cheif" is not a role.'


def test_several_values_stand_with_commas() -> None:
    assert say("fault.allowed", names=("a", say("form.value"))).in_("sv") == "Tillåtet här: a, ett värde."


def test_sentence_of_a_code_that_is_gone_does_not_break_a_page() -> None:
    assert say("of-an-older-version", value=1).in_("sv") == "?"
