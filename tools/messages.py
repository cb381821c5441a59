"""Texts of the interface: extract, check and compile the catalogues of each area.

English texts stand in the code. Each area with texts has a Swedish catalogue of its own beside it
(`AREA/locale/sv/LC_MESSAGES/django.po`), so that a change of one area touches one file.

    python tools/messages.py update     bring all catalogues up to date with the code
    python tools/messages.py check      fail when a text is missing, stale, fuzzy or untranslated
    python tools/messages.py compile    make the .mo files
"""

import io
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "vaxel"
AREAS = (
    "domain",
    "surfaces/ui",
    "surfaces/asking",
    "surfaces/signin",
    "surfaces/portal",
    "surfaces/helpcentre",
    "surfaces/workspace",
    "surfaces/widget",
)
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**/templates/**.jinja", "jinja2")]
OPTIONS = {"**/templates/**.jinja": {"trimmed": "true", "silent": "false", "extensions": "vaxel.surfaces.ui.once.Once"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogue_path(area: str) -> Path:
    """Where the Swedish texts of an area lie."""
    return SOURCE / area / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def extract(area: str) -> Catalog:
    """The texts that the area's code and templates use now."""
    found = Catalog()
    for file, line, message, comments, context in extract_from_dir(
        SOURCE / area, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [(f"{area}/{file}", line)], auto_comments=comments, context=context)
    return found


def load(area: str) -> Catalog:
    """The area's catalogue as it is on disk, or an empty one."""
    path = catalogue_path(area)
    if not path.exists():
        return Catalog(locale="sv", project="vaxel", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="sv")


def update(area: str) -> None:
    """Write the catalogue anew: kept translations, new texts empty, texts that nobody uses gone."""
    catalogue = load(area)
    catalogue.update(extract(area), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if len(catalogue):
        path = catalogue_path(area)
        path.parent.mkdir(parents=True, exist_ok=True)
        out = io.BytesIO()
        write_po(out, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)
        lines = out.getvalue().decode().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')))


def faults(area: str) -> list[str]:
    """What is wrong with the area's catalogue, a sentence each."""
    catalogue = load(area)
    used = {(message.context, _key(message.id)) for message in extract(area) if message.id}
    known = {(message.context, _key(message.id)): message for message in catalogue if message.id}
    missing = [f"{area}: no Swedish for {key!r}" for _, key in sorted(used - known.keys(), key=str)]
    stale = [f"{area}: nobody uses {key!r}" for _, key in sorted(known.keys() - used, key=str)]
    poor = [
        f"{area}: {_key(message.id)!r} is untranslated, fuzzy or has other placeholders"
        for message in known.values()
        if message.fuzzy or not _translated(message.string) or list(message.check(catalogue))
    ]
    return [*missing, *stale, *poor]


def clashes(catalogues: Mapping[str, Catalog]) -> list[str]:
    """Texts that two areas say differently: a page would show the Swedish of whichever area is asked first."""
    said: dict[tuple[str | None, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for area, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and message.string:
                said[message.context, _key(message.id)][_key(message.string)].add(area)
    return [
        f"{key!r} is said in {len(swedish)} ways, by "
        + " and by ".join(", ".join(sorted(by)) for by in swedish.values())
        for (_context, key), swedish in said.items()
        if len(swedish) > 1
    ]


def _key(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _translated(text: str | Sequence[str] | None) -> bool:
    return text is not None and bool(text) and (isinstance(text, str) or all(text))


def compile_area(area: str) -> None:
    """Make the binary catalogue that Django reads."""
    path = catalogue_path(area)
    if path.exists():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, load(area))


def main(verb: str) -> int:
    """Do one of the three verbs for all areas."""
    if verb == "check":
        found = [fault for area in AREAS for fault in faults(area)] + clashes({area: load(area) for area in AREAS})
        print("\n".join(found) or "All texts are there in Swedish.")
        return 1 if found else 0
    for area in AREAS:
        {"update": update, "compile": compile_area}[verb](area)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
