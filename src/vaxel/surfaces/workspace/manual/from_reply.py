"""An answer that becomes an article: what is left of it without names, and what was removed, in words."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest
from django.utils.translation import ngettext

from vaxel.domain.manual.unnamed import Removed
from vaxel.domain.tickets.unnaming import reply_without_names
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.words import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The answer's words as they stand in the form; `removed` says what is not in them any more.

    Not `is_there`: the answer itself is gone, and the words that were typed stay.
    """

    reply: str
    title: str
    text: str
    language: str
    removed: tuple[str, ...]
    is_there: bool = True


def cleaned_reply(reply: str, place: StaffPlace) -> Cleaned:
    """The answer of that id; 404 when staff have not written it at this desk."""
    cleaned = _cleaned(reply, place)
    if cleaned is None:
        raise Http404
    return cleaned


def typed_reply(request: HttpRequest, place: StaffPlace) -> Cleaned | None:
    """The form's own words instead of the answer's; None for an article that begins with nothing."""
    if "markdown" not in request.POST:
        return None
    return with_words(plain(request.POST["markdown"]), reply=request.POST.get("reply", ""), place=place)


def with_words(text: str, *, reply: str, place: StaffPlace) -> Cleaned:
    """These words, with what was removed from the answer that they come from."""
    cleaned = _cleaned(reply, place)
    if cleaned is None:
        return Cleaned(reply=reply, title="", text=text, language="", removed=(), is_there=False)
    return replace(cleaned, text=text)


def _cleaned(reply: str, place: StaffPlace) -> Cleaned | None:
    found = reply_without_names(
        place.scope,
        message_id=number_in(reply) or 0,
        prefix=place.desk.prefix,
        main_language=str(place.desk.languages[0]),
    )
    if found is None:
        return None
    removed = tuple(_counted(kind, times) for kind, times in found.removed.items())
    return Cleaned(reply=reply, title=found.title, text=found.text, language=found.language, removed=removed)


def _counted(kind: Removed, times: int) -> str:
    said = {
        Removed.NAME: ngettext("%(count)d name", "%(count)d names", times),
        Removed.ORGANISATION: ngettext("%(count)d organisation", "%(count)d organisations", times),
        Removed.MAIL: ngettext("%(count)d mail address", "%(count)d mail addresses", times),
        Removed.WEB: ngettext("%(count)d web address", "%(count)d web addresses", times),
        Removed.PHONE: ngettext("%(count)d telephone number", "%(count)d telephone numbers", times),
        Removed.CASE: ngettext("%(count)d case number", "%(count)d case numbers", times),
        Removed.IDENTITY: ngettext("%(count)d identity number", "%(count)d identity numbers", times),
    }
    return said[kind] % {"count": times}
