"""The demonstration's files in examples/desks: who is there and what they write, read and checked."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vaxel.insight.transfer.demo.wording import Phrase, read_phrase

DESKS: Final = ("kompass", "baver")
#: The small one whose terms count what is asked; its file holds its tickets too.
COUNTING_DESK: Final = "tarna"
#: src/vaxel/insight/transfer/demo/files.py lies five folders below the root of the checkout.
_EXAMPLES: Final = Path(__file__).resolve().parents[5] / "examples" / "desks"


class ExamplesMissingError(RuntimeError):
    """The example desks are not where a checkout has them: an installed package does not carry them."""


Said = Annotated[Phrase, BeforeValidator(lambda text: read_phrase(text.strip("\n")))]
Variants = Annotated[tuple[Said, ...], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]
Texts = dict[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class DeskPart(_Part):
    """The desk's looks, and how old the oldest agreement is."""

    slug: str
    name: str
    mail_address: str
    accent: str
    days_before_first: int


class StaffPart(_Part):
    """One of the vendor's people."""

    name: str
    title: str
    roles: tuple[str, ...]
    administers: bool = False
    edits_manual: bool = False
    active: bool = True


class ProjectPart(_Part):
    """A delivery; `starts` and `ends` count in days from today."""

    name: str
    manager: str
    starts: int
    ends: int | None = None


class OrganisationPart(_Part):
    """A customer. `people` of them, `contacts` of these with a seat; `ended` days ago, if its agreement has."""

    name: str
    form: Literal["municipality", "region", "agency", "company"]
    domain: str
    plan: str
    products: tuple[str, ...]
    people: int
    contacts: int
    seats: int | None = None
    holders: Texts = Field(default_factory=dict)
    project: ProjectPart | None = None
    english: bool = False
    ended: int | None = None


class PersonPart(_Part):
    """Somebody at a customer who is listed by name."""

    name: str
    email: str
    organisation: str
    title: str
    contact: bool = False
    certificate: Literal["valid", "expired", "none"] = "none"
    administers: bool = False
    approves: bool = False
    local_contact: bool = False
    active: bool = True
    language: str = "sv"


class SignInPart(_Part):
    """Whom the sign-in page offers, and what they show."""

    email: str
    shows: Texts


class CannedPart(_Part):
    """An answer that staff use again."""

    title: Texts
    text: Texts


class TicketPart(_Part):
    """A question that was asked so many `hours` ago, and how it was answered some hours later."""

    #: By address.
    asker: str
    hours: int
    kind: str
    product: str = ""
    priority: str = ""
    subject: str
    asks: str
    #: Nothing where nobody has answered yet.
    answers: str = ""
    by: str = ""
    solved: bool = False


class DeskFile(_Part):
    """`<slug>.demo.toml`."""

    desk: DeskPart
    staff: tuple[StaffPart, ...]
    holders: Texts = Field(default_factory=dict)
    organisations: tuple[OrganisationPart, ...]
    people: tuple[PersonPart, ...]
    sign_in: tuple[SignInPart, ...]
    canned: tuple[CannedPart, ...]
    tickets: tuple[TicketPart, ...] = ()


class Turn(_Part):
    """One message or note. `then` and the new kind or priority follow from an answer."""

    asks: Variants = ()
    answers: Variants = ()
    notes: Variants = ()
    then: Literal["", "waits", "waits-third-party", "solves"] = ""
    becomes: str = ""
    priority: str = ""
    chance: float = 1.0
    attaches: float = 0.0


class Conversation(_Part):
    """What is asked and answered about one matter, in variants. `share` is how often it comes up."""

    name: str
    kind: str
    product: str = ""
    topic: str = ""
    asker: Literal["contact", "user", "meetings-user", "resource-user", "in-project"] = "contact"
    language: str = "sv"
    share: int = 1
    priority: tuple[str, ...] = ("normal",)
    channel: tuple[str, ...] = ("portal", "portal", "portal", "widget", "mail")
    urgent: float = 0.0
    in_case: float = 0.0
    on_behalf: float = 0.0
    ends: Literal["", "third-party"] = ""
    #: There is one of it in the whole history.
    once: bool = False
    #: Nothing happens but what stands here.
    steady: bool = False
    subject: Variants
    turn: tuple[Turn, ...]


class ConversationFile(_Part):
    """`<slug>.conversations.demo.toml`."""

    conversation: tuple[Conversation, ...]
    form: dict[str, Variants]
    #: The same by those who write English; what is missing here is said in no language.
    form_en: dict[str, Variants] = Field(default_factory=dict)
    form_share: dict[str, float] = Field(default_factory=dict)


class LanguageWords(BaseModel):
    """Words of one language: lists by name, lists by the organisation's form, and turns that conversations take."""

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)

    unit: dict[str, Variants] = Field(default_factory=dict)
    varying: dict[str, Variants] = Field(default_factory=dict)
    turns: dict[str, Variants]
    __pydantic_extra__: dict[str, Variants]

    @property
    def lists(self) -> dict[str, Variants]:
        """The lists by name."""
        return {**self.__pydantic_extra__, **self.varying}


class UpdatePart(_Part):
    """What was told about a known problem, so many days ago."""

    days: int
    text: Texts
    state: Literal["open", "fixed", "withdrawn"] = "open"


class ProblemPart(_Part):
    """A known problem that was opened so many days ago. Tickets with a word of `about` in their subject hang on it."""

    products: tuple[str, ...]
    about: tuple[str, ...]
    days: int
    #: Persons who said so instead of asking.
    me_too: int
    title: Texts
    text: Texts
    workaround: Texts = Field(default_factory=dict)
    update: tuple[UpdatePart, ...] = ()


class NoticePart(_Part):
    """An operating notice; `starts` and `ends` count in hours from now.

    With `clock` what is planned begins at that hour of its day, or of the Monday after it.
    """

    products: tuple[str, ...]
    starts: int
    clock: int | None = None
    ends: int | None = None
    title: Texts
    text: Texts


class NewsFile(_Part):
    """`<slug>.news.demo.toml`."""

    problem: tuple[ProblemPart, ...]
    notice: tuple[NoticePart, ...]


class WishAnswerPart(_Part):
    """How a wish stands since so many days."""

    days: int
    state: Literal["considered", "planned", "done", "declined"]
    text: Texts
    article: str = ""
    release: str = ""


class WishPart(_Part):
    """A wish that was sent so many days ago. With a title others see it, and so many organisations want it too."""

    #: By which `same_as` of a later one means it.
    name: str
    days: int
    text: str
    language: Literal["sv", "en"] = "sv"
    article: str = ""
    searched: str = ""
    anonymous: bool = False
    title: Texts = Field(default_factory=dict)
    wanted: int = 0
    same_as: str = ""
    answer: WishAnswerPart | None = None


class WishFile(_Part):
    """`<slug>.wishes.demo.toml`."""

    wish: tuple[WishPart, ...]


class NameGroup(_Part):
    """Names of one language."""

    share: int
    given: tuple[str, ...]
    family: tuple[str, ...]


class Places(_Part):
    """Beginnings and ends of place names."""

    first: tuple[str, ...]
    last: tuple[str, ...]


class NameFile(_Part):
    """`common.names.demo.toml`."""

    group: tuple[NameGroup, ...]
    titles: dict[str, tuple[str, ...]]
    places: Places


@cache
def desk_file(slug: str) -> DeskFile:
    """Who is at the desk."""
    return DeskFile.model_validate(_read(f"{slug}.demo.toml"))


@cache
def conversation_file(slug: str) -> ConversationFile:
    """What is written at the desk."""
    return ConversationFile.model_validate(_read(f"{slug}.conversations.demo.toml"))


@cache
def news_file(slug: str) -> NewsFile:
    """What the desk tells everybody."""
    return NewsFile.model_validate(_read(f"{slug}.news.demo.toml"))


@cache
def wish_file(slug: str) -> WishFile:
    """What the readers of the desk's manual wish."""
    return WishFile.model_validate(_read(f"{slug}.wishes.demo.toml"))


@cache
def name_file() -> NameFile:
    """What people and places may be called."""
    return NameFile.model_validate(_read("common.names.demo.toml"))


@cache
def words_of(language: str) -> LanguageWords:
    """The words of a language."""
    return LanguageWords.model_validate(_read("common.words.demo.toml")[language])


def policy_source(slug: str) -> str:
    """The desk's policy, as it is written."""
    return _text(f"{slug}.toml")


def mail_text(slug: str, name: str) -> str:
    """A mail that somebody has written to the desk, with what changes in braces."""
    return _text(f"{slug}.mails/{name}.eml")


def manual_folder(slug: str) -> Path:
    """The desk's manual, as `vaxel manual import` reads it."""
    folder = _EXAMPLES / f"{slug}.manual"
    if not folder.is_dir():
        raise ExamplesMissingError(f"The example desks need {folder}, which is not there.")
    return folder


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    path = _EXAMPLES / name
    if not path.is_file():
        raise ExamplesMissingError(
            f"The example desks need {path}, which is not there: run the demonstration from a checkout."
        )
    return path.read_text(encoding="utf-8")
