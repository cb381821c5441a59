"""All words of the rules, by their codes."""

from collections.abc import Mapping
from typing import Final

from vaxel.rules.sentences.asking import ASKING
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

TEMPLATES: Final[Mapping[str, Mapping[str, str]]] = {
    **SHAPES,
    **TOML,
    **DECLARED,
    **HOURS,
    **REFERENCES,
    **CONDITIONS,
    **INSTEAD,
    **PROOF,
    **ASKING,
    **NOTES,
    **COMPARING,
}
