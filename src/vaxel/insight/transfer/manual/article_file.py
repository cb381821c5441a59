"""One file of a manual: Markdown with front matter in YAML, as it is read and as it is written.

What concerns the article in all languages (its place, product and readers) stands in the file of the desk's first
language alone. YAML's own ideas of types are left out: every value is text until the model reads it, so that version
8.10 stays 8.10 and a title may be "No".
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from vaxel.domain.manual.audience import Audience
from vaxel.domain.manual.body import tidy
from vaxel.domain.manual.tree import LONGEST_VERSION, VERSION
from vaxel.rules.policy.faults import Fault, sentence

FENCE: Final = "---"
#: Characters; nobody writes more above an article, and a document that unfolds to gigabytes is longer.
_LONGEST_FRONT: Final = 10_000

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00-\x1f\x7f]*$")]
Title = Annotated[Line, StringConstraints(min_length=1, max_length=200)]
Keyword = Annotated[Line, StringConstraints(min_length=1, max_length=60)]
ProductVersion = Annotated[str, StringConstraints(pattern=rf"^{VERSION.pattern}$", max_length=LONGEST_VERSION)]
#: YAML's words for yes and no, as text.
YesNo = Annotated[bool, BeforeValidator(lambda said: {"true": True, "false": False}.get(str(said), said))]


class Front(BaseModel):
    """The front matter. The keys of `SHARED` belong to the article, the others to its text in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Title
    summary: Line = ""
    keywords: tuple[Keyword, ...] = ()
    position: Annotated[int, BeforeValidator(lambda said: int(said) if str(said).isdecimal() else said)] = 0
    product: Annotated[str, StringConstraints(max_length=60)] = ""
    audience: Literal["", "everyone", "customers", "contacts", "staff"] = ""
    since: ProductVersion = ""
    until: ProductVersion = ""
    state: Literal["published", "draft"] = "published"
    publish_at: AwareDatetime | None = None
    #: Whether the text lacks what the first language says; left out, it stays as it is.
    behind: YesNo | None = None


SHARED: Final = ("position", "product", "audience", "since", "until")


class ArticleFileFaultsError(ValueError):
    """The file cannot be read as an article. `faults` holds every fault with its line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_article_file(text: str) -> tuple[Front, str, int]:
    """The front matter, the Markdown, and the line of the file that the Markdown begins on.

    Raises ArticleFileFaultsError.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if lines[0].rstrip() != FENCE or end is None:
        raise _fault("The file begins with front matter between two lines of ---: at least a title.", line=1)
    front = _front("\n".join(lines[1:end]))
    rest = lines[end + 1 :]
    blank = next((at for at, line in enumerate(rest) if line.strip()), len(rest))
    return front, tidy("\n".join(rest)), end + 2 + blank


def write_article_file(front: Front, markdown: str) -> str:
    """The file that `read_article_file` reads as the same; values that are as if left out are left out."""
    values = front.model_dump(exclude_defaults=True)
    said = {name: _as_text(value) for name, value in values.items()}
    head = yaml.dump(said, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
    return f"{FENCE}\n{head}{FENCE}\n\n{markdown}\n" if markdown else f"{FENCE}\n{head}{FENCE}\n"


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # YAML's
        super().increase_indent(flow, False)


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _front(text: str) -> Front:
    if len(text) > _LONGEST_FRONT:
        raise _fault(f"The front matter has {len(text)} characters; at most {_LONGEST_FRONT}.", line=1)
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes texts, lists and tables, nothing else
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 2 if error.problem_mark else 1
        raise _fault(sentence(f"This is no YAML: {error.problem}"), line=at) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _fault("This is no YAML.", line=1) from error
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise _fault("The front matter is a list of names and values, as title: Skapa en mall.", line=2)
    try:
        return Front.model_validate(values)
    except ValidationError as error:
        raise ArticleFileFaultsError(_shape_faults(error, _lines(node))) from error


def _lines(node: yaml.MappingNode) -> Mapping[str, int]:
    return {str(key.value): key.start_mark.line + 2 for key, _value in node.value}


_ALLOWED: Final = {
    "audience": tuple(Audience),
    "state": ("published", "draft"),
    "behind": ("true", "false"),
}
_EXPECTED: Final = {
    "position": "is a whole number.",
    "since": "is a version of the product, as 8.9.0.",
    "until": "is a version of the product, as 8.9.0.",
    "publish_at": "is an instant with its zone, as 2026-12-01T08:00:00+01:00.",
    "keywords": "is a list of words, each on a line that begins with a hyphen.",
}


def _shape_faults(error: ValidationError, lines: Mapping[str, int]) -> tuple[Fault, ...]:
    faults = []
    for one in error.errors(include_url=False, include_input=False):
        key = str(one["loc"][0])
        if one["type"] == "extra_forbidden":
            problem, allowed = "There is no such key.", tuple(Front.model_fields)
        else:
            problem, allowed = _EXPECTED.get(key, sentence(one["msg"])), _ALLOWED.get(key, ())
        faults.append(Fault((key,), problem, tuple(map(str, allowed)), line=lines.get(key, 2)))
    return tuple(sorted(set(faults), key=lambda fault: fault.line or 0))


def _fault(problem: str, *, line: int) -> ArticleFileFaultsError:
    return ArticleFileFaultsError((Fault((), problem, line=line),))


#: `skapa-mall.sv.md`: the article and its language.
FILE_NAME: Final = re.compile(r"(?P<stem>[^.]+)\.(?P<language>[a-z]{2})\.md")
