"""The form of a draft as it was sent: a chosen file goes before pasted words."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vaxel.domain.publishing.drafts import LARGEST_DRAFT
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain

_LONGEST_PURPOSE: Final = 200
_KILOBYTE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was typed. `problem` tells what is wrong with the file that was chosen."""

    purpose: str = ""
    source: str = ""
    #: The revision that the writer saw; 0 when the form did not say.
    revision: int = 0
    problem: str = ""


def kilobytes() -> str:
    """The most that a draft may have."""
    return str(LARGEST_DRAFT // _KILOBYTE)


def read_written(request: HttpRequest) -> Written:
    """Purpose, words and revision. A file that is no text, or too large, leaves the pasted words as they are."""
    revision = request.POST.get("revision", "")
    source, problem = plain(request.POST.get("source", "")), ""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > LARGEST_DRAFT:
        problem = _("The file is too large: a policy has at most %(size)s kB here") % {"size": kilobytes()}
    elif file is not None:
        try:
            source = plain(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            problem = _("The file is not text in UTF-8. Save it as UTF-8, or paste the words")
    return Written(
        purpose=" ".join(plain(request.POST.get("purpose", "")).split()),
        source=source,
        revision=number_in(revision) or 0,
        problem=problem,
    )


def errors_in(written: Written) -> tuple[FieldError, ...]:
    errors = []
    if not 1 <= len(written.purpose) <= _LONGEST_PURPOSE:
        errors.append(FieldError(field="purpose", text=_("Write what the change is for, in at most 200 characters")))
    if written.problem:
        errors.append(FieldError(field="file", text=written.problem))
    elif not written.source.strip():
        errors.append(FieldError(field="source", text=_("Choose the policy's file, or paste its words")))
    return tuple(errors)
