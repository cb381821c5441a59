"""What somebody had written into a form that could not be taken: shown again on the page that says so.

Nothing is stored anywhere; the page itself holds the words, and its button sends them once more.
"""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError

from vaxel.surfaces.ui.kept_form import SECRET_FIELDS

#: Nothing of sign-in is ever written onto a page.
_SIGN_IN: Final = "/signin/"
_TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105  # the name of a field
#: Fields of ours that say what the writer had in front of them.
_MARKS: Final = frozenset({"seen", "shown"})
#: An editor's text in HTML, beside the field with its words.
_STYLED: Final = "_html"
#: Longer than what buttons and choices are worth.
_LONG: Final = 40


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The form's fields in order; `words` are those that people write, `rest` goes along unseen.

    What an editor made goes along as it was, with its look; its words stand there to be read, and are in `styled`.
    """

    words: tuple[tuple[str, str], ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    had_files: bool = False
    styled: frozenset[str] = frozenset()


def unsaved(request: HttpRequest) -> Unsaved | None:
    """What was sent; None when nothing was, or when it must not be shown."""
    if request.method != "POST" or request.path.startswith(_SIGN_IN):
        return None
    try:
        names = [name for name in request.POST if name != _TOKEN and name not in SECRET_FIELDS]
        sent = [(name, value) for name in names for value in request.POST.getlist(name)]
        had_files = bool(request.FILES)
    except (BadRequest, SuspiciousOperation, UnreadablePostError, OSError):
        return None
    words = tuple((name, value) for name, value in sent if _is_words(name, value))
    styled = frozenset(name.removesuffix(_STYLED) for name, value in sent if name.endswith(_STYLED) and value)
    return Unsaved(words, tuple(pair for pair in sent if pair not in words), had_files, styled)


def _is_words(name: str, value: str) -> bool:
    if name in _MARKS or name.endswith(_STYLED):
        return False
    return len(value) > _LONG or " " in value.strip() or "\n" in value.strip()
