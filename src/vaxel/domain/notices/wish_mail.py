"""The mail that tells how a wish stands: its values and its words. Pure but for the wish's own name."""

from dataclasses import dataclass
from typing import Final

from vaxel.domain.notices.compose import Composed, rendered
from vaxel.domain.notices.problem_mail import in_language
from vaxel.domain.wishes.models import Wish

#: The kind of mail, as people choose it (`ways.py`) and as its row says it.
KIND: Final = "wish-answer"
#: The wisher's own words stand for a title that staff have not written; a mail's subject has room for so many.
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class WishMail:
    """Every value that the template may name, in the mail's language."""

    language: str
    desk: str
    recipient: str
    name: str
    #: "new", "considered", "planned", "done" or "declined".
    state: str
    #: What was said, in paragraphs.
    told: tuple[str, ...]
    #: The version that has it; empty for none.
    release: str
    #: The article that has it; empty for none, or one that the recipient cannot read.
    article: str
    article_link: str
    link: str
    choices_link: str
    #: The recipient wished it; others wanted it too.
    is_own: bool
    #: The desk's colour, "#rrggbb".
    accent: str


def wish_mail(mail: WishMail) -> Composed:
    """The finished mail."""
    return rendered(f"{KIND}.{mail.language}.jinja", mail)


def name_of(wish: Wish, language: str, *, is_own: bool) -> str:
    """Its title, or for its own wisher the beginning of their words: those are for nobody else (trust 43)."""
    title = in_language(wish.title, language)
    if title:
        return title
    if not is_own:
        return {"sv": "Önskemål", "en": "Wish"}.get(language, "") + f" {wish.number}"
    words = " ".join(wish.text.split())
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME].rsplit(' ', 1)[0]} …"
